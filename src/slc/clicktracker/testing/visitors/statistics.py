"""What a storage has to do when it counts visits, visitors and page views."""

from collections.abc import Iterable
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from itertools import permutations
from slc.clicktracker.storage.capabilities import IVisitStatistics
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import SERVER
from slc.clicktracker.storage.visits.statistics import VisitFigures
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visitors.made_up import log_out
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import NOBODY
from zoneinfo import ZoneInfo


#: The day on which made-up page views begin, at noon by UTC.
TODAY = date(2026, 1, 1)

#: So many minutes.
DAY = 24 * 60

BERLIN = ZoneInfo("Europe/Berlin")


def day(number: int) -> date:
    """Return the day so many days after the first one."""
    return TODAY + timedelta(days=number)


def figures(
    storage: IVisitStatistics, first: int = 0, last: int | None = None
) -> VisitFigures:
    """Return the figures of some days, of the first one if none is named."""
    (found,) = storage.figures([Days(day(first), day(first if last is None else last))])
    return found


def visitors(storage: IVisitStatistics, *days: Iterable[int]) -> list[int]:
    """Return how many people there were, for some pairs of days."""
    periods = [Days(day(first), day(last)) for first, last in days]
    return [each.visitors for each in storage.figures(periods)]


class StatisticsContract(StorageContract):
    """Tests of the figures of some days."""

    def test_there_is_nothing_to_count_at_first(self):
        storage = self.make_storage()
        nothing = figures(storage)
        assert nothing == VisitFigures()
        assert nothing.visits == nothing.visitors == nothing.views == 0
        assert nothing.mean is nothing.median is nothing.return_ratio is None
        assert nothing.pages_per_visit is None

    def test_nothing_is_asked_and_nothing_is_answered(self):
        assert self.make_storage().figures([]) == []

    def test_everything_is_counted_that_happened_on_a_day(self):
        storage = self.make_storage()
        home, news = Page("/"), Page("/news", "uid-news")
        storage.record_views(
            [
                # A member sees one page twice and another one once, for ten minutes, ...
                view(1, 0, ALICE, page=home),
                view(2, 3, ALICE, page=news),
                view(3, 8, ALICE, page=home, stay=2, status=404),
                log_out(4, 11, ALICE),
                # ... comes back after an hour for a minute, ...
                view(5, 60, ALICE, stay=1, source=SERVER),
                # ... and a guest for four.
                view(6, 0, session="guest", stay=4),
                # Nobody knows about these.
                view(7, 0, session="", page=home, source=SERVER, status=500),
                view(8, 9, session="", page=home),
            ]
        )
        assert figures(storage) == VisitFigures(
            members=2,
            guests=1,
            unique_members=1,
            unique_guests=1,
            pages=5,
            time=timedelta(minutes=15),
            median=timedelta(minutes=4),
            joined=5,
            single=2,
            unique_views=4,
            from_script=5,
            from_server=2,
            statuses=((2, 5), (4, 1), (5, 1)),
        )

    def test_what_follows_from_that(self):
        found = VisitFigures(
            members=2,
            guests=2,
            unique_members=2,
            unique_guests=1,
            pages=10,
            time=timedelta(minutes=6),
            joined=11,
            single=4,
        )
        assert (found.visits, found.visitors, found.views) == (4, 3, 15)
        assert found.mean == timedelta(seconds=90)
        assert (found.pages_per_visit, found.return_ratio) == (2.5, 0.25)

    def test_of_two_visits_in_the_middle_the_median_is_between(self):
        storage = self.make_storage()
        for number, stay in enumerate((1, 2, 5, 60)):
            storage.record_views(
                [view(number, 0, session=f"{number}", stay=stay, gap=timedelta(1))]
            )
        assert figures(storage).median == timedelta(minutes=3, seconds=30)

    def test_time_on_site_is_in_whole_seconds(self):
        storage = self.make_storage()
        storage.record_views(
            [view(1, 0, stay=1.999 / 60), view(2, 0, session="b", stay=0.999 / 60)]
        )
        found = figures(storage)
        assert (found.time, found.median) == (
            timedelta(seconds=1),
            timedelta(seconds=0.5),
        )

    def test_a_visit_counts_on_the_day_on_which_it_began(self):
        """And its page views when they were."""
        storage = self.make_storage()
        storage.record_views([view(n, 12 * 60 + n, ALICE) for n in (-20, -5, 10)])
        today, tomorrow = storage.figures([Days(day(n), day(n)) for n in (0, 1)])
        assert (today.visits, today.visitors, today.pages, today.joined) == (1, 1, 3, 2)
        assert today.time == timedelta(minutes=30)
        assert today.unique_views == 3
        assert (tomorrow.visits, tomorrow.visitors, tomorrow.pages) == (0, 0, 0)
        assert (tomorrow.joined, tomorrow.unique_views) == (1, 0)

    def test_a_day_is_one_by_the_clock_of_the_site(self):
        storage = self.make_storage()
        night = datetime(2026, 1, 1, 23, 30, tzinfo=timezone.utc)
        ahead, behind = timedelta(hours=1), timedelta(hours=-8)
        storage.record_views(
            [
                view(1, night, session="a"),
                view(2, night, session="b", ahead=ahead),
                view(3, night + timedelta(hours=2), session="c", ahead=behind),
                view(4, night, session="", ahead=ahead),
            ]
        )
        assert [figures(storage, n).guests for n in (0, 1)] == [2, 1]
        assert [figures(storage, n).views for n in (0, 1)] == [2, 2]

    def test_a_day_may_have_23_or_25_hours(self):
        storage = self.make_storage()
        spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
        number = 0
        for changed, hours in ((spring, 23), (autumn, 25)):
            midnight = datetime(*changed.timetuple()[:3], tzinfo=BERLIN)
            first = midnight.astimezone(timezone.utc) - timedelta(minutes=90)
            sent = []
            for hour in range(28):
                at = first + timedelta(hours=hour)
                ahead = at.astimezone(BERLIN).utcoffset()
                sent.append(view(number, at, session=f"{number}", ahead=ahead))
                number += 1
            storage.record_views(sent)
            days = (changed - timedelta(1), changed, changed + timedelta(1))
            found = storage.figures([Days(each, each) for each in days])
            assert [each.visits for each in found] == [2, hours, 28 - 2 - hours]

    def test_a_clock_that_there_is_nowhere_is_taken_for_utc(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, ahead=timedelta(days=3))])
        assert figures(storage).visits == 1

    def test_the_earliest_message_says_what_day_it_was(self):
        sent = [view(1, 60), view(1, 0, ahead=timedelta(hours=13))]
        for number, order in enumerate(permutations(sent)):
            storage = self.make_storage(f"site-{number}")
            for each in order:
                storage.record_views([each])
            assert [figures(storage, n).visits for n in (0, 1)] == [0, 1]

    def test_people_count_once_in_any_days(self):
        storage = self.make_storage()
        for number, (at, reader, session) in enumerate(
            [
                *((0, ALICE, "a"), (2, ALICE, "b"), (2, ALICE, "c"), (5, ALICE, "d")),
                *((1, NOBODY, "e"), (1, BOB, "f"), (4, NOBODY, "e"), (40, BOB, "f")),
            ]
        ):
            storage.record_views([view(number, at * DAY, reader, session=session)])
        days = [(0, 0), (0, 2), (1, 1), (1, 2), (3, 3), (3, 5), (0, 60), (6, 60)]
        assert visitors(storage, *days) == [1, 3, 2, 3, 0, 2, 3, 1]
        whole = figures(storage, 0, 60)
        assert (whole.unique_members, whole.unique_guests) == (2, 1)
        assert whole.return_ratio == 5 / 8

    def test_a_day_that_is_told_late_comes_between_others(self):
        for reader in (ALICE, NOBODY):
            storage = self.make_storage(f"site of {reader.user}")
            for number, at in enumerate((0, 5, 2, 9, 7)):
                storage.record_views([view(number, at * DAY, reader)])
            days = [(0, 9), (1, 5), (2, 4), (3, 5), (3, 8), (6, 9), (1, 1), (8, 9)]
            assert visitors(storage, *days) == [1, 1, 1, 1, 1, 1, 0, 1]

    def test_a_guest_is_nobody_who_logs_in_with_the_same_browser(self):
        storage = self.make_storage()
        for number, reader in enumerate((NOBODY, ALICE, ALICE, NOBODY)):
            storage.record_views([view(number, number * DAY, reader)])
        found = figures(storage, 1, 3)
        assert (found.unique_guests, found.unique_members) == (1, 1)

    def test_an_account_of_another_user_folder_is_somebody_else(self):
        storage = self.make_storage()
        other = Reader("alice", "/acl_users")
        storage.record_views([view(1, 0, ALICE), view(2, 0, other, session="b")])
        assert figures(storage).unique_members == 2

    def test_who_logs_in_was_a_member_all_the_time(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 5)])
        assert (figures(storage).guests, figures(storage).unique_guests) == (1, 1)
        storage.record_views([view(3, 9, ALICE)])
        found = figures(storage)
        assert (found.guests, found.unique_guests) == (0, 0)
        assert (found.members, found.unique_members, found.pages) == (1, 1, 3)

    def test_a_page_is_unique_in_its_visit_whenever_it_is_seen_again(self):
        storage = self.make_storage()
        home, news = Page("/"), Page("/news")
        for number, page in enumerate((home, news, home, home, news)):
            storage.record_views([view(number, number, ALICE, page=page)])
            assert figures(storage).unique_views == min(number + 1, 2)
        storage.record_views([view(9, 300, ALICE, page=home)])
        assert (figures(storage).unique_views, figures(storage).views) == (3, 6)

    def test_page_views_may_arrive_late_twice_and_in_any_order(self):
        story = [
            *(view(1, 0), view(2, 20, stay=9), view(3, 45, ALICE), log_out(4, 46)),
            *(view(5, DAY, BOB), view(6, 2 * DAY - 9, session=""), view(2, 20)),
        ]
        known = self.make_storage("in-order")
        known.record_views(story)
        expected = known.figures([Days(day(n), day(n)) for n in range(3)])
        assert [each.visits for each in expected] == [1, 1, 0]
        for number in range(12):
            storage = self.make_storage(f"site-{number}")
            order = story[number % 7 :] + story[: number % 7]
            for each in order[:: (-1) ** number]:
                storage.record_views([each, each])
            storage.record_views(story)
            assert storage.figures([Days(day(n), day(n)) for n in range(3)]) == expected

    def test_a_page_view_that_joins_two_visits_leaves_one(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(3, 50)])
        assert figures(storage).visits == 2
        storage.record_views([view(2, 25)])
        found = figures(storage)
        assert (found.visits, found.visitors, found.pages) == (1, 1, 3)
        assert (found.time, found.median) == (timedelta(minutes=50),) * 2

    def test_many_days_are_counted_as_each_of_them(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(n, n * 1000, (ALICE, NOBODY)[n % 2], session=f"{n % 5}")
                for n in range(140)
            ]
        )
        for first, last in ((0, 96), (0, 30), (31, 58), (3, 29), (30, 59), (15, 80)):
            whole = figures(storage, first, last)
            each = [figures(storage, n) for n in range(first, last + 1)]
            assert whole.visits == sum(one.visits for one in each) > 0
            assert whole.joined == sum(one.joined for one in each)
            assert whole.unique_views == sum(one.unique_views for one in each)
            assert whole.unique_members == 1
            assert whole.unique_guests == min(5, whole.guests)

    def test_no_days_have_no_figures(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0)])
        assert figures(storage, 1, 0) == figures(storage, 40, -40) == VisitFigures()

    def test_each_of_several_periods_is_answered_for_itself(self):
        storage = self.make_storage()
        storage.record_views([view(n, n * DAY, session=f"{n}") for n in range(4)])
        periods = [Days(day(1), day(3)), Days(day(0), day(0)), Days(day(1), day(3))]
        assert [each.visits for each in storage.figures(periods)] == [3, 1, 3]

    def test_all_days_can_be_asked_for(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, datetime.min.replace(tzinfo=timezone.utc), session="a"),
                view(2, 0, session="b"),
                view(3, datetime.max.replace(tzinfo=timezone.utc), session="c"),
            ]
        )
        ever = Days(date.min, date.max)
        assert [each.visitors for each in storage.figures([ever])] == [3]
        last = Days(date.max, date.max)
        assert [each.visits for each in storage.figures([last])] == [1]

    def test_figures_of_other_sites_are_others(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        one.record_views([view(1, 0, ALICE), view(2, 9, session="")])
        two.record_views([view(1, 0)])
        assert (figures(one).members, figures(one).guests) == (1, 0)
        assert (figures(two).members, figures(two).guests) == (0, 1)
