"""What a storage has to answer about what was served, and who called back."""

from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import log
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import coverage
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import levels
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit


CAROL = Reader("carol")
DAVE = Reader("dave")
NOBODY = Reader("")


class ServingContract(StorageContract):
    """Tests of notes that a page was served."""

    def test_what_was_only_served_was_not_read(self):
        storage = self.make_storage()
        storage.record([note(BOB), note(CAROL, at=5)])
        assert readings(storage) == []
        assert log(storage, "") == []
        status = storage.status()
        assert (status.readings, status.accesses) == (0, 0)
        assert coverage(storage) == Coverage(2, 0, 0, 0)

    def test_what_was_served_adds_nothing_to_a_reading(self):
        storage = self.make_storage()
        storage.record([visit(1, at=50, stay=9, engaged=5_000)])
        before = readings(storage), log(storage, ""), storage.status()
        notes = [note(at=0), note(at=100), note(at=50)]
        storage.record(notes)
        storage.record([*notes, visit(1, at=50)])
        storage.record([*notes, *notes])
        assert (readings(storage), log(storage, ""), storage.status()) == before

    def test_who_was_served_and_opened_it_counts_once(self):
        storage = self.make_storage()
        storage.record([note(), note(at=5), note(BOB), read(1, BOB, 10_000)])
        storage.record([visit(2, CAROL), note(CAROL, version=LONG)])
        storage.record([read(3, DAVE, 10_000, ended=True)])
        assert coverage(storage) == Coverage(served=4, opened=3, engaged=2, finished=1)

    def test_coverage_is_of_named_readers(self):
        storage = self.make_storage()
        storage.record([note(NOBODY), visit(1, NOBODY), visit(2, BOB)])
        assert coverage(storage) == Coverage(1, 1, 0, 0, visits=1)

    def test_what_was_served_to_somebody_anonymous_leaves_no_trace(self):
        storage = self.make_storage()
        storage.record([note(NOBODY)])
        storage.record([])
        status = storage.status()
        assert (status.documents, status.readers) == (0, 0)

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

    def test_a_title_and_a_name_are_learnt_from_what_was_served(self):
        storage = self.make_storage()
        storage.record([visit(1, Reader("alice"), Document(DOC.uid, "/site/doc"))])
        storage.record([note(at=5), note(Reader("alice", name="A."), at=1)])
        assert [(row.reader, row.document) for row in readings(storage)] == [
            (ALICE, DOC)
        ]

    def test_what_was_served_is_given_to_a_document_with_the_readings(self):
        storage = self.make_storage()
        old = Document("", "/site/old")
        storage.record([note(document=old), note(BOB, document=old), note(at=1)])
        assert storage.old_addresses("") == []
        storage.record([visit(1, BOB, old, ended=True, printed=True), visit(2, CAROL)])
        assert storage.status().old_addresses == 1
        assert storage.adopt("/site/old", DOC) == 1
        assert counts(storage) == [("bob", 1), ("carol", 1)]
        assert coverage(storage) == Coverage(3, 2, 0, 0)
        assert [row.ended for row in readings(storage)] == [True, False]

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

    def test_texts_are_still_told_apart_when_an_old_address_was_adopted(self):
        storage = self.make_storage()
        old = Document("", "/site/old")
        other = replace(LONG, digest="d2")
        storage.record([read(1, engaged=6_000, document=old)])
        storage.record([read(2, BOB, engaged=6_000, document=old)])
        storage.record([read(5, engaged=1_000, document=old, version=other)])
        storage.adopt("/site/old", DOC)
        assert counts(storage) == [("alice", 2), ("bob", 1)]
        assert readings(storage)[0].engaged == 7_000
        storage.record([read(3, engaged=6_000, at=50, version=other)])
        storage.record([read(4, BOB, engaged=6_000, at=50, ended=True)])
        assert levels(storage) == {"alice": "opened", "bob": "finished"}

    def test_an_access_that_is_adopted_twice_keeps_what_either_said(self):
        storage = self.make_storage()
        old = Document("", "/site/old")
        storage.record([visit(1, ended=True)])
        storage.record([visit(1, document=old, printed=True)])
        storage.adopt("/site/old", DOC)
        (row,) = readings(storage)
        assert (row.count, row.ended, row.printed) == (1, True, True)

    def test_sites_have_a_coverage_of_their_own(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        one.record([note(BOB)])
        two.record([visit(1)])
        assert coverage(one) == Coverage(1, 0, 0, 0)
        assert coverage(two) == Coverage(1, 1, 0, 0)

    def test_what_was_served_does_not_use_up_a_ticket(self):
        storage = self.make_storage()
        storage.record([note(at=n % 2) for n in range(100)] + [visit(1), visit(2)])
        assert counts(storage) == [("alice", 2)]

    def test_reads_and_what_was_served_arrive_on_six_connections(self):
        """Each sends everything, beginning somewhere else, the half of it upside down."""
        readers = [Reader(f"user-{n}") for n in range(20)]
        versions = [Version(str(n), f"d{n % 2}", n) for n in range(3)]
        sent = [
            visit(n, readers[n % 20], at=n, version=versions[n % 3], ended=n < 5)
            for n in range(120)
        ]
        sent += [
            replace(access, reader=readers[-n % 20], origin=SERVED)
            for n, access in enumerate(sent)
        ]

        def send(connection: int) -> None:
            storage = self.make_storage()
            mine = sent[connection * 40 :] + sent[: connection * 40]
            mine = mine[::-1] if connection % 2 else mine
            for start in range(0, len(mine), 30):
                storage.record(mine[start : start + 30])

        at_once(send, range(6))
        storage = self.make_storage()
        assert [row.count for row in readings(storage)] == [6] * 20
        assert sum(row.ended for row in readings(storage)) == 5
        assert coverage(storage) == Coverage(20, 20, 0, 0)
