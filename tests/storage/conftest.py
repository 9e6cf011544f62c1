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
