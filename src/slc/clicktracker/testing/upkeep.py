"""What a storage has to tell of itself, and that it can be closed and set up."""

from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import NOBODY
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import visit

import pytest


class UpkeepContract(StorageContract):
    """Tests of status, set-up and closing."""

    def test_setting_up_again_keeps_everything(self):
        storage = self.make_storage()
        storage.record([visit(1)])
        storage.setup()
        storage.setup()
        assert counts(storage) == [("alice", 1)]

    def test_the_status_counts_what_there_is(self):
        storage = self.make_storage()
        storage.record([visit(1), visit(2, version=Version("2")), visit(3, BOB)])
        storage.logAccess("carol", "/site/old", "/old")
        self.make_storage("another").record([visit(4)])
        status = storage.status()
        assert status.kind
        assert (status.documents, status.old_addresses) == (1, 1)
        assert (status.readers, status.readings, status.accesses) == (3, 4, 4)

    def test_a_closed_storage_can_be_used_again(self):
        storage = self.make_storage()
        storage.record([visit(1)])
        storage.close()
        assert counts(storage) == [("alice", 1)]

    def test_what_somebody_anonymous_downloads_leaves_no_trace(self):
        storage = self.make_storage()
        storage.record([download(Reader(""))])
        status = storage.status()
        assert (status.documents, status.readers, status.readings) == (0, 0, 0)

    def test_what_was_served_to_somebody_anonymous_leaves_no_trace(self):
        storage = self.make_storage()
        storage.record([note(NOBODY)])
        storage.record([])
        status = storage.status()
        assert (status.documents, status.readers) == (0, 0)

    def test_the_status_counts_no_note_as_an_access(self):
        storage = self.make_storage()
        storage.record([note(BOB), note(CAROL, at=5)])
        status = storage.status()
        assert (status.readings, status.accesses) == (0, 0)
        storage.record([download(ALICE, 3)])
        status = storage.status()
        assert (status.readings, status.accesses) == (1, 0)
        storage.record([visit(1, at=50), note(at=0), note(at=100)])
        status = storage.status()
        assert (status.readings, status.accesses) == (1, 1)

    def test_the_status_counts_no_view_for_which_a_ticket_has_no_room(self):
        storage = self.make_storage()
        many = [visit(n) for n in range(VIEWS_PER_TICKET + 9)]
        for _ in range(2):
            storage.record([*many, visit(1, BOB), visit(99, at=1)])
        assert storage.status().accesses == VIEWS_PER_TICKET + 2

    def test_the_status_counts_nothing_of_a_batch_that_was_refused(self):
        storage = self.make_storage()
        with pytest.raises((AttributeError, TypeError)):
            storage.record([visit(1), "no access", visit(2)])
        assert storage.status().accesses == 0

    def test_the_status_counts_no_visitor_without_a_log_in_as_a_reader(self):
        storage = self.make_storage()
        storage.record([visit(1, NOBODY), visit(2, NOBODY), visit(3, BOB)])
        assert storage.status().readers == 1
