"""SQL is compiled once for all SQLite files of a process.

SQLAlchemy keeps with an engine what it has compiled for it. Each test has a file, and so an
engine of its own, for which everything would be compiled anew.
"""

from slc.clicktracker.storage.sqlite import storage as sqlite_storage
from sqlalchemy import create_engine
from sqlalchemy import Engine

import pytest


@pytest.fixture(autouse=True, scope="session")
def compiled_once():
    first = create_engine("sqlite+pysqlite://")
    # With the first connection its dialect learns what the driver is like.
    first.connect().close()
    compiled: dict = {}

    def create(*args: object, **options: object) -> Engine:
        engine = create_engine(*args, **options)
        engine.dialect = first.dialect
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite_storage, "create_engine", create)
        yield
