from slc.clicktracker.storage.relational.site_transaction import ALL
from slc.clicktracker.storage.relational.visits import recording
from slc.clicktracker.storage.sets import listed
from slc.clicktracker.storage.sets import ordered
from tests.storage.backends import Backends

import pytest


@pytest.fixture(scope="module")
def backends(tmp_path_factory, postgresql_server):
    """Memory, SQLite and PostgreSQL in two collations."""
    made = Backends(
        tmp_path_factory.mktemp("sqlite") / "readings.sqlite",
        postgresql_server.create("C"),
        postgresql_server.create("language"),
    )
    yield made
    made.close()


@pytest.fixture(autouse=True)
def small_windows(request, monkeypatch):
    """Where properties are tried, so little is read at first that there is often more,
    and two readings are many."""
    if "backends" in request.fixturenames:
        monkeypatch.setattr(recording, "_ROOMS", (0, 2, ALL))
        monkeypatch.setattr(listed, "_FEW", 1)
        monkeypatch.setattr(ordered, "_FEW", 1)


@pytest.fixture
def execute(postgresql_server, postgresql_dsn):
    """Run SQL in the database of the test; return the rows."""

    def run(sql, *parameters):
        with postgresql_server.connection(postgresql_dsn) as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else None

    return run
