"""What a storage has to answer about accesses by day, however they come and go."""

from datetime import date
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit


FIRST_DAY = date(2026, 1, 1)
SECOND_DAY = date(2026, 1, 2)
MIDNIGHT = 12 * 3600


class CountingContract(StorageContract):
    """Tests that days have as many accesses as there are."""

    def test_only_accesses_that_are_new_are_counted(self):
        storage = self.make_storage()
        sent = [visit(n, at=n * 9_000) for n in range(8)]
        for batch in (sent[2:6], sent, sent[::-1], sent[:1] * 3, [*sent, *sent]):
            storage.record(batch)
        storage.record([visit(1, at=9_000, stay=60, engaged=50_000, marks=Marks.ENDED)])
        assert days(storage) == {FIRST_DAY: 5, SECOND_DAY: 3}

    def test_what_a_ticket_has_no_room_for_is_not_counted(self):
        storage = self.make_storage()
        for _ in range(2):
            storage.record([visit(n) for n in range(VIEWS_PER_TICKET + 9)])
        storage.record([visit(99)])
        assert days(storage) == {FIRST_DAY: VIEWS_PER_TICKET}

    def test_days_are_those_of_the_tickets(self):
        """Neither of the time zone of anybody, nor of when the access arrived."""
        storage = self.make_storage()
        late = {"opened": seconds(MIDNIGHT + 5), "seen": seconds(MIDNIGHT + 90)}
        storage.record([visit(1, issued=seconds(MIDNIGHT - 0.000001), **late)])
        storage.record([visit(2, issued=seconds(MIDNIGHT), **late)])
        assert days(storage) == {FIRST_DAY: 1, SECOND_DAY: 1}

    def test_days_are_exact_when_batches_overlap_on_six_connections(self):
        """Each sends everything, beginning somewhere else, the half of it upside down."""
        documents = [Document(f"uid-{n}", f"/site/{n}") for n in range(7)]
        readers = [Reader(f"user-{n}") for n in range(10)]
        sent = [
            visit(n, readers[n % 10], documents[n % 7], at=n * 600) for n in range(150)
        ]

        def send(connection: int) -> None:
            storage = self.make_storage()
            mine = sent[connection * 25 :] + sent[: connection * 25]
            mine = mine[::-1] if connection % 2 else mine
            for start in range(0, len(mine), 30):
                storage.record(mine[start : start + 30])

        at_once(send, range(6))
        uids = [document.uid for document in documents]
        assert days(self.make_storage(), *uids) == {FIRST_DAY: 72, SECOND_DAY: 78}


def days(storage, *uids: str) -> dict[date, int]:
    """Return how many accesses each day has, of ``DOC`` if no document is named."""
    found = storage.activity(uids or (DOC.uid,), date(2025, 1, 1), date(2027, 1, 1))
    assert sum(n for _uid, n in found.by_document) == sum(n for _day, n in found.by_day)
    return dict(found.by_day)
