"""What a storage has to do when visitors are forgotten after some time."""

from collections.abc import Callable
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.capabilities import IVisitRetention
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visitors.made_up import A_MOMENT
from slc.clicktracker.testing.visitors.made_up import FIREFOX
from slc.clicktracker.testing.visitors.made_up import log_out
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import page_views
from slc.clicktracker.testing.visitors.made_up import stories
from slc.clicktracker.testing.visitors.made_up import urls
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.made_up import visits
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB

import pytest


#: Addresses, and what is left of them.
SHORTENED = {
    "198.51.100.7": "198.51.100.0",
    "203.0.113.255": "203.0.113.0",
    "2001:db8:1:2:3:4:5:6": "2001:db8:1::",
    "2001:db8::7": "2001:db8::",
    "2001:db8:1:2::": "2001:db8:1::",
    "::ffff:198.51.100.7": "198.51.100.0",
    "fe80::1%eth0": "fe80::",
    "::1": "::",
    "somewhere": "",
}


class RetentionContract(StorageContract):
    """Tests of what goes and what stays, in batches, and of what arrives afterwards."""

    def test_old_page_views_go_and_their_visit_keeps_its_sums(self):
        storage = self.make_storage()
        pages = [Page("/a", "uid-a", "A"), Page("/b"), Page("/c", "uid-c", "C")]
        storage.record_views(
            [
                view(n, 2 * n, ALICE, stay=1, page=page, agent=FIREFOX)
                for n, page in enumerate(pages)
            ]
        )
        before = visits(storage)
        assert everything(storage.drop_views, minutes(60)) == [3]
        assert page_views(storage) == []
        assert visits(storage) == before
        assert (before[0].pages, before[0].entry, before[0].exit) == (
            *(3, pages[0]),
            pages[2],
        )

    def test_what_began_at_that_time_stays(self):
        storage = self.make_storage()
        storage.record_views([view(1, 10, session=""), view(2, 20, session="")])
        assert storage.drop_views(minutes(20), 10) == 1
        assert urls(storage) == "/2"
        assert storage.drop_views(minutes(20) + A_MOMENT, 10) == 1
        assert urls(storage) == ""

    def test_log_outs_go_with_page_views_and_their_visit_is_still_over(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, ALICE), log_out(2, 1, ALICE), log_out(3, 5)])
        assert storage.drop_views(minutes(60), 10) == 3
        assert [visit.is_over for visit in visits(storage)] == [True]
        assert storage.drop_views(minutes(60), 10) == 0

    def test_a_visit_that_goes_on_loses_nothing(self):
        """A screen in a hall is on the site for months, in a single visit."""
        storage, other = self.make_storage(), self.make_storage("other")
        story = [view(n, 20 * n, ALICE, stay=1) for n in range(10)]
        storage.record_views(story[:8])
        assert sum(everything(storage.drop_views, minutes(100))) == 4
        assert urls(storage) == "/4 /5 /6 /7"
        for each in (story[9], story[8]):
            storage.record_views([each])
        other.record_views(story)
        assert visits(storage) == visits(other)
        assert visits(storage)[0].pages == 10

    def test_of_a_visit_that_went_on_the_last_old_page_view_stays(self):
        storage = self.make_storage()
        storage.record_views([view(n, 20 * n) for n in range(4)])
        assert sum(everything(storage.drop_views, minutes(60))) == 2
        storage.record_views([view(9, 61, ALICE)])
        assert [(each.pages, each.reader) for each in visits(storage)] == [(5, ALICE)]
        assert urls(storage) == "/2 /3 /9"
        assert sum(everything(storage.drop_views, minutes(62))) == 3

    def test_nothing_goes_on_with_a_visit_of_which_no_page_view_is_kept(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, stay=15), view(2, 50)])
        assert sum(everything(storage.drop_views, minutes(20))) == 1
        # It is within half an hour of both, and would have made one visit of them.
        storage.record_views([view(3, 21)])
        assert [(each.entry.url, each.pages) for each in visits(storage)] == [
            *(("/3", 2), ("/1", 1))
        ]

    def test_what_is_left_of_a_visit_is_not_recomputed_when_it_grows(self):
        storage = self.make_storage()
        storage.record_views([view(n, 20 * n) for n in range(4)])
        everything(storage.drop_views, minutes(60))
        # What is told of the page view that stayed: it was there for longer.
        storage.record_views([view(2, 61, stay=15)])
        (found,) = visits(storage)
        assert (found.key, found.start, found.pages) == (f"{0:032x}", minutes(0), 4)

    def test_what_was_removed_does_not_come_back(self):
        storage = self.make_storage()
        story = [view(1, 0), view(2, 20), view(3, 30), log_out(4, 35), view(5, 90)]
        storage.record_views(story)
        before = visits(storage)
        everything(storage.drop_views, minutes(60))
        storage.record_views(story)
        storage.record_views([view(6, 10), view(7, 10, session=""), view(1, 0, stay=9)])
        assert visits(storage) == before
        assert urls(storage) == "/5"

    def test_what_was_removed_stays_away_when_more_is_kept_afterwards(self):
        storage = self.make_storage()
        story = [view(1, 0), view(2, 20), view(3, 30, session="")]
        storage.record_views(story)
        everything(storage.drop_visits, minutes(60))
        everything(storage.drop_views, minutes(60))
        assert storage.drop_views(minutes(10), 10) == 0
        assert storage.drop_visits(minutes(10), 10) == 0
        storage.record_views(story)
        assert (visits(storage), urls(storage)) == ([], "")

    def test_the_beginning_of_a_visit_that_is_told_again_later_is_not_counted_again(
        self,
    ):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 20)])
        before = visits(storage)
        everything(storage.drop_views, minutes(60))
        storage.record_views([view(1, 70), view(3, 500)])
        assert visits(storage)[1:] == before
        assert urls(storage) == "/3"

    def test_visits_that_were_removed_do_not_come_back(self):
        storage = self.make_storage()
        story = [view(1, 0), view(2, 5), view(3, 3, session="")]
        storage.record_views(story)
        assert storage.drop_visits(minutes(60), 10) == 1
        storage.record_views(story)
        storage.record_views([view(4, 3, session="another")])
        assert visits(storage) == []
        assert urls(storage) == "/3"

    def test_a_clock_that_was_wrong_stops_no_recording(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0)])
        future = datetime.now(timezone.utc) + timedelta(days=100)
        assert storage.drop_views(future, 10) == storage.drop_visits(future, 10) == 1
        storage.record_views([view(2, datetime.now(timezone.utc))])
        assert stories(storage) == [("", "/2")]

    def test_an_old_visit_goes_with_all_that_is_part_of_it(self):
        storage = self.make_storage()
        storage.record_views(
            [
                *(view(1, 0, ALICE), view(2, 20, ALICE, stay=5), log_out(3, 59, ALICE)),
                *(view(4, 0, BOB, session="b"), view(5, 31, BOB, session="b")),
                view(6, 0, session=""),
            ]
        )
        assert storage.old_visits(minutes(30)) == 2
        assert storage.drop_visits(minutes(25), 10) == 1
        assert stories(storage) == [("alice", "/1 /2"), ("bob", "/5")]
        assert storage.drop_visits(minutes(25) + A_MOMENT, 10) == 1
        assert stories(storage) == [("bob", "/5")]
        assert urls(storage) == "/6 /5"

    def test_a_visit_goes_also_after_its_page_views(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 5)])
        everything(storage.drop_views, minutes(60))
        assert storage.drop_visits(minutes(60), 10) == 1
        assert visits(storage) == []

    @pytest.mark.parametrize("address", SHORTENED)
    def test_an_address_is_cut_to_its_network(self, address):
        storage = self.make_storage()
        storage.record_views(
            [view(1, 0, address=address), view(2, 50, address=address, session="b")]
        )
        assert storage.shorten_addresses(minutes(20), 10) == 2
        new, old = (each.address for each in visits(storage))
        assert (old, new) == (SHORTENED[address], address)
        new, old = (each.address for each in page_views(storage))
        assert (old, new) == (SHORTENED[address], address)
        assert storage.shorten_addresses(minutes(20), 10) == 0

    def test_what_is_cut_already_is_not_counted(self):
        storage = self.make_storage()
        kept = [*SHORTENED.values(), "10.0.0.0"]
        storage.record_views(
            [view(n, 0, address=each, session="") for n, each in enumerate(kept)]
        )
        assert storage.whole_addresses(minutes(20)) == 0
        assert storage.shorten_addresses(minutes(20), 10) == 0
        assert sorted(each.address for each in page_views(storage)) == sorted(kept)

    def test_a_late_page_view_of_an_old_visit_is_cut_next_time(self):
        storage = self.make_storage()
        storage.record_views([view(2, 5, address="192.0.2.9")])
        assert sum(everything(storage.shorten_addresses, minutes(60))) == 2
        storage.record_views([view(1, 0, address="192.0.2.9")])
        assert [each.address for each in visits(storage)] == ["192.0.2.9"]
        assert sum(everything(storage.shorten_addresses, minutes(60))) == 2
        assert {each.address for each in visits(storage)} == {"192.0.2.0"}
        assert {each.address for each in page_views(storage)} == {"192.0.2.0"}

    def test_a_visit_goes_on_with_the_address_that_was_cut(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, address="192.0.2.9")])
        everything(storage.shorten_addresses, minutes(5))
        storage.record_views(
            [view(2, 9, address="192.0.2.9"), view(1, 0, stay=8, address="192.0.2.9")]
        )
        assert [(e.pages, e.address) for e in visits(storage)] == [(2, "192.0.2.0")]
        assert [e.address for e in page_views(storage)] == ["192.0.2.9", "192.0.2.0"]

    def test_who_is_there_is_known_as_before(self):
        storage = self.make_storage()
        storage.record_views(
            [
                *(view(1, 0, address="192.0.2.9"), view(2, 50, address="192.0.2.9")),
                *(view(3, 50, BOB, session="b"), view(4, 50, session="")),
                view(5, 20, ALICE, session="c", stay=30),
            ]
        )
        before = storage.presence(minutes(40)), visits(storage, since=minutes(40))
        forget_all(storage, minutes(40))
        after = storage.presence(minutes(40)), visits(storage, since=minutes(40))
        assert after == before

    def test_it_is_done_in_batches_that_are_no_larger_than_asked_for(self):
        storage = self.make_storage()
        storage.record_views(
            [view(n, n, session=f"{n % 5}", address="192.0.2.9") for n in range(25)]
        )
        for number, count, drop in (
            (30, storage.whole_addresses, storage.shorten_addresses),
            (25, storage.old_views, storage.drop_views),
            (5, storage.old_visits, storage.drop_visits),
        ):
            assert count(minutes(90)) == number
            batches = everything(drop, minutes(90), most=4)
            assert sum(batches) == number
            assert max(batches) <= 4
            assert count(minutes(90)) == 0

    def test_visits_of_many_page_views_are_not_all_removed_at_once(self):
        storage = self.make_storage()
        storage.record_views(
            [view(n, n / 10, session=f"{n % 4}") for n in range(40)]
            + [view(99, 0, session="short")]
        )
        assert sum(everything(storage.drop_visits, minutes(90), most=10)) == 5
        assert page_views(storage) == []

    def test_to_ask_changes_nothing(self):
        storage = self.make_storage()
        story = [view(1, 0, address="192.0.2.9"), log_out(2, 5), view(3, 50)]
        storage.record_views(story)
        before = visits(storage), page_views(storage)
        assert storage.old_views(minutes(60)) == 3
        assert storage.old_visits(minutes(60)) == 2
        assert storage.whole_addresses(minutes(60)) == 2
        assert (visits(storage), page_views(storage)) == before
        storage.record_views([view(4, 10)])
        assert urls(storage) == "/1 /4 /3"

    def test_there_is_nothing_to_forget_where_nothing_is(self):
        storage = self.make_storage()
        assert forget_all(storage, minutes(0)) == [0, 0, 0]
        storage.record_views([view(1, 10)])
        assert forget_all(storage, minutes(10)) == [0, 0, 0]
        assert urls(storage) == "/1"

    def test_other_sites_forget_nothing(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        for storage in (one, two):
            storage.record_views(
                [view(1, 0, ALICE, address="192.0.2.9", agent=FIREFOX)]
            )
        before = visits(two), page_views(two)
        assert forget_all(one, minutes(60)) == [2, 1, 1]
        assert visits(one) == page_views(one) == []
        assert (visits(two), page_views(two)) == before
        two.record_views([view(1, 0, ALICE, stay=1), view(2, 2, ALICE, agent=FIREFOX)])
        assert stories(two) == [("alice", "/1 /2")]

    def test_what_is_referred_to_by_a_visit_alone_stays(self):
        storage = self.make_storage()
        titled = Page("/a", "uid-a", "Agenda")
        storage.record_views([view(1, 0, ALICE, page=titled, agent=FIREFOX)])
        before = visits(storage)
        everything(storage.drop_views, minutes(60))
        everything(storage.drop_unused, minutes(60))
        assert visits(storage) == before

    def test_two_at_once_do_it_once(self):
        storages = [self.make_storage(), self.make_storage()]
        storages[0].record_views(
            [
                view(
                    n,
                    n,
                    Reader(f"user-{n % 9}"),
                    session=f"{n % 9}",
                    address="192.0.2.9",
                )
                for n in range(400)
            ]
        )
        done: list[list[int]] = []
        at_once(lambda each: done.append(forget_all(each, minutes(500), 7)), storages)
        assert [sum(each) for each in zip(*done, strict=True)] == [
            *(400 + len(visits_of(range(400), 9)), 400),
            len(visits_of(range(400), 9)),
        ]
        assert visits(storages[1]) == page_views(storages[1]) == []

    def test_who_records_meanwhile_loses_nothing(self):
        storage, other = self.make_storage(), self.make_storage()
        story = [
            view(n, n, Reader(f"user-{n % 5}"), session=f"{n % 5}", agent=f"agent-{n}")
            for n in range(300)
        ]
        storage.record_views(story[:150])

        def work(task: Callable[[], None]) -> None:
            task()

        def record() -> None:
            for start in range(150, 300, 10):
                other.record_views(story[start : start + 10])

        def forget() -> None:
            for end in range(0, 150, 20):
                forget_all(storage, minutes(end), 3, visits=False)

        at_once(work, [record, forget])
        alone = self.make_storage("alone")
        alone.record_views(story)
        assert visits(storage) == visits(alone)
        assert page_views(storage, since=minutes(150)) == page_views(
            alone, since=minutes(150)
        )

    def test_a_server_that_does_not_answer_forgets_nothing(self):
        storage = self.make_unreachable()
        if storage is None:
            return
        for name in ("views", "visits", "unused"):
            with pytest.raises(StorageUnavailable):
                getattr(storage, f"drop_{name}")(minutes(0), 10)
        for name in ("old_views", "old_visits", "whole_addresses"):
            with pytest.raises(StorageUnavailable):
                getattr(storage, name)(minutes(0))
        with pytest.raises(StorageUnavailable):
            storage.shorten_addresses(minutes(0), 10)

    def test_a_visit_is_no_longer_found_by_a_page_that_is_forgotten(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 5)])
        everything(storage.drop_views, minutes(60))
        assert storage.visits(VisitQuery(url="/1")).total == 0
        (key,) = (each.key for each in visits(storage))
        assert storage.page_views(VisitQuery(visit=key)).total == 0


def everything(
    drop: Callable[[datetime, int], int], before: datetime, most: int = 1000
) -> list[int]:
    """Drop batch by batch until nothing is left, and return how large the batches were."""
    return list(iter(lambda: drop(before, most), 0))


def forget_all(
    storage: IVisitRetention, before: datetime, most: int = 1000, visits: bool = True
) -> list[int]:
    """Forget everything that is older; return how many addresses, page views and visits."""
    drops = [storage.shorten_addresses, storage.drop_views]
    if visits:
        drops.append(storage.drop_visits)
    done = [sum(everything(drop, before, most)) for drop in drops]
    everything(storage.drop_unused, before, most)
    return done


def visits_of(numbers: range, sessions: int) -> set[int]:
    """Return what the sessions are of page views that come one after the other."""
    return {number % sessions for number in numbers}
