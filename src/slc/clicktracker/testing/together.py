"""What a storage has to do where several of its capabilities meet."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.testing.activity import activity
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.counting import days
from slc.clicktracker.testing.progress import progress
from slc.clicktracker.testing.texts import texts
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import coverage
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import OTHER
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import START
from slc.clicktracker.testing.visits import visit


TODAY = START.date()
FIRST_DAY = date(2026, 1, 1)
MIDNIGHT = 12 * 3600
SECOND_DAY = date(2026, 1, 2)
OLD = Document("", "/site/old")
RULE = EngagementRule()


class TogetherContract(StorageContract):
    """Tests of figures, progress and documents when accounts end and addresses are adopted."""

    def test_who_is_forgotten_is_not_counted_any_more(self):
        storage = self.make_storage()
        storage.record([visit(1), visit(2, BOB), visit(3, BOB, OTHER)])
        storage.forget(BOB)
        found = activity(storage, DOC.uid, OTHER.uid)
        assert found == Activity(((TODAY, 1),), ((DOC.uid, 1),))

    def test_sites_do_not_mix(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        one.record([visit(1)])
        assert activity(two) == Activity((), ())
        assert two.depths([DOC.uid]) == two.first_readings([DOC.uid]) == ()
        assert two.texts([DOC.uid]) == ()

    def test_an_adopted_address_brings_its_days_along(self):
        storage = self.make_storage()
        storage.record([visit(1, document=Document("", "/site/old")), visit(2)])
        storage.adopt("/site/old", DOC)
        assert activity(storage).by_day == ((TODAY, 2),)

    def test_forgetting_somebody_takes_away_what_his_accesses_had_added(self):
        storage, other = self.make_storage("one"), self.make_storage("two")
        for site in (storage, other):
            site.record([visit(1, BOB), visit(2, BOB, at=MIDNIGHT), visit(3, ALICE)])
        storage.forget(BOB)
        assert days(storage) == {FIRST_DAY: 1}
        assert days(other) == {FIRST_DAY: 2, SECOND_DAY: 1}

    def test_days_move_with_what_is_adopted(self):
        storage, nobody = self.make_storage("site"), self.make_storage("")
        nobody.record([visit(1, BOB, OLD), visit(2, BOB, OLD, at=MIDNIGHT)])
        storage.record([visit(3), visit(4, document=OLD, at=5)])
        storage.adopt("/site/old", DOC)
        assert days(storage) == {FIRST_DAY: 3, SECOND_DAY: 1}

    def test_what_is_adopted_twice_counts_once(self):
        storage = self.make_storage()
        for _ in range(2):
            storage.record(
                [visit(1, document=OLD), visit(2, document=OLD, at=MIDNIGHT)]
            )
            storage.adopt("/site/old", DOC)
        storage.record([visit(1)])
        assert days(storage) == {FIRST_DAY: 1, SECOND_DAY: 1}

    def test_days_move_with_what_a_site_claims(self):
        storage, nobody = self.make_storage("site"), self.make_storage("")
        for _ in range(2):
            nobody.record([visit(1, BOB, OLD), visit(2, BOB, OLD, at=MIDNIGHT)])
            assert storage.claim("/site") == 1
        storage.adopt("/site/old", DOC)
        assert days(storage) == {FIRST_DAY: 1, SECOND_DAY: 1}

    def test_a_later_account_of_the_same_id_is_another_reader(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB)])
        storage.retire(BOB)
        later = datetime.now(timezone.utc) + timedelta(seconds=1)
        storage.record([visit(2, BOB, issued=later, opened=later, seen=later)])
        assert storage.read_documents((DOC.uid,)) == (ReadDocument(DOC, 2, later),)

    def test_what_a_document_has_adopted_is_its_own(self):
        storage = self.make_storage()
        storage.record([visit(1, document=Document("", "/site/old"))])
        assert storage.document_uids() == frozenset()
        storage.adopt("/site/old", DOC)
        assert storage.document_uids() == {DOC.uid}
        assert storage.read_documents((DOC.uid,)) == (ReadDocument(DOC, 1, START),)

    def test_the_readings_of_a_forgotten_reader_are_gone(self):
        storage = self.make_storage()
        storage.record([visit(1, ALICE), visit(2, BOB, at=50), visit(3, BOB, OTHER)])
        storage.forget(BOB)
        found = storage.read_documents((DOC.uid, OTHER.uid))
        assert found == (ReadDocument(DOC, 1, START),)

    def test_former_readers_have_read_a_text_too_and_forgotten_ones_have_not(self):
        storage = self.make_storage()
        storage.record([visit(1, version=LONG), visit(2, BOB, version=LONG)])
        storage.retire(BOB)
        assert texts(storage) == [("d1", "1", 2)]
        storage.forget(BOB)
        assert texts(storage) == [("d1", "1", 1)]
        storage.forget(ALICE)
        assert texts(storage) == []

    def test_who_is_left_out_is_that_account_and_no_other(self):
        """Not who had the id before, nor the one of the same id in another folder."""
        storage = self.make_storage()
        elsewhere = Reader("bob", "/acl_users")
        storage.record([visit(1, BOB), visit(2, elsewhere)])
        storage.retire(BOB)
        storage.record([visit(3, BOB, at=10**9)])
        page = storage.readings(ReadingQuery((DOC.uid,), left_out=(BOB,)))
        assert (page.total, page.readers) == (3, 2)
        found = storage.coverage((DOC.uid,), RULE, left_out=(BOB,))
        assert found.opened == 2
        assert sum(n for _, n in storage.depths((DOC.uid,), left_out=(BOB,))) == 2
        found = storage.first_readings((DOC.uid,), left_out=(BOB,))
        assert sum(n for _, n in found) == 2

    def test_somebody_else_of_the_same_id_has_made_no_progress(self):
        storage = self.make_storage()
        storage.record([visit(1, Reader("bob", "/acl_users")), visit(2, ALICE)])
        storage.retire(ALICE)
        assert progress(storage) == (0,)
        assert progress(self.make_storage("other")) == (0,)
        storage.record([visit(3, ALICE, at=10**9)])
        assert progress(storage) == (1,)

    def test_a_deleted_account_stays_in_the_coverage(self):
        storage = self.make_storage()
        storage.record([note(BOB), visit(1)])
        storage.retire(BOB)
        storage.retire(ALICE)
        assert coverage(storage) == Coverage(2, 1, 0, 0)

    def test_forgetting_somebody_forgets_what_was_served(self):
        storage = self.make_storage()
        storage.record(
            [note(BOB), note(BOB, at=5, version=LONG), note(), visit(1, BOB)]
        )
        assert storage.forget(BOB) == 1
        assert coverage(storage) == Coverage(1, 0, 0, 0)
        assert storage.forget(ALICE) == 0
        assert coverage(storage) == Coverage(0, 0, 0, 0)
        assert storage.status().readers == 0

    def test_what_was_served_is_given_to_a_document_with_the_readings(self):
        storage = self.make_storage()
        old = Document("", "/site/old")
        storage.record([note(document=old), note(BOB, document=old), note(at=1)])
        assert storage.old_addresses("") == []
        storage.record(
            [visit(1, BOB, old, marks=Marks.ENDED | Marks.PRINTED), visit(2, CAROL)]
        )
        assert storage.status().old_addresses == 1
        assert storage.adopt("/site/old", DOC) == 1
        assert counts(storage) == [("bob", 1), ("carol", 1)]
        assert coverage(storage) == Coverage(3, 2, 0, 0)
        assert [Marks.ENDED in row.marks for row in readings(storage)] == [True, False]

    def test_an_old_address_that_was_only_served_can_be_adopted(self):
        nobody, storage = self.make_storage(""), self.make_storage("site")
        nobody.record([note(document=Document("", "/site/old"), at=7)])
        assert nobody.old_addresses("") == []
        assert nobody.status().old_addresses == 0
        assert storage.adopt("/site/old", DOC) == 0
        assert coverage(storage) == Coverage(1, 0, 0, 0)
        assert nobody.status().readers == 0

    def test_what_was_served_later_is_not_given_to_the_deleted_account(self):
        nobody, storage = self.make_storage(""), self.make_storage("site")
        before = datetime.now(timezone.utc)
        storage.record([visit(1, BOB, issued=before)])
        storage.retire(BOB)
        later = datetime.now(timezone.utc) + timedelta(seconds=1)
        nobody.record([note(BOB, document=Document("", "/site/old"), issued=later)])
        storage.adopt("/site/old", DOC)
        assert coverage(storage) == Coverage(2, 1, 0, 0)
