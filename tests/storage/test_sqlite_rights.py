"""Who has read what is for nobody else on the host."""

from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import visit

import os
import pytest
import stat


@pytest.fixture(autouse=True)
def usual_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path):
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_file_log_index_and_folder_are_for_their_owner_alone(tmp_path):
    path = tmp_path / "clicktracker" / "readings.sqlite"
    storage = SQLiteStorage(path)
    storage.record([visit(1)])
    found = {file.name: rights(file) for file in path.parent.iterdir()}
    assert set(found) == {
        "readings.sqlite",
        "readings.sqlite-wal",
        "readings.sqlite-shm",
    }
    assert set(found.values()) == {"0o600"}
    assert rights(path.parent) == "0o700"
    storage.close()


def test_what_an_older_release_has_left_is_closed_too(tmp_path):
    path = tmp_path / "clicktracker" / "readings.sqlite"
    open_before = SQLiteStorage(path)
    open_before.record([visit(1)])
    for file in path.parent.iterdir():
        file.chmod(0o644)
    path.parent.chmod(0o755)
    storage = SQLiteStorage(path)
    assert counts(storage) == [("alice", 1)]
    assert {rights(file) for file in path.parent.iterdir()} == {"0o600"}
    assert rights(path.parent) == "0o700"
    storage.close()
    open_before.close()


def test_a_folder_that_others_use_stays_as_it_is(tmp_path):
    tmp_path.chmod(0o755)
    storage = SQLiteStorage(tmp_path / "readings.sqlite")
    storage.record([visit(1)])
    storage.close()
    assert rights(tmp_path) == "0o755"
    assert rights(tmp_path / "readings.sqlite") == "0o600"
