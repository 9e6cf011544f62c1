"""What is added up for the statistics of visits, so that they are quick to ask.

A *sum* says how much of something there was on a day. What a visit, a page view or the
days of a visitor add to the sums is decided here, for every storage; what changes adds
what is new and takes away what was before. Pages, readers and texts are whatever a
storage knows them by.
"""

from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from functools import lru_cache
from slc.clicktracker.storage.text import storable
from slc.clicktracker.storage.visits.model import SCRIPT
from typing import NamedTuple
from urllib.parse import urlsplit


#: What is added up, by the names under which it is kept. ``ENTRY`` to ``MEMBER`` are
#: what visits can be told apart by; their order is that of ``SHARED_BY``.
ENTRY, EXIT, PAGE, SITE, BROWSER, SYSTEM, DEVICE, MEMBER = range(8)

#: Visits by who it was, 1 for a member; by their whole seconds.
WHO, SECONDS = 8, 9

#: Page views by whether they are part of visits, by source (1 for the server) and by the
#: first digit of the status. ``visits`` of those that are part of visits are the unique ones.
JOINED, SOURCE, STATUS = 10, 11, 12

#: Days of visitors, by the day before on which the same one had come.
DAYS_OF_GUESTS, DAYS_OF_MEMBERS = 13, 14

#: There was no such day.
NEVER = -(10**7)

_LONGEST = 255


class Place(NamedTuple):
    """Which sum: of what ``kind``, on which ``day``, of which ``thing``."""

    kind: int
    day: int
    thing: Hashable


class Amount(NamedTuple):
    """How much: ``time`` is in milliseconds."""

    visits: int = 0
    views: int = 0
    time: int = 0


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

    @property
    def sums(self) -> Iterator[tuple[Place, Amount]]:
        """Yield what the visit adds."""
        amount = Amount(1, self.pages, 1000 * self.seconds)
        for kind, thing in (
            *((ENTRY, self.entry), (EXIT, self.exit), (SITE, self.site)),
            *((BROWSER, self.browser), (SYSTEM, self.system), (DEVICE, self.device)),
            (WHO, int(self.member is not None)),
        ):
            yield Place(kind, self.day, thing), amount
        if self.member is not None:
            yield from of_member(self.day, self.member, amount)
        yield Place(SECONDS, self.day, self.seconds), Amount(1)


class ViewFacts(NamedTuple):
    """What matters of a page view: ``time`` is for how many milliseconds somebody was
    engaged with it."""

    day: int
    page: Hashable
    time: int
    source: str
    status: int
    is_joined: bool

    @property
    def sums(self) -> Iterator[tuple[Place, Amount]]:
        """Yield what the page view adds."""
        yield Place(PAGE, self.day, self.page), Amount(0, 1, self.time)
        yield Place(JOINED, self.day, int(self.is_joined)), Amount(0, 1)
        yield Place(SOURCE, self.day, int(self.source != SCRIPT)), Amount(0, 1)
        yield Place(STATUS, self.day, self.status // 100), Amount(0, 1)


def of_member(
    day: int, member: Hashable, amount: Amount
) -> Iterator[tuple[Place, Amount]]:
    """Yield what a visit adds to what is known of a member, for as long as it is kept."""
    yield Place(MEMBER, day, member), amount


def of_page_in_visit(day: int, page: Hashable) -> Iterator[tuple[Place, Amount]]:
    """Yield what a page adds that a visit of this day has seen, however often."""
    yield Place(PAGE, day, page), Amount(1)
    yield Place(JOINED, day, 1), Amount(1)


def of_visitor(kind: int, days: Iterable[int]) -> Iterator[tuple[Place, Amount]]:
    """Yield what a visitor adds who has begun visits on some days.

    Of any days in a row, somebody counts on the first of them: the one that has none
    before it among them. So visitors of any days can be counted, each once.
    """
    before = NEVER
    for day in sorted(set(days)):
        yield Place(kind, day, before), Amount(1)
        before = day


@dataclass
class Sums:
    """Sums by their places; what comes to nothing isn't among them."""

    amounts: dict[Place, Amount] = field(default_factory=dict)

    def add(self, sums: Iterable[tuple[Place, Amount]], times: int = 1) -> None:
        """Add so many times what there is, which is taken away with -1."""
        for place, amount in sums:
            known = self.amounts.get(place, Amount())
            total = Amount(*(a + times * b for a, b in zip(known, amount, strict=True)))
            if any(total):
                self.amounts[place] = total
            else:
                self.amounts.pop(place, None)


@lru_cache(1000)
def site_of(referrer: str) -> str:
    """Return the host of an address, empty where it has none."""
    try:
        host = urlsplit(referrer).hostname or ""
    except ValueError:
        return ""
    return storable(host, _LONGEST)
