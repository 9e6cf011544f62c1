"""A storage of somebody else's: two methods are enough for the contract."""

from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.testing import StorageContract
from tests.storage.two_methods import NotesOfVisits
from threading import Lock

import pytest


class TestNotesOfVisits(StorageContract):
    @pytest.fixture(autouse=True)
    def visits(self):
        self.visits = []
        self.lock = Lock()

    def make_storage(self, site=""):
        return NotesOfVisits(self.visits, self.lock)

    def make_unreachable(self):
        return NotesOfVisits(None, self.lock)

    def test_it_has_no_more_than_two_methods(self):
        assert not IAccessRecorder.providedBy(self.make_storage())
