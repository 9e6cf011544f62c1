"""What a storage has to answer where people are counted, and not what they have read."""

from datetime import date
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import NOBODY
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import visit


GERMAN = Document("uid-german", "/site/de/doc", "Protokoll")
PAPER = (DOC.uid, GERMAN.uid)
OLD = Version("0", "d0", 100)
RULE = EngagementRule()
DAY = 86_400


class PeopleContract(StorageContract):
    """Tests that a reader is one, and that visits without a log-in are no readers."""

    def test_three_people_one_of_them_in_two_languages_are_three(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 10_000, marks=Marks.ENDED),
                visit(2, ALICE, GERMAN, at=DAY),
                visit(3, BOB),
                visit(4, CAROL, GERMAN, at=2 * DAY),
                note(Reader("dave")),
                note(Reader("dave"), document=GERMAN),
            ]
        )
        found = storage.coverage(PAPER, RULE, as_one=True)
        assert (found.served, found.opened, found.engaged, found.finished) == (
            *(4, 3),
            *(1, 1),
        )
        assert storage.first_readings(PAPER, as_one=True) == (
            (date(2026, 1, 1), 2),
            (date(2026, 1, 3), 1),
        )
        page = storage.readings(ReadingQuery(PAPER, size=2))
        assert (len(page.rows), page.total, page.readers) == (2, 4, 3)

    def test_who_downloaded_one_and_opened_another_counts_once_for_each(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB), download(BOB, document=GERMAN), visit(2, ALICE)])
        found = storage.coverage(PAPER, RULE, as_one=True)
        assert (found.served, found.opened, found.downloaded) == (2, 2, 1)

    def test_without_that_each_document_counts(self):
        storage = self.make_storage()
        storage.record([visit(1), visit(2, document=GERMAN), visit(3, BOB)])
        assert storage.coverage(PAPER, RULE).opened == 3
        assert storage.first_readings(PAPER) == ((date(2026, 1, 1), 3),)

    def test_visits_are_those_of_the_texts_that_count(self):
        storage, other = self.make_storage("site"), self.make_storage("other")
        storage.record(
            [
                visit(1, NOBODY, version=OLD),
                read(2, NOBODY),
                read(3, NOBODY, at=9),
                visit(4, NOBODY, GERMAN),
            ]
        )
        other.record([read(5, NOBODY)])
        assert storage.coverage((DOC.uid,), RULE).visits == 3
        assert storage.coverage((DOC.uid,), RULE, ("d1",)).visits == 2
        assert storage.coverage(PAPER, RULE, as_one=True).visits == 4
        assert storage.coverage((), RULE).visits == 0

    def test_three_visits_without_a_log_in_are_visits_and_no_reader(self):
        storage = self.make_storage()
        storage.record([visit(n, NOBODY) for n in (1, 2, 3)])
        storage.record([visit(n, BOB) for n in (4, 5)])
        page = storage.readings(ReadingQuery((DOC.uid,)))
        assert (len(page.rows), page.total, page.readers) == (2, 2, 1)
        found = storage.coverage((DOC.uid,), RULE)
        assert (found.served, found.opened, found.visits) == (1, 1, 3)
        assert storage.first_readings((DOC.uid,)) == ((date(2026, 1, 1), 1),)
        assert storage.depths((DOC.uid,)) == ((0, 1),)

    def test_who_is_left_out_is_in_no_figure(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 10_000, marks=Marks.ENDED, depth=100),
                visit(2, BOB, depth=30),
                visit(3, BOB, GERMAN),
                download(ALICE),
                note(CAROL),
            ]
        )
        editors = (Reader("alice"), CAROL, Reader("nobody"))
        for as_one, opened in ((False, 2), (True, 1)):
            found = storage.coverage(PAPER, RULE, as_one=as_one, left_out=editors)
            assert (found.served, found.opened, found.finished, found.downloaded) == (
                *(opened, opened),
                *(0, 0),
            )
            assert storage.first_readings(PAPER, as_one=as_one, left_out=editors) == (
                (date(2026, 1, 1), opened),
            )
        assert storage.depths((DOC.uid,), left_out=editors) == ((30, 1),)
