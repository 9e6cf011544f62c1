"""What a storage has to tell of how far readers got."""

from slc.clicktracker.storage.capabilities import IReadingFigures
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.serving import send_reads_and_notes
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import coverage
from slc.clicktracker.testing.visits import DAVE
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import NOBODY
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import visit


FIRST = Version("1", "d1", 100)
SECOND = Version("2", "d2", 100)


class CoverageContract(StorageContract):
    """Tests of how many were served a page, and how far they got."""

    def test_who_was_served_and_opened_it_counts_once(self):
        storage = self.make_storage()
        storage.record([note(), note(at=5), note(BOB), read(1, BOB, 10_000)])
        storage.record([visit(2, CAROL), note(CAROL, version=LONG)])
        storage.record([read(3, DAVE, 10_000, marks=Marks.ENDED)])
        assert coverage(storage) == Coverage(served=4, opened=3, engaged=2, finished=1)

    def test_coverage_is_of_named_readers(self):
        storage = self.make_storage()
        storage.record([note(NOBODY), visit(1, NOBODY), visit(2, BOB)])
        assert coverage(storage) == Coverage(1, 1, 0, 0, visits=1)

    def test_coverage_counts_each_document_of_each_reader(self):
        storage = self.make_storage()
        two = Document("uid-2", "/site/2")
        storage.record(
            [
                note(),
                note(document=two),
                read(1, BOB, 10_000, document=two),
                visit(2, Reader("bob", "/acl_users"), two),
                visit(3, document=Document("uid-3", "/site/3")),
            ]
        )
        asked = (DOC.uid, "uid-2", "uid-2", "uid-unknown")
        assert coverage(storage, *asked) == Coverage(4, 2, 1, 0)
        assert coverage(storage, "uid-unknown") == Coverage(0, 0, 0, 0)
        assert storage.coverage((), EngagementRule()) == Coverage(0, 0, 0, 0)

    def test_sites_have_a_coverage_of_their_own(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        one.record([note(BOB)])
        two.record([visit(1)])
        assert coverage(one) == Coverage(1, 0, 0, 0)
        assert coverage(two) == Coverage(1, 1, 0, 0)

    def test_coverage_can_be_that_of_the_current_version(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 60_000, at=1, version=FIRST, marks=Marks.ENDED),
                read(2, ALICE, 0, at=99, version=SECOND),
                read(3, BOB, 60_000, at=1, version=FIRST),
                visit(4, BOB, at=99, version=SECOND, origin="served"),
            ]
        )
        rule = EngagementRule()
        assert storage.coverage([DOC.uid], rule) == Coverage(2, 2, 2, 1)
        assert storage.coverage([DOC.uid], rule, ("d1",)) == Coverage(2, 2, 2, 1)
        assert storage.coverage([DOC.uid], rule, ("d2",)) == Coverage(2, 1, 0, 0)
        assert storage.coverage([DOC.uid], rule, ("d3",)) == Coverage(0, 0, 0, 0)

    def test_who_was_only_served_a_page_has_not_opened_it(self):
        storage = self.make_storage()
        storage.record([note(BOB), note(CAROL, at=5)])
        assert coverage(storage) == Coverage(2, 0, 0, 0)

    def test_coverage_is_exact_when_reads_and_notes_arrive_on_six_connections(self):
        storage = send_reads_and_notes(self.make_storage)
        assert coverage(storage) == Coverage(20, 20, 0, 0)

    def test_another_rule_counts_old_readings_anew(self):
        storage = self.make_storage()
        storage.record(
            [read(1, ALICE, 10_000), read(2, BOB, 30_000, marks=Marks.ENDED)]
        )
        assert coverage(storage) == Coverage(2, 2, 2, 1)
        assert coverage(storage, words_per_minute=201) == Coverage(2, 2, 1, 1)

    def test_a_text_whose_words_are_counted_anew_counts_earlier_readings_by_that(self):
        storage = self.make_storage()
        short = Version("1", "d1", 2)
        storage.record([read(1, engaged=6_400, marks=Marks.ENDED, version=short)])
        assert coverage(storage) == Coverage(1, 1, 1, 1)
        storage.record([note(BOB, version=Version("1", "d1", 1_500))])
        assert coverage(storage) == Coverage(2, 1, 0, 0)

    def test_current_texts_count_as_one(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 60_000, at=1, version=FIRST, marks=Marks.ENDED),
                read(2, ALICE, 0, at=99, version=SECOND),
            ]
        )
        assert current_coverage(storage, "d1", "d2") == Coverage(1, 1, 1, 1)

    def test_a_download_counts_for_the_version_that_was_delivered(self):
        storage = self.make_storage()
        storage.record(
            [
                download(ALICE, 1, version=FIRST),
                download(BOB, 2, version=SECOND),
                download(BOB, 3, version=FIRST),
            ]
        )
        assert current_coverage(storage, "d2") == Coverage(0, 0, 0, 0, 1)
        assert current_coverage(storage, "d1") == Coverage(0, 0, 0, 0, 2)

    def test_who_has_only_downloaded_a_file_was_served_no_page(self):
        storage = self.make_storage()
        storage.record([download(ALICE, 7), download(ALICE, 3), download(ALICE, 5)])
        assert coverage(storage) == Coverage(0, 0, 0, 0, downloaded=1)

    def test_a_download_counts_beside_what_the_browser_reported(self):
        storage = self.make_storage()
        storage.record([read(1, at=50, engaged=60_000), download(ALICE, 200)])
        assert coverage(storage) == Coverage(1, 1, 1, 0, downloaded=1)

    def test_notes_count_once_however_often_and_whenever_they_arrive(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        sent = [download(ALICE, n) for n in (4, 2, 9)] + [visit(1, at=5), note(at=1)]
        one.record(sent)
        for access in [*sent[::-1], *sent]:
            two.record([access])
        two.record([*sent, *sent])
        assert coverage(one) == coverage(two) == Coverage(1, 1, 0, 0, 1)


def current_coverage(storage: IReadingFigures, *current: str) -> Coverage:
    """Return how far readers got with these texts of ``DOC``."""
    return storage.coverage((DOC.uid,), EngagementRule(), current)
