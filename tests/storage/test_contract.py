"""Every storage that comes with the package keeps the contract."""

from collections import Counter
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.postgresql import storage as postgresql_storage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing import CapabilityContract
from slc.clicktracker.testing import ReaderSetsContract
from slc.clicktracker.testing.memory import MemoryStorage
from slc.clicktracker.testing.memory.tables import Tables
from sqlalchemy import create_engine
from tests.nightly import NIGHTLY
from tests.postgresql_server import free_port

import pytest
import shutil


def test_no_part_of_the_contract_hides_a_test_of_another():
    names = [name for part in CapabilityContract.__mro__ for name in vars(part)]
    times = Counter(name for name in names if name.startswith("test_"))
    assert [name for name, often in times.items() if often > 1] == []


class TestMemory(CapabilityContract):
    @pytest.fixture(autouse=True)
    def tables(self):
        self.tables = Tables()

    def make_storage(self, site=""):
        return MemoryStorage(site, tables=self.tables)


class TestSQLite(ReaderSetsContract, CapabilityContract):
    @pytest.fixture(autouse=True)
    def file(self, tmp_path, empty_readings):
        self.folder = tmp_path
        shutil.copy(empty_readings, tmp_path)
        self.storages = []
        yield
        for storage in self.storages:
            storage.close()

    def make_storage(self, site=""):
        self.storages.append(SQLiteStorage(self.folder / "readings.sqlite", site))
        return self.storages[-1]

    def make_unreachable(self):
        (self.folder / "file").touch()
        return SQLiteStorage(self.folder / "file" / "readings.sqlite")


@pytest.fixture(scope="class")
def kept_engine():
    """Return a function that makes the engine of a place, and later gives the same one: what
    each new connection has to plan anew takes longer than most tests."""

    engines = {}

    def kept(url, *, creator, **options):
        place = creator.address.place
        if place not in engines:
            engines[place] = create_engine(url, creator=creator, **options)
        return engines[place]

    yield kept
    for engine in engines.values():
        engine.dispose()


class OnPostgreSQL:
    collation: str

    @pytest.fixture(autouse=True)
    def database(self, postgresql_server, kept_engine, monkeypatch):
        self.dsn = postgresql_server.emptied(self.collation)
        monkeypatch.setattr(postgresql_storage, "create_engine", kept_engine)

    def make_storage(self, site=""):
        return PostgreSQLStorage(self.dsn, site)

    def make_unreachable(self):
        return PostgreSQLStorage(f"host=127.0.0.1 port={free_port()} dbname=none")


class TestPostgreSQLInTheCollationOfALanguage(
    OnPostgreSQL, ReaderSetsContract, CapabilityContract
):
    collation = "language"


if NIGHTLY:
    # Its text is in the order that the storages ask for, so less can go wrong.
    class TestPostgreSQLInCollationC(
        OnPostgreSQL, ReaderSetsContract, CapabilityContract
    ):
        collation = "C"
