"""What a storage has to tell of a moment in the past."""

from slc.clicktracker.storage.capabilities import IPastReadings
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.past import PastReading
from slc.clicktracker.storage.past import PastReadings
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CHANGED
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import NOBODY
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import OTHER
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import seconds


class PastContract(StorageContract):
    """Tests of what was known of readers at a moment."""

    def test_what_came_later_was_not_known(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, engaged=12_000, at=10),
                read(2, engaged=2_000, at=100, marks=Marks.ENDED),
                read(3, BOB, engaged=11_000, at=200),
                read(4, BOB, engaged=11_000, at=10, document=OTHER),
                read(5, NOBODY, engaged=11_000, at=10),
                note(BOB, at=11, version=LONG),
            ]
        )
        assert at(storage, 9) == []
        assert at(storage, 50) == [
            PastReading(
                uid=DOC.uid,
                text="d1",
                label="1",
                reader=ALICE,
                level="engaged",
                count=1,
                first=seconds(10),
                last=seconds(22),
                engaged=12_000,
            )
        ]
        assert levels_at(storage, 150) == [("alice", "finished")]
        assert levels_at(storage, 250) == [("alice", "finished"), ("bob", "engaged")]

    def test_a_page_view_that_was_going_on_counts_as_opened(self):
        storage = self.make_storage()
        storage.record([read(1, engaged=60_000, at=10, marks=Marks.ENDED)])
        (during,) = at(storage, 40)
        assert (during.level, during.count, during.engaged) == ("opened", 1, 0)
        assert (during.first, during.last) == (seconds(10), seconds(10))
        assert levels_at(storage, 70) == [("alice", "finished")]

    def test_each_text_is_told_by_itself(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, engaged=12_000, at=10),
                read(2, engaged=1_000, at=100, version=CHANGED),
            ]
        )
        found = [(each.text, each.level) for each in at(storage, 200)]
        assert found == [("d1", "engaged"), ("d2", "opened")]

    def test_no_more_time_counts_than_has_passed(self):
        storage = self.make_storage()
        storage.record(
            [read(number, engaged=20_000, at=10, stay=20) for number in range(3)]
        )
        (found,) = at(storage, 100)
        assert (found.count, found.engaged) == (3, 20_000)

    def test_a_download_is_known_of_by_its_time(self):
        storage = self.make_storage()
        storage.record([download(at=10), download(at=90)])
        assert at(storage, 9) == []
        (early,), (late,) = at(storage, 50), at(storage, 90)
        assert (early.level, early.downloaded) == ("downloaded", seconds(10))
        assert late.downloaded == seconds(90)
        assert late.count == 0

    def test_an_account_is_former_from_when_it_was_deleted(self):
        storage = self.make_storage()
        storage.now = lambda: seconds(50)
        storage.record([read(1, BOB, at=10)])
        storage.retire(BOB)
        storage.record([read(2, BOB, at=60)])
        assert [(r.generation, r.former) for r in at(storage, 40)] == [(1, False)]
        assert [(r.generation, r.former) for r in at(storage, 70)] == [
            (1, True),
            (2, False),
        ]

    def test_who_was_forgotten_was_never_there(self):
        storage = self.make_storage()
        storage.record([read(1, BOB, at=10), read(2, at=10)])
        storage.forget(BOB)
        assert levels_at(storage, 50) == [("alice", "opened")]

    def test_other_sites_and_documents_have_a_past_of_their_own(self):
        self.make_storage("other").record([read(1, at=10)])
        storage = self.make_storage()
        assert storage.past_readings([DOC.uid], seconds(50), EngagementRule()) == (
            PastReadings()
        )


def at(storage: IPastReadings, second: float) -> list[PastReading]:
    """Return what was known of ``DOC`` so many seconds after the start."""
    found = storage.past_readings([DOC.uid], seconds(second), EngagementRule())
    assert found.complete
    return list(found.readings)


def levels_at(storage: IPastReadings, second: float) -> list[tuple[str, str]]:
    """Return who had got how far."""
    return [(each.reader.user, each.level) for each in at(storage, second)]
