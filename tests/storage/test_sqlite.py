"""Readings in one file."""

from slc.clicktracker.storage.errors import InvalidAddress
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageNotSetUp
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.errors import UnstorableData
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.sqlite import connection
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit
from sqlalchemy.exc import IntegrityError

import os
import pytest
import sqlite3
import subprocess
import sys


WRITER = """
import sys
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.visits import visit
from sqlalchemy.exc import IntegrityError

sys.stdin.readline()
storage = SQLiteStorage(sys.argv[1])
for number in range(0, 200, 10):
    numbers = range(number, number + 20)
    storage.record([visit(n, Reader("bob"), at=n) for n in numbers])
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "readings.sqlite"


@pytest.fixture
def storage(path):
    made = SQLiteStorage(path)
    yield made
    made.close()


def test_file_and_folders_are_made_on_first_use(tmp_path):
    path = tmp_path / "var" / "clicktracker" / "readings.sqlite"
    storage = SQLiteStorage(path)
    assert not path.parent.exists()
    storage.record([visit(1)])
    storage.close()
    assert counts(SQLiteStorage(path)) == [("alice", 1)]


def test_processes_that_make_the_file_at_the_same_moment_lose_nothing(path):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, path],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _out, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    assert counts(SQLiteStorage(path)) == [("bob", 210)]


def test_files_that_are_opened_and_made_at_the_same_moment_are_not_locked(tmp_path):
    """SQLite does not wait while it switches to WAL; it is rare, so many times."""
    for number in range(100):
        path = tmp_path / f"readings-{number}.sqlite"
        at_once(lambda path: connection.connect(path).close(), [path] * 4)


def test_each_commit_is_on_the_disk_and_readers_do_not_wait(storage):
    with storage.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_report_is_answered_while_somebody_writes(path, storage):
    storage.record([visit(1)])
    # As the writer does after a while, where nobody has asked since.
    storage.catch_up()
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert counts(storage) == [("alice", 1)]


def test_a_file_that_stays_locked_is_unavailable(path, storage, monkeypatch):
    storage.record([visit(1)])
    storage.close()
    monkeypatch.setattr(connection, "BUSY_TIMEOUT", 0.1)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable, match="locked"):
            storage.record([visit(2)])
    storage.record([visit(2)])
    assert counts(storage) == [("alice", 2)]


def test_a_file_system_without_wal_is_refused(path, storage, monkeypatch):
    class WithoutWAL(sqlite3.Connection):
        def execute(self, sql, *parameters):
            if "journal_mode" in sql:
                sql = "PRAGMA journal_mode"
            return super().execute(sql, *parameters)

    connect = sqlite3.connect
    monkeypatch.setattr(
        connection.sqlite3,
        "connect",
        lambda *args, **options: connect(*args, **options, factory=WithoutWAL),
    )
    with pytest.raises(StorageError, match="file system") as caught:
        storage.record([visit(1)])
    assert str(path) in str(caught.value)


def test_a_file_that_is_no_database_is_not_touched(path, storage):
    path.write_text("Dear diary, " * 1000)
    with pytest.raises(StorageError, match="not a SQLite database") as caught:
        storage.status()
    assert not isinstance(caught.value, StorageUnavailable)
    assert path.read_text().startswith("Dear diary")


def test_a_file_of_a_newer_version_is_refused(path, storage):
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageError, match="newer"):
        storage.getLog("/")


def test_lost_tables_are_told_from_a_lost_disk(path, storage):
    storage.record([visit(1)])
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE clicktracker_reading_url")
    with pytest.raises(StorageNotSetUp):
        storage.getLog("/")


def test_a_file_that_was_replaced_is_noticed(path, storage):
    """A backup is put back while the site is running."""
    storage.record([visit(1)])
    for name in os.listdir(path.parent):
        os.rename(path.parent / name, path.parent / f"old-{name}")
    storage.record([visit(2), visit(3)])
    assert counts(SQLiteStorage(path)) == [("alice", 2)]


@pytest.mark.parametrize("broken", ["reading_url", "access", "version"])
def test_a_batch_that_fails_in_the_middle_leaves_nothing(path, storage, broken):
    storage.record([visit(1)])
    with sqlite3.connect(path) as other:
        other.execute(
            f"CREATE TRIGGER broken BEFORE INSERT ON clicktracker_{broken} "
            "BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    before = storage.status()
    with pytest.raises(IntegrityError):
        storage.record([visit(2), visit(3, BOB, version=Version("2"))])
    assert storage.status() == before
    with sqlite3.connect(path) as other:
        other.execute("DROP TRIGGER broken")
    storage.record([visit(2)])
    assert counts(storage) == [("alice", 2)]


def test_a_number_out_of_range_is_not_worth_another_try(storage):
    with pytest.raises(UnstorableData):
        storage.record([visit(1), visit(2, engaged=2**70)])
    assert readings(storage) == []


@pytest.mark.parametrize("path", ["", ":memory:", "a\0b"])
def test_what_can_not_be_a_file_is_refused(path):
    with pytest.raises(InvalidAddress):
        SQLiteStorage(path)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InvalidAddress, match="folder"):
        SQLiteStorage(tmp_path)
