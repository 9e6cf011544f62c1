"""What a storage has to answer about when documents were read, and how deep."""

from datetime import date
from datetime import timedelta
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.storage.capabilities import IReadingFigures
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CHANGED
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import NOBODY
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import OTHER
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import START
from slc.clicktracker.testing.visits import visit


TODAY = START.date()
TOMORROW = TODAY + timedelta(days=1)
MIDNIGHT = 12 * 3600
OTHER_BOB = Reader("bob", "/acl_users")


class ActivityContract(StorageContract):
    """Tests of figures over time, over documents, and over depth."""

    def test_accesses_are_counted_by_the_day_on_which_the_page_was_served(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, at=MIDNIGHT, issued=seconds(MIDNIGHT - 0.000001)),
                visit(2, at=MIDNIGHT),
                visit(3, BOB, OTHER, at=MIDNIGHT + 1),
                visit(4, NOBODY, OTHER, at=MIDNIGHT + 2),
            ]
        )
        assert activity(storage, DOC.uid, OTHER.uid) == Activity(
            ((TODAY, 1), (TOMORROW, 3)), ((DOC.uid, 2), (OTHER.uid, 2))
        )
        assert activity(storage) == Activity(
            ((TODAY, 1), (TOMORROW, 1)), ((DOC.uid, 2),)
        )

    def test_both_days_are_included_and_no_other(self):
        storage = self.make_storage()
        day = 24 * 3600
        storage.record([visit(n, at=n * day) for n in range(5)])
        days = [TODAY + timedelta(days=n) for n in range(5)]
        found = activity(storage, since=days[1], until=days[3])
        assert found.by_day == tuple((known, 1) for known in days[1:4])
        assert activity(storage, until=date(2025, 12, 31)) == Activity((), ())
        assert activity(storage, since=date.min, until=date.max).by_day == tuple(
            (known, 1) for known in days
        )

    def test_documents_come_by_accesses_and_then_by_uid(self):
        storage = self.make_storage()
        often = [("b", 1), ("a", 1), ("c", 3), ("B", 1)]
        sent = [
            visit(10 * n + view, document=Document(f"uid-{name}", f"/site/{name}"))
            for n, (name, count) in enumerate(often)
            for view in range(count)
        ]
        storage.record(sent)
        uids = [access.document.uid for access in sent]
        found = activity(storage, *uids, "uid-unknown")
        assert found.by_document == (
            ("uid-c", 3),
            ("uid-B", 1),
            ("uid-a", 1),
            ("uid-b", 1),
        )

    def test_what_came_twice_is_counted_once_in_whatever_order(self):
        storage = self.make_storage()
        early, late = visit(1), visit(2, at=2 * MIDNIGHT)
        for batch in ([late], [early, late], [early], [late, early]):
            storage.record(batch)
        assert activity(storage).by_day == ((TODAY, 1), (TOMORROW, 1))

    def test_notes_are_no_accesses(self):
        storage = self.make_storage()
        storage.record([note(), visit(1, origin=DOWNLOADED)])
        assert activity(storage) == Activity((), ())

    def test_how_deep_readers_got_is_told_by_their_greatest_depth(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, depth=30),
                visit(2, depth=80, version=LONG),
                visit(3, depth=10, version=CHANGED),
                visit(4, BOB, depth=80),
                visit(5, Reader("carol")),
                visit(6, NOBODY, depth=100),
                visit(7, BOB, OTHER, depth=5),
            ]
        )
        assert storage.depths([DOC.uid]) == ((0, 1), (80, 2))
        assert storage.depths([DOC.uid, OTHER.uid]) == ((0, 1), (5, 1), (80, 2))
        assert storage.depths([DOC.uid], ("d2",)) == ((10, 1),)
        assert storage.depths([DOC.uid], ("d2", "d1")) == ((80, 1),)
        assert storage.depths([DOC.uid], ("never shown",)) == ()
        assert storage.depths([]) == ()

    def test_who_has_only_downloaded_or_been_served_has_no_depth(self):
        storage = self.make_storage()
        storage.record([note(), visit(1, BOB, origin=DOWNLOADED)])
        assert storage.depths([DOC.uid]) == ()

    def test_readers_come_on_the_day_of_their_first_access(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, at=MIDNIGHT - 1),
                visit(2, at=MIDNIGHT, version=LONG),
                visit(3, BOB, at=MIDNIGHT, issued=seconds(0), version=LONG),
                visit(4, NOBODY),
                visit(5, OTHER_BOB, at=3 * MIDNIGHT),
                visit(6, ALICE, OTHER, at=3 * MIDNIGHT),
                note(Reader("carol")),
            ]
        )
        after = TOMORROW + timedelta(days=1)
        assert storage.first_readings([DOC.uid]) == (
            (TODAY, 1),
            (TOMORROW, 1),
            (after, 1),
        )
        assert storage.first_readings([DOC.uid, OTHER.uid])[-1] == (after, 2)
        assert storage.first_readings([DOC.uid], ("d1",)) == ((TOMORROW, 2),)
        assert storage.first_readings([DOC.uid], ("d2",)) == ()

    def test_a_download_is_a_reading_of_its_day(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, at=MIDNIGHT, origin=DOWNLOADED),
                visit(2, at=2 * MIDNIGHT + MIDNIGHT),
                visit(3, BOB, at=0),
                visit(4, BOB, at=MIDNIGHT, origin=DOWNLOADED),
            ]
        )
        assert storage.first_readings([DOC.uid]) == ((TODAY, 1), (TOMORROW, 1))


def activity(
    storage: IReadingFigures, *uids: str, since: date = TODAY, until: date = TOMORROW
) -> Activity:
    """Return the activity of documents, of ``DOC`` if none is named."""
    return storage.activity(uids or (DOC.uid,), since, until)
