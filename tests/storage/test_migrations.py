"""Tables of another version are brought up to date, or refused with what to do."""

from importlib.resources import files
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageNotSetUp
from slc.clicktracker.storage.postgresql import connections
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.relational.storage import OLDEST_SCHEMA
from slc.clicktracker.storage.relational.storage import SCHEMA
from slc.clicktracker.storage.sqlite import connection
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import visit
from sqlalchemy import inspect

import pytest
import re
import shutil
import sqlite3


DB = files("slc.clicktracker") / "sql" / "db.sql"
NEXT = SCHEMA + 1

#: What a next version might bring, in the table of days.
COLUMN = "readers integer NOT NULL DEFAULT 0"
CHANGE = f"ALTER TABLE clicktracker_day ADD COLUMN {COLUMN};"


def with_column(script):
    """Return a script for new databases that has it."""
    changed, times = re.subn(
        r"(accesses \w+ NOT NULL,)(\s+PRIMARY KEY \(document, day\))",
        rf"\1 {COLUMN},\2",
        script,
    )
    assert times == 1
    return changed


def columns(storage):
    """Return the columns of all tables but those of months."""
    inspector = inspect(storage.engine)
    return {
        table: {
            column["name"]: (str(column["type"]), column["nullable"], column["default"])
            for column in inspector.get_columns(table)
        }
        for table in inspector.get_table_names()
        if "access_20" not in table
    }


@pytest.fixture
def path(tmp_path):
    """A file with tables of today and a reading."""
    storage = SQLiteStorage(tmp_path / "readings.sqlite")
    storage.record([visit(1)])
    storage.close()
    return storage.path


def test_sqlite_is_brought_up_to_what_a_new_file_is(path, tmp_path, monkeypatch):
    folder = tmp_path / "scripts"
    (folder / "migrations").mkdir(parents=True)
    for name in ("schema.sql", "batch.sql"):
        shutil.copy(connection._FOLDER / name, folder)
    number = f"PRAGMA user_version = {NEXT};"
    (folder / "migrations" / f"{NEXT}.sql").write_text(f"{CHANGE}\n{number}")
    schema = with_column((folder / "schema.sql").read_text())
    (folder / "schema.sql").write_text(schema + number)
    monkeypatch.setattr(connection, "_FOLDER", folder)
    monkeypatch.setattr(connection, "SCHEMA", NEXT)
    old, new = SQLiteStorage(path), SQLiteStorage(tmp_path / "new.sqlite")
    assert old.status().schema == new.status().schema == NEXT
    assert columns(old) == columns(new)
    assert "readers" in columns(old)["clicktracker_day"]
    assert counts(old) == [("alice", 1)]
    old.close()
    new.close()


def test_postgresql_is_brought_up_to_what_a_new_database_is(
    new_postgresql_database, psql, tmp_path, monkeypatch
):
    block = (
        f"DO $$ BEGIN IF (SELECT version FROM clicktracker_schema) < {NEXT} THEN "
        f"{CHANGE} UPDATE clicktracker_schema SET version = {NEXT}; END IF; END $$;\n"
    )
    script = with_column(DB.read_text("utf-8"))
    for before, after in (
        (f"VALUES ({SCHEMA})", f"VALUES ({NEXT})"),
        (f"found > {SCHEMA}", f"found > {NEXT}"),
        ("-- 2. Tables", block + "-- 2. Tables"),
    ):
        assert script.count(before) == 1
        script = script.replace(before, after)
    changed = tmp_path / "db.sql"
    changed.write_text(script, "utf-8")
    dsns = [new_postgresql_database(), new_postgresql_database(empty=True)]
    old, new = map(PostgreSQLStorage, dsns)
    old.record([visit(1)])
    old.close()
    monkeypatch.setattr(connections, "SCHEMA", NEXT)
    for dsn in (*dsns, *dsns):
        psql(dsn, changed)
    assert old.status().schema == new.status().schema == NEXT
    assert columns(old) == columns(new)
    assert "readers" in columns(old)["clicktracker_day"]
    assert counts(old) == [("alice", 1)]
    old.close()
    new.close()


@pytest.mark.parametrize("version", range(1, OLDEST_SCHEMA))
def test_a_file_of_a_development_version_is_refused(path, version):
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version = {version}")
    storage = SQLiteStorage(path)
    with pytest.raises(StorageError, match="Move it away"):
        storage.status()
    with pytest.raises(StorageError, match="Move it away"):
        storage.setup()


@pytest.mark.parametrize("version", range(1, OLDEST_SCHEMA))
def test_a_database_of_a_development_version_is_refused(
    postgresql_dsn, execute, version
):
    storage = PostgreSQLStorage(postgresql_dsn)
    execute("UPDATE clicktracker_schema SET version = %s", version)
    with pytest.raises(StorageNotSetUp, match="Drop those that begin with clickt"):
        storage.status()
    with pytest.raises(StorageError, match="drop those that begin with clickt"):
        storage.setup()
    assert execute("SELECT version FROM clicktracker_schema") == [(version,)]
    storage.close()
