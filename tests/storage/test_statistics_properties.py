"""Whatever visitors do in weeks, what was added up is what their page views come to."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from datetime import datetime
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import SERVER
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.storage.visits.statistics import BROWSERS
from slc.clicktracker.storage.visits.statistics import ENTRIES
from slc.clicktracker.storage.visits.statistics import EXITS
from slc.clicktracker.storage.visits.statistics import MEMBERS
from slc.clicktracker.storage.visits.statistics import PAGES
from slc.clicktracker.storage.visits.statistics import SITES
from slc.clicktracker.storage.visits.statistics import VisitFigures
from slc.clicktracker.testing.visitors.made_up import FIREFOX
from slc.clicktracker.testing.visitors.made_up import IPHONE
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.retention import everything as in_batches
from slc.clicktracker.testing.visitors.statistics import day
from slc.clicktracker.testing.visits import START
from statistics import median
from tests.nightly import examples
from tests.storage.visit_histories import statistics


thorough = examples(9, nightly=500)

#: Hours after noon of the first day: nights, the ends of months, and long absences.
HOURS = (
    0,
    1,
    11,
    12,
    13,
    24,
    36,
    37,
    100,
    24 * 30 + 11,
    24 * 30 + 13,
    24 * 45,
    24 * 70,
)
PEOPLE = (Reader(""), Reader(""), Reader("bob"), Reader("alice"))
AHEAD = (timedelta(0), timedelta(hours=-5), timedelta(hours=1), timedelta(hours=2))

#: By its number, so that what is sent several times is of the same page view.
messages = st.integers(0, 200).flatmap(
    lambda number: st.builds(
        view,
        st.just(number),
        st.just(HOURS[number % len(HOURS)] * 60 + number % 7 * 11),
        st.sampled_from((PEOPLE[number % 4], PEOPLE[number % 3])),
        st.sampled_from((0, 2.25, 15, 40)),
        session=st.just(("a", "b", "a", "c", "")[number % 5]),
        page=st.just(Page(f"/{number % 6}")),
        agent=st.just((FIREFOX, IPHONE, "")[number % 3]),
        referrer=st.just(("", "https://search.example/a", "https://b.org")[number % 3]),
        source=st.just(("script", SERVER)[number % 2]),
        status=st.just((200, 200, 404)[number % 3]),
        ahead=st.just(AHEAD[number % 4]),
        is_exit=st.just(number % 11 == 10),
    )
)
periods = st.builds(
    lambda first, length: Days(day(first), day(first + length)),
    *(st.integers(-2, 80), st.sampled_from((-1, 0, 1, 6, 30, 31, 90))),
)


@thorough
@given(
    batches=st.lists(st.lists(messages, max_size=15), max_size=6),
    asked=st.lists(periods, min_size=1, max_size=4),
)
def test_what_was_added_up_is_what_there_is(backends, batches, asked):
    with backends.emptied():
        backends.now = START + timedelta(days=200)
        for batch in batches:
            for storage in backends.of("one"):
                storage.record_views(batch)
        for storage in backends.of("one"):
            there = History.of(storage, [each for batch in batches for each in batch])
            assert storage.figures(asked) == [there.figures(days) for days in asked]
            for days in asked:
                for kind, counted in there.shares(days).items():
                    page = storage.shares(kind, days, size=None)
                    found = {_name(row): (row.visits, row.views) for row in page.rows}
                    assert found == counted, kind


@thorough
@given(
    history=st.lists(
        st.one_of(
            *[st.tuples(st.just("record_views"), st.lists(messages, max_size=12))] * 4,
            *[
                st.tuples(st.just(name), st.sampled_from(HOURS), st.integers(1, 4))
                for name in ("drop_views", "drop_visits")
            ],
            st.tuples(st.just("forget"), st.sampled_from(PEOPLE[2:])),
        ),
        max_size=10,
    )
)
def test_all_storages_add_up_the_same_whatever_is_forgotten(backends, history):
    with backends.emptied():
        backends.now = START + timedelta(days=200)
        for step, *arguments in history:
            for storage in backends.of("one"):
                if step.startswith("drop"):
                    hours, most = arguments
                    in_batches(getattr(storage, step), minutes(hours * 60), most)
                    in_batches(storage.drop_unused, START, 100)
                else:
                    getattr(storage, step)(*arguments)
        reference, *others = map(statistics, backends.of("one"))
        for found in others:
            assert found == reference


class History:
    """All visits and page views there are, counted one by one."""

    def __init__(self, visits: list, views: list[PageView], parts: dict) -> None:
        self.visits, self.views, self.parts = visits, views, parts

    @classmethod
    def of(cls, storage, sent: Iterable[PageView]) -> "History":
        ahead = {each.key: each.ahead for each in sent}
        everything = VisitQuery(size=None)
        visits = [
            (_day(visit.start, ahead[visit.key]), visit)
            for visit in storage.visits(everything).rows
        ]
        views = [
            (_day(each.at, ahead[each.key]), each)
            for each in storage.page_views(everything).rows
        ]
        parts = {
            visit.key: storage.page_views(VisitQuery(visit=visit.key, size=None)).rows
            for _, visit in visits
        }
        return cls(visits, views, parts)

    def figures(self, days: Days) -> VisitFigures:
        visits, views = self._visits(days), self._views(days)
        members = [visit for visit in visits if visit.reader.user]
        lengths = [_seconds(visit) for visit in visits]
        statuses = Counter(each.status // 100 for each in views)
        return VisitFigures(
            members=len(members),
            guests=len(visits) - len(members),
            unique_members=len({visit.reader.user for visit in members}),
            unique_guests=len(
                {each.session for each in visits if not each.reader.user}
            ),
            pages=sum(visit.pages for visit in visits),
            time=timedelta(seconds=sum(lengths)),
            median=timedelta(seconds=median(lengths)) if lengths else None,
            joined=sum(each.session != "" for each in views),
            single=sum(each.session == "" for each in views),
            unique_views=sum(len(self._pages(visit)) for visit in visits),
            from_script=sum(each.source != SERVER for each in views),
            from_server=sum(each.source == SERVER for each in views),
            statuses=tuple(sorted(statuses.items())),
        )

    def shares(self, days: Days) -> dict[str, dict]:
        """Return the visits and page views of each kind."""
        visits, views = self._visits(days), self._views(days)
        seen = Counter(page for visit in visits for page in self._pages(visit))
        viewed = Counter(each.page.url for each in views)
        pages = {url: (seen[url], viewed[url]) for url in {*seen, *viewed}}
        return {
            PAGES: pages,
            ENTRIES: _shared((visit.entry.url, visit) for visit in visits),
            EXITS: _shared((visit.exit.url, visit) for visit in visits),
            BROWSERS: _shared((visit.agent.browser, visit) for visit in visits),
            SITES: _shared(
                ((visit.referrer.split("/") + [""] * 3)[2], visit) for visit in visits
            ),
            MEMBERS: _shared(
                (visit.reader.user, visit) for visit in visits if visit.reader.user
            ),
        }

    def _visits(self, days: Days) -> list:
        return [visit for on, visit in self.visits if days.first <= on <= days.last]

    def _views(self, days: Days) -> list[PageView]:
        return [each for on, each in self.views if days.first <= on <= days.last]

    def _pages(self, visit) -> set[str]:
        return {each.page.url for each in self.parts[visit.key]}


def _shared(named: Iterable) -> dict[str, tuple[int, int]]:
    visits, pages = Counter(), Counter()
    for name, visit in named:
        visits[name] += 1
        pages[name] += visit.pages
    return {name: (visits[name], pages[name]) for name in visits}


def _name(row) -> str:
    if row.page is not None:
        return row.page.url
    return row.reader.user if row.reader is not None else row.text


def _day(moment: datetime, ahead: timedelta) -> date:
    return (moment + ahead).date()


def _seconds(visit) -> int:
    return int(visit.time_on_site.total_seconds())
