"""A file that is being changed stays locked for other processes, although this one opens
it once more: closing any descriptor of a file takes all locks of a process away."""

from pathlib import Path
from slc.clicktracker.collector.pieces import Pieces
from slc.clicktracker.collector.quarantine import Quarantine
from slc.clicktracker.storage.sqlite.connection import connect
from slc.clicktracker.versions.kept_digests import KeptDigests

import pytest
import sqlite3
import subprocess
import sys


LOCK = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    print(error)
"""


def opened_once_more(file: Path, kind: str) -> None:
    if kind == "readings":
        connect(file).close()
        return
    of = {"pieces": Pieces, "quarantine": Quarantine, "digests": KeptDigests}[kind]
    with of(file.parent)._file.opened():
        pass


@pytest.mark.parametrize("kind", ["readings", "pieces", "quarantine", "digests"])
def test_a_lock_outlives_another_connection_of_the_process(tmp_path, kind):
    opened_once_more(tmp_path / f"{kind}.sqlite", kind)
    (file,) = tmp_path.glob("*.sqlite")
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    opened_once_more(file, kind)
    said = subprocess.run(
        [sys.executable, "-c", LOCK, file], capture_output=True, text=True, check=True
    )
    assert "locked" in said.stdout
    holder.close()
