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


@pytest.fixture
def execute(postgresql_server, postgresql_dsn):
    """Run SQL in the database of the test; return the rows."""

    def run(sql, *parameters):
        with postgresql_server.connection(postgresql_dsn) as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else None

    return run
