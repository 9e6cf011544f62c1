"""What is added up for the statistics of visits, so that they are quick to ask.

A *sum* says how much of something there was on a day. What a visit, a page view or the
days of a visitor add to the sums is decided here, for every storage; what changes adds
what is new and takes away what was before. Pages, readers and texts are whatever a
storage knows them by.
"""

from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from functools import lru_cache
from slc.clicktracker.storage.text import storable
from slc.clicktracker.storage.visits.model import SCRIPT
from typing import NamedTuple
from urllib.parse import urlsplit


#: What is added up, by the names under which it is kept. ``ENTRY`` to ``MEMBER`` are
#: what visits can be told apart by; their order is that of ``SHARED_BY``.
ENTRY, EXIT, PAGE, SITE, BROWSER, SYSTEM, DEVICE, MEMBER = range(8)

#: Visits by who it was, 1 for a member; by their whole seconds, and by their whole
#: minutes, which say between which seconds the median is.
WHO, SECONDS, MINUTES = 8, 9, 15

#: Page views by whether they are part of visits, by source (1 for the server) and by the
#: first digit of the status. ``visits`` of those that are part of visits are the unique ones.
JOINED, SOURCE, STATUS = 10, 11, 12

#: Days of visitors, by the day before on which the same one had come.
DAYS_OF_GUESTS, DAYS_OF_MEMBERS = 13, 14

#: Visitors of each day, whenever they had come before, 1 for members.
VISITORS = 16

#: There was no such day.
NEVER = -(10**7)

_LONGEST = 255


#: Which sum: of what kind, on which day, of which thing.
Place = tuple[int, int, Hashable]

#: How much: visits, page views, and time in milliseconds.
Amount = tuple[int, int, int]


class VisitFacts(NamedTuple):
    """What matters of a visit. ``member`` is None for a guest."""

    day: int
    pages: int
    seconds: int
    entry: Hashable
    exit: Hashable
    site: Hashable
    browser: Hashable
    system: Hashable
    device: Hashable
    member: Hashable


class ViewFacts(NamedTuple):
    """What matters of a page view: ``time`` is for how many milliseconds somebody was
    engaged with it."""

    day: int
    page: Hashable
    time: int
    source: str
    status: int
    is_joined: bool


class Sums:
    """Sums by their places. Whatever is added once can be taken away with -1 ``times``."""

    def __init__(self) -> None:
        self._amounts: dict[Place, Amount] = {}

    def items(self) -> Iterator[tuple[Place, Amount]]:
        """Yield what doesn't come to nothing."""
        return ((place, each) for place, each in self._amounts.items() if any(each))

    def add(
        self,
        kind: int,
        day: int,
        thing: Hashable,
        visits: int = 0,
        views: int = 0,
        time: int = 0,
    ) -> None:
        """Add so much."""
        place = kind, day, thing
        known = self._amounts.get(place)
        if known is not None:
            visits, views, time = visits + known[0], views + known[1], time + known[2]
        self._amounts[place] = visits, views, time

    def add_all(self, other: "Sums", times: int = 1) -> None:
        """Add other sums."""
        for place, amount in other.items():
            self.add(*place, *(times * each for each in amount))

    def add_visit(self, visit: VisitFacts, times: int = 1) -> None:
        """Add a visit."""
        views, time = times * visit.pages, times * visit.seconds * 1000
        day = visit.day
        for kind, thing in (
            (ENTRY, visit.entry),
            (EXIT, visit.exit),
            (SITE, visit.site),
            (BROWSER, visit.browser),
            (SYSTEM, visit.system),
            (DEVICE, visit.device),
            (WHO, int(visit.member is not None)),
        ):
            self.add(kind, day, thing, times, views, time)
        self.add(SECONDS, day, visit.seconds, times)
        self.add(MINUTES, day, visit.seconds // 60, times)
        if visit.member is not None:
            self.add_member(day, visit.member, visit.pages, visit.seconds, times)

    def add_member(
        self, day: int, member: Hashable, pages: int, seconds: int, times: int = 1
    ) -> None:
        """Add a visit to what is known of a member, for as long as the visit is kept."""
        self.add(MEMBER, day, member, times, times * pages, times * seconds * 1000)

    def add_view(self, view: ViewFacts, times: int = 1) -> None:
        """Add a page view."""
        day = view.day
        self.add(PAGE, day, view.page, 0, times, times * view.time)
        self.add(JOINED, day, int(view.is_joined), 0, times)
        self.add(SOURCE, day, int(view.source != SCRIPT), 0, times)
        self.add(STATUS, day, view.status // 100, 0, times)

    def add_seen(self, day: int, page: Hashable, times: int = 1) -> None:
        """Add a page that a visit of this day has seen, however often."""
        self.add(PAGE, day, page, times)
        self.add(JOINED, day, 1, times)

    def add_visitor(self, kind: int, days: Iterable[int], times: int = 1) -> None:
        """Add a visitor who has begun visits on these days.

        Of any days in a row, somebody counts on the first of them: the one that has none
        before it among them. So visitors of any days can be counted, each once: those of
        each day, less those who had come on one of these days before.
        """
        before = NEVER
        for day in sorted(set(days)):
            self.add(kind, day, before, times)
            self.add(VISITORS, day, int(kind == DAYS_OF_MEMBERS), times)
            before = day


@lru_cache(1000)
def site_of(referrer: str) -> str:
    """Return the host of an address, empty where it has none."""
    try:
        host = urlsplit(referrer).hostname or ""
    except ValueError:
        return ""
    return storable(host, _LONGEST)
