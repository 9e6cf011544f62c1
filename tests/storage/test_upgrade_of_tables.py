"""Tables that an earlier version made are brought up to date, with what is in them."""

from pathlib import Path
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit

import pytest
import sqlite3


HERE = Path(__file__).parent

#: What was recorded with version 1.
KNOWN = (
    *(visit(n, engaged=100) for n in range(1, 26)),
    visit(30, BOB, at=60, stay=5, url="/b"),
    visit(31, BOB, at=90, origin="cache", depth=7),
    visit(32, Reader("carol"), Document("", "/site/old"), at=30),
)


@pytest.fixture
def sqlite_of_version_1(tmp_path):
    path = tmp_path / "readings.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript((HERE / "schema_1_sqlite.sql").read_text())
    return lambda: SQLiteStorage(path, "site")


@pytest.fixture
def postgresql_of_version_1(new_postgresql_database, postgresql_server):
    dsn = new_postgresql_database(empty=True)
    with postgresql_server.connection(dsn) as cursor:
        cursor.execute((HERE / "schema_1_postgresql.sql").read_text())
    return lambda: PostgreSQLStorage(dsn, "site")


@pytest.fixture(params=["sqlite", "postgresql"])
def open_storage(request):
    make = request.getfixturevalue(f"{request.param}_of_version_1")
    opened = []

    def new():
        opened.append(make())
        return opened[-1]

    yield new
    for storage in opened:
        storage.close()


def test_readings_are_what_they_were(open_storage):
    storage = open_storage()
    storage.setup()
    assert storage.status().schema == 2
    assert readings(storage) == [
        Reading(ALICE, DOC, 25, seconds(0), seconds(0), "/doc", 2500),
        Reading(BOB, DOC, 2, seconds(60), seconds(90), "/doc", 0, 7, 1),
    ]
    assert storage.old_addresses("") == []
    assert storage.status().accesses == len(KNOWN)


def test_what_was_recorded_is_known(open_storage):
    storage = open_storage()
    storage.setup()
    before = readings(storage)
    storage.record(KNOWN)
    storage.record([visit(99), visit(98, at=0, depth=100)])  # used up
    assert readings(storage) == before
    storage.record([visit(1, engaged=101), visit(31, BOB, at=90, depth=9)])
    storage.record([visit(n, BOB, at=60) for n in range(100, 130)])
    assert [(row.count, row.engaged, row.depth) for row in readings(storage)] == [
        (25, 2501, 0),
        (VIEWS_PER_TICKET + 1, 0, 9),
    ]
    assert storage.adopt("/site/old", DOC) == 1
    assert storage.status().accesses == 26 + VIEWS_PER_TICKET + 1


def test_many_that_find_old_tables_upgrade_them_once(open_storage):
    def use(storage):
        storage.setup()
        storage.record(KNOWN)

    at_once(use, [open_storage() for _ in range(4)])
    storage = open_storage()
    assert storage.status().accesses == len(KNOWN)
