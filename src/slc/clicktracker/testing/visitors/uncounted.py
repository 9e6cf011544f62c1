"""What a storage has to do with statistics when visits are removed, or somebody is forgotten."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.statistics import MEMBERS
from slc.clicktracker.storage.visits.statistics import SHARED_BY
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visitors.made_up import FIREFOX
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.retention import everything
from slc.clicktracker.testing.visitors.retention import forget_all
from slc.clicktracker.testing.visitors.shares import HOME
from slc.clicktracker.testing.visitors.shares import NEWS
from slc.clicktracker.testing.visitors.shares import shares
from slc.clicktracker.testing.visitors.shares import texts
from slc.clicktracker.testing.visitors.statistics import DAY
from slc.clicktracker.testing.visitors.statistics import day
from slc.clicktracker.testing.visitors.statistics import figures
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB

import pytest


class UncountedContract(StorageContract):
    """Tests of what still counts, and of what doesn't."""

    def test_what_is_removed_after_some_time_still_counts(self):
        storage = self.make_storage()
        storage.record_views(
            [
                *(view(1, 0, ALICE), view(2, 5, ALICE), view(3, 9, session="")),
                *(view(4, 2 * DAY, ALICE, session="b"), view(5, 2, session="c")),
            ]
        )
        periods = [Days(day(first), day(last)) for first, last in ((0, 0), (0, 9))]
        before = storage.figures(periods)
        forget_all(storage, minutes(DAY))
        assert storage.figures(periods) == before
        storage.record_views([view(6, 2 * DAY + 5, ALICE, session="b")])
        assert figures(storage, 0, 9).visitors == 2
        forget_all(storage, minutes(9 * DAY))
        assert figures(storage) == before[0]
        assert figures(storage, 0, 9).joined == before[1].joined + 1

    def test_a_visit_that_goes_on_after_its_beginning_was_removed_is_still_one(self):
        storage = self.make_storage()
        storage.record_views([view(n, 20 * n, ALICE) for n in range(4)])
        while storage.drop_views(minutes(50), 10):
            pass
        storage.record_views([view(4, 80, ALICE, stay=5)])
        found = figures(storage)
        assert (found.visits, found.visitors, found.pages) == (1, 1, 5)
        assert (found.joined, found.unique_views) == (5, 5)
        assert found.median == timedelta(minutes=85)

    def test_who_is_forgotten_counts_no_more(self):
        storage, other = self.make_storage(), self.make_storage("other")
        hers = [view(1, 0), view(2, 5, ALICE), view(3, 2 * DAY, ALICE, session="b")]
        rest = [view(4, 0, BOB, session="c"), view(5, 3, session=""), view(6, 3 * DAY)]
        storage.record_views(hers + rest)
        other.record_views(rest)
        storage.forget(ALICE)
        periods = [Days(day(n), day(m)) for n, m in ((0, 0), (2, 2), (0, 9), (1, 9))]
        assert storage.figures(periods) == other.figures(periods)

    def test_visits_of_which_no_page_views_are_left_are_forgotten_as_well(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, ALICE), view(2, 0, BOB, session="b")])
        while storage.drop_views(minutes(60), 10):
            pass
        storage.forget(ALICE)
        found = figures(storage)
        assert (found.members, found.unique_members, found.pages) == (1, 1, 1)

    def test_a_later_account_of_the_same_id_is_another_row(self):
        storage = self.make_storage()
        now = datetime.now(timezone.utc)
        storage.record_views([view(1, now - timedelta(1), BOB, session="a")])
        storage.retire(BOB)
        storage.record_views([view(2, now + timedelta(1), BOB, session="b")])
        days = Days((now - timedelta(3)).date(), (now + timedelta(3)).date())
        assert [
            (each.former, each.generation) for each in shares(storage, MEMBERS, days)
        ] == [(True, 1), (False, 2)]

    @pytest.mark.parametrize("kind", [kind for kind in SHARED_BY if kind != MEMBERS])
    def test_shares_of_what_is_removed_after_some_time_still_count(self, kind):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, 0, ALICE, page=HOME, agent=FIREFOX, referrer="https://a.org"),
                *(view(2, 5, ALICE, page=NEWS), view(3, 5, page=NEWS, session="")),
            ]
        )
        before = shares(storage, kind)
        forget_all(storage, minutes(60))
        assert shares(storage, kind) == before

    def test_members_count_for_as_long_as_their_visits_are_kept(self):
        storage = self.make_storage()
        storage.record_views(
            [
                *(view(1, 0, ALICE), view(2, 0, BOB, session="b")),
                view(3, DAY, ALICE, session="c"),
            ]
        )
        everything(storage.drop_views, minutes(3 * DAY))
        assert texts(storage, MEMBERS) == [("alice", 2), ("bob", 1)]
        assert storage.drop_visits(minutes(60), 10) == 2
        assert texts(storage, MEMBERS) == [("alice", 1)]
        everything(storage.drop_unused, minutes(0))
        assert texts(storage, MEMBERS) == [("alice", 1)]

    @pytest.mark.parametrize("kind", SHARED_BY)
    def test_who_is_forgotten_leaves_no_shares(self, kind):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, 0, page=HOME, agent=FIREFOX, referrer="https://a.org"),
                view(2, 5, ALICE, page=NEWS, agent=FIREFOX),
                view(3, DAY, ALICE, session="b"),
            ]
        )
        storage.forget(ALICE)
        assert shares(storage, kind) == []

    def test_other_sites_count_whom_one_forgets(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        for storage in (one, two):
            storage.record_views([view(1, 0, ALICE, page=HOME)])
        one.forget(ALICE)
        assert (figures(one).visits, figures(two).visits) == (0, 1)
        for kind in SHARED_BY:
            assert (len(shares(one, kind)), len(shares(two, kind))) == (0, 1)
