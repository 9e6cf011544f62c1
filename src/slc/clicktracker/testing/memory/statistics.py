"""The statistics of visits in memory: added up day by day for each answer."""

from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.days import number_of
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.statistics import MEMBERS
from slc.clicktracker.storage.visits.statistics import PAGES
from slc.clicktracker.storage.visits.statistics import Share
from slc.clicktracker.storage.visits.statistics import SHARED_BY
from slc.clicktracker.storage.visits.statistics import SharePage
from slc.clicktracker.storage.visits.statistics import VisitFigures
from slc.clicktracker.storage.visits.sums import Amount
from slc.clicktracker.storage.visits.sums import DAYS_OF_GUESTS
from slc.clicktracker.storage.visits.sums import DAYS_OF_MEMBERS
from slc.clicktracker.storage.visits.sums import JOINED
from slc.clicktracker.storage.visits.sums import Place
from slc.clicktracker.storage.visits.sums import SECONDS
from slc.clicktracker.storage.visits.sums import SOURCE
from slc.clicktracker.storage.visits.sums import STATUS
from slc.clicktracker.storage.visits.sums import Sums
from slc.clicktracker.storage.visits.sums import WHO
from slc.clicktracker.testing.memory.tables import KnownPage
from slc.clicktracker.testing.memory.tables import Tables
from slc.clicktracker.testing.memory.visits import Visits
from statistics import median


class Statistics:
    """Asks what was added up of one site."""

    def __init__(self, tables: Tables, visitors: Visits) -> None:
        self.tables = tables
        self.visitors = visitors
        self.site = visitors.site

    def figures(self, periods: Sequence[Days]) -> list[VisitFigures]:
        """Return the figures of some days; see ``IVisitStatistics``."""
        with self.tables.lock:
            kept = self.tables.sums.get(self.site, Sums())
            return [_figures(kept, days) for days in periods]

    def shares(
        self, kind: str, days: Days, start: int = 0, size: int | None = 20
    ) -> SharePage:
        """Return one page of shares; see ``IVisitStatistics``."""
        number = SHARED_BY.index(kind)
        with self.tables.lock:
            kept = self.tables.sums.get(self.site, Sums())
            # What is known of members goes with their visits.
            sums = self.visitors.sums() if kind == MEMBERS else kept
            totals = _by_thing(sums, number, days)
            shares = [self._share(kind, *item) for item in totals.items()]
        shares.sort(key=_rank(kind))
        start = max(start, 0)
        end = None if size is None else start + max(size, 0)
        return SharePage(tuple(shares[start:end]), len(shares))

    def _share(self, kind: str, thing: Hashable, share: Share) -> Share:
        if kind == MEMBERS:
            reader, former, generation = self.visitors.account(thing)
            return replace(share, reader=reader, former=former, generation=generation)
        if isinstance(thing, tuple):
            url, uid = thing
            known = self.tables.pages.get((self.site, uid, url), KnownPage())
            return replace(share, page=Page(url, uid, known.title))
        return replace(share, text=thing)


#: How much there is of what there isn't.
_NONE = Share()


def _figures(sums: Sums, days: Days) -> VisitFigures:
    who, joined, source = (
        _by_thing(sums, kind, days) for kind in (WHO, JOINED, SOURCE)
    )
    guests, members = who.get(0, _NONE), who.get(1, _NONE)
    lengths = [
        timedelta(seconds=length)
        for length, amount in _by_thing(sums, SECONDS, days).items()
        for _ in range(amount.visits)
    ]
    return VisitFigures(
        members=members.visits,
        guests=guests.visits,
        unique_members=_visitors(sums, DAYS_OF_MEMBERS, days),
        unique_guests=_visitors(sums, DAYS_OF_GUESTS, days),
        pages=members.views + guests.views,
        time=members.time + guests.time,
        median=median(sorted(lengths)) if lengths else None,
        joined=joined.get(1, _NONE).views,
        single=joined.get(0, _NONE).views,
        unique_views=joined.get(1, _NONE).visits,
        from_script=source.get(0, _NONE).views,
        from_server=source.get(1, _NONE).views,
        statuses=tuple(
            (digit, amount.views)
            for digit, amount in sorted(_by_thing(sums, STATUS, days).items())
        ),
    )


def _visitors(sums: Sums, kind: int, days: Days) -> int:
    return sum(
        amount[0]
        for (_, _, before), amount in _of(sums, kind, days)
        if before < number_of(days.first)
    )


def _by_thing(sums: Sums, kind: int, days: Days) -> dict[Hashable, Share]:
    """Return how much there is of each thing: a share that doesn't say of what."""
    found = Sums()
    for (_, _, thing), amount in _of(sums, kind, days):
        found.add(kind, 0, thing, *amount)
    return {
        thing: Share(visits=visits, views=views, time=timedelta(milliseconds=time))
        for (_, _, thing), (visits, views, time) in found.items()
    }


def _of(sums: Sums, kind: int, days: Days) -> Iterator[tuple[Place, Amount]]:
    first, last = number_of(days.first), number_of(days.last)
    for place, amount in sums.items():
        if place[0] == kind and first <= place[1] <= last:
            yield place, amount


def _rank(kind: str) -> Callable[[Share], tuple]:
    def rank(share: Share) -> tuple:
        number = share.views if kind == PAGES else share.visits
        if share.page is not None:
            return -number, share.page.url, share.page.uid
        if share.reader is not None:
            reader = share.reader
            return -number, reader.user, reader.folder, share.generation
        return -number, share.text

    return rank
