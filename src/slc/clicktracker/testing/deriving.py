"""What a storage does that derives something of readings."""

from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import visit


class DerivingContract(StorageContract):
    """Tests that nobody sees of it but in the time that an answer takes."""

    def test_answers_are_the_same_whether_or_not_it_has_caught_up(self):
        storage, query = self.make_storage(), ReadingQuery((DOC.uid,))
        storage.record([visit(1), visit(2, BOB)])
        at_once = storage.readings(query)
        storage.catch_up()
        assert storage.readings(query) == at_once
        storage.rebuild()
        assert storage.readings(query) == at_once
        assert at_once.total == 2

    def test_answers_are_the_same_whatever_was_loaded_ahead(self):
        storage, query = self.make_storage(), ReadingQuery((DOC.uid,))
        storage.load([DOC.uid])
        storage.record([visit(1)])
        storage.load([DOC.uid, "nothing is known of this"])
        assert storage.readings(query).total == 1
        storage.load([DOC.uid])
        storage.record([visit(2, BOB)])
        assert storage.readings(query).total == 2

    def test_it_may_be_stopped_and_goes_on_later(self):
        storage, query = self.make_storage(), ReadingQuery((DOC.uid,))
        storage.record([visit(1)])
        storage.catch_up(go_on=lambda: False)
        storage.rebuild(go_on=lambda: False)
        assert storage.readings(query).total == 1
