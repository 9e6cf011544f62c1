"""What a storage has to do with notes that a page was served."""

from collections.abc import Callable
from dataclasses import replace
from slc.clicktracker.storage.capabilities import IAccessRecorder
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import log
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import accesses
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit


class ServingContract(StorageContract):
    """Tests of notes that a page was served, which is not to have read it."""

    def test_what_was_only_served_was_not_read(self):
        storage = self.make_storage()
        storage.record([note(BOB), note(CAROL, at=5)])
        assert readings(storage) == []
        assert log(storage, "") == []
        assert accesses(storage, BOB) == accesses(storage, CAROL) == 0

    def test_what_was_served_adds_nothing_to_a_reading(self):
        storage = self.make_storage()

        def known():
            return readings(storage), log(storage, ""), accesses(storage, ALICE)

        storage.record([visit(1, at=50, stay=9, engaged=5_000)])
        before = known()
        notes = [note(at=0), note(at=100), note(at=50)]
        storage.record(notes)
        storage.record([*notes, visit(1, at=50)])
        storage.record([*notes, *notes])
        assert known() == before

    def test_a_title_and_a_name_are_learnt_from_what_was_served(self):
        storage = self.make_storage()
        storage.record([visit(1, Reader("alice"), Document(DOC.uid, "/site/doc"))])
        storage.record([note(at=5), note(Reader("alice", name="A."), at=1)])
        assert [(row.reader, row.document) for row in readings(storage)] == [
            (ALICE, DOC)
        ]

    def test_what_was_served_does_not_use_up_a_ticket(self):
        storage = self.make_storage()
        storage.record([note(at=n % 2) for n in range(100)] + [visit(1), visit(2)])
        assert counts(storage) == [("alice", 2)]

    def test_reads_and_what_was_served_arrive_on_six_connections(self):
        storage = send_reads_and_notes(self.make_storage)
        assert [row.count for row in readings(storage)] == [6] * 20
        assert sum(Marks.ENDED in row.marks for row in readings(storage)) == 5


def send_reads_and_notes(
    make_storage: Callable[[], IAccessRecorder],
) -> IAccessRecorder:
    """Record six accesses of ``DOC`` by each of 20 readers, five of them to its end, and
    notes that they were served, on six connections; return another storage.

    Each sends everything, beginning somewhere else, the half of it upside down.
    """
    readers = [Reader(f"user-{n}") for n in range(20)]
    versions = [Version(str(n), f"d{n % 2}", n) for n in range(3)]
    marks = (NO_MARKS, Marks.ENDED)
    sent = [
        visit(n, readers[n % 20], at=n, version=versions[n % 3], marks=marks[n < 5])
        for n in range(120)
    ]
    sent += [
        replace(access, reader=readers[-n % 20], origin=SERVED)
        for n, access in enumerate(sent)
    ]

    def send(connection: int) -> None:
        storage = make_storage()
        mine = sent[connection * 40 :] + sent[: connection * 40]
        mine = mine[::-1] if connection % 2 else mine
        for start in range(0, len(mine), 30):
            storage.record(mine[start : start + 30])

    at_once(send, range(6))
    return make_storage()
