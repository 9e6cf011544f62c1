"""A child that was forked, and the connections of its parent."""

from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.relational.sets import loaded
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import visit
from tests.storage.forks import in_child

import os
import pytest
import signal
import sqlite3
import subprocess
import sys


#: One that "is gone" closes nothing: what it committed has to be in a log that is
#: still there, while one that exits would bring it home all the same.
FORKED = """
import os, sys
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.visits import visit

kind, place, uses, end = sys.argv[1:]
storage = {"sqlite": SQLiteStorage, "postgresql": PostgreSQLStorage}[kind](place)
storage.record([visit(1)])
asks, answers = os.pipe(), os.pipe()
pid = os.fork()
if pid == 0:
    if uses == "uses":
        storage.record([visit(2)])
    os.write(answers[1], b".")
    os.read(asks[0], 1)
    if uses == "uses":
        # The parent has closed its last connection.
        storage.record([visit(3)])
    {"exits": sys.exit, "is gone": os._exit}[end](0)
os.read(answers[0], 1)
storage.record([visit(4)])
if uses == "uses":
    storage.close()
os.write(asks[1], b".")
assert os.waitpid(pid, 0)[1] == 0
# No other connection was opened: the pool's one went on after the child's end.
before = storage.engine.pool.checkedin()
storage.record([visit(5)])
assert storage.engine.pool.checkedin() == 1
assert before == (0 if uses == "uses" else 1)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """The kind of a storage, and its place."""
    if request.param == "sqlite":
        return request.param, str(tmp_path / "readings.sqlite")
    return request.param, request.getfixturevalue("postgresql_dsn")


def opened(kind, place):
    return {"sqlite": SQLiteStorage, "postgresql": PostgreSQLStorage}[kind](place)


@pytest.mark.parametrize("end", ["exits", "is gone"])
@pytest.mark.parametrize("uses, stored", [("uses", 5), ("leaves it alone", 3)])
def test_what_parent_and_child_record_is_stored_and_the_childs_end_harms_nobody(
    place, uses, stored, end
):
    done = subprocess.run(
        [sys.executable, "-c", FORKED, *place, uses, end],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    storage = opened(*place)
    assert counts(storage) == [("alice", stored)]
    storage.close()


def test_a_child_has_a_session_of_its_own(postgresql_dsn):
    storage = PostgreSQLStorage(postgresql_dsn)

    def session():
        with storage._reading() as connection:
            return connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()

    before = session()
    assert in_child(lambda: session() != before)
    assert session() == before
    storage.close()


def test_a_child_has_in_memory_what_its_parent_has(place, monkeypatch):
    storage, query = opened(*place), ReadingQuery((DOC.uid,))
    storage.record([visit(1)])
    found = storage.readings(query)

    def is_known():
        monkeypatch.setattr(loaded, "_KINDS", dict.fromkeys(loaded._KINDS, _only_known))
        return storage.readings(query) == found

    assert in_child(is_known)
    # Where a thread was busy with that, which doesn't come along, it is asked for.
    with storage._loaded_sets._lock:
        assert not in_child(is_known)
        assert in_child(lambda: storage.readings(query) == found)
    storage.close()


def _only_known(_asking, numbers):
    assert not numbers
    return ()


def test_closing_in_a_child_closes_nothing_of_the_parent(place):
    storage = opened(*place)
    storage.record([visit(1)])
    assert in_child(lambda: storage.close() is None)
    assert storage.engine.pool.checkedin() == 1
    assert counts(storage) == [("alice", 1)]
    storage.close()


def refuses(storage):
    try:
        storage.record([visit(2)])
    except StorageUnavailable as error:
        return "forked while its parent" in str(error)
    return False


def test_a_child_of_a_parent_in_a_transaction_leaves_the_file_alone(tmp_path):
    storage = SQLiteStorage(tmp_path / "readings.sqlite")
    other = SQLiteStorage(tmp_path / "readings.sqlite", site="other")
    other.record([visit(1)])
    with storage._writing():
        assert in_child(lambda: refuses(other))
    other.record([visit(2)])
    assert counts(other) == [("alice", 2)]
    assert in_child(lambda: other.record([visit(3)]) is None)
    assert counts(other) == [("alice", 3)]
    for one in (storage, other):
        one.close()


def test_a_child_leaves_a_file_alone_whose_log_is_another_one_by_now(tmp_path):
    storage = SQLiteStorage(tmp_path / "readings.sqlite")
    storage.record([visit(1)])
    asks = os.pipe()
    pid = os.fork()
    if pid == 0:
        signal.alarm(30)
        os.read(asks[0], 1)
        os._exit(0 if refuses(storage) else 1)
    storage.close()
    with sqlite3.connect(tmp_path / "readings.sqlite") as other:
        other.execute("CREATE TABLE other (x)")
    os.write(asks[1], b".")
    assert os.waitpid(pid, 0)[1] == 0
    other.close()
    storage.record([visit(2)])
    assert counts(storage) == [("alice", 2)]
    storage.close()
