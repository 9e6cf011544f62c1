"""What a storage has to do with several views of one ticket."""

from dataclasses import replace
from itertools import permutations
from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import levels
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds


class TicketContract(StorageContract):
    """Tests of the time that the views of one ticket count together: no more than from
    its issue until the last of them was seen."""

    def test_who_reports_one_page_many_times_has_not_finished_it(self):
        """Whoever opens the page again later, as before."""
        sent = [
            read(n, engaged=2_200, marks=Marks.ENDED) for n in range(VIEWS_PER_TICKET)
        ]
        later = read(99, at=47, marks=Marks.ENDED)
        storage = self.make_storage("at-once")
        storage.record([*sent, later])
        assert engaged(storage) == [2_200]
        assert levels(storage) == {"alice": "opened"}
        for number, order in enumerate(([*sent, later], [later, *reversed(sent)])):
            storage = self.make_storage(f"site-{number}")
            for access in order:
                storage.record([access])
            storage.record(order)
            assert engaged(storage) == [2_200]
            assert levels(storage) == {"alice": "opened"}

    def test_two_views_count_in_full_where_there_was_time_for_both(self):
        sent = [
            read(1, engaged=4_000),
            read(2, engaged=3_000, stay=9),
            read(3, engaged=6_000, at=20, stay=6, marks=Marks.ENDED),
        ]
        for number, order in enumerate(permutations(sent)):
            storage = self.make_storage(f"site-{number}")
            for access in order:
                storage.record([access])
            assert engaged(storage) == [13_000]
            assert levels(storage) == {"alice": "finished"}

    def test_time_counts_as_far_as_it_passes(self):
        storage = self.make_storage()
        for message, expected in (
            (read(1, engaged=6_000), 6_000),
            (read(2, engaged=5_000, stay=8), 8_000),
            (read(2, engaged=5_000, stay=9), 9_000),
            (read(3, engaged=0, stay=10), 10_000),
            (read(1, engaged=7_000, stay=7), 10_000),
            (read(2, engaged=5_000, stay=30), 12_000),
            (read(4, engaged=1_000, at=40), 13_000),
        ):
            storage.record([message])
            assert engaged(storage) == [expected]

    def test_a_single_view_counts_no_longer_either(self):
        storage = self.make_storage()
        storage.record([read(1, engaged=60_000, stay=6), read(2, at=100)])
        assert engaged(storage) == [6_000]

    def test_a_view_that_is_sent_again_takes_nothing_from_another(self):
        views = [read(n, engaged=4_000, stay=5) for n in range(3)]
        for number in range(3):
            storage = self.make_storage(f"site-{number}")
            storage.record(views)
            grown = replace(views[number], seen=seconds(9))
            storage.record(
                [*views[:number], grown, *views[number + 1 :], read(9, at=50)]
            )
            assert engaged(storage) == [9_000]

    def test_a_ticket_is_its_readers_whatever_name_is_on_it(self):
        storage = self.make_storage()
        views = [read(1, engaged=4_000), read(2, Reader("alice"), engaged=4_000)]
        storage.record([*views, read(3, at=50)])
        assert engaged(storage) == [4_000]

    def test_tickets_of_one_moment_are_those_of_their_readers(self):
        storage = self.make_storage()
        sent = [
            read(n, reader, engaged=5_000) for n in range(2) for reader in (ALICE, BOB)
        ]
        storage.record(sent[:2])
        assert engaged(storage) == [5_000, 5_000]
        storage.record(sent)
        assert engaged(storage) == [5_000, 5_000]

    def test_views_of_a_ticket_last_no_longer_on_six_connections(self):
        def send(connection: int) -> None:
            storage = self.make_storage()
            for number in range(3):
                storage.record(
                    [
                        read(10 * number + connection, engaged=4_000, stay=5),
                        read(1000 + 10 * number + connection, at=100, engaged=1_000),
                    ]
                )

        at_once(send, range(6))
        assert engaged(self.make_storage()) == [6_000]


def engaged(storage: IReadingLists) -> list[int]:
    """Return for how many milliseconds each reader is engaged with ``DOC``."""
    return [row.engaged for row in readings(storage)]
