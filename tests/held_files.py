"""The thread that reads files reads none before a test says so."""

from slc.clicktracker.versions import file_digest
from slc.clicktracker.versions import unread_files
from slc.clicktracker.versions.unread_files import UnreadFiles
from threading import Event

import pytest


class HeldFiles:
    """``read`` has all of them read that wait."""

    def __init__(self, monkeypatch):
        self._may = Event()
        first = UnreadFiles._first

        def held(files):
            assert self._may.wait(60)
            return first(files)

        monkeypatch.setattr(unread_files, "_PATIENCE", 0)
        monkeypatch.setattr(UnreadFiles, "_first", held)

    def read(self):
        self._may.set()
        file_digest._unread.wait()
        self._may.clear()


@pytest.fixture
def held(monkeypatch):
    files = HeldFiles(monkeypatch)
    file_digest._known.clear()
    file_digest._unread.start_anew()
    yield files
    files.read()
