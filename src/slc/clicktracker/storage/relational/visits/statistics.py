"""What a database is asked about many visits at once."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import timedelta
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.site_transaction import ALL
from slc.clicktracker.storage.relational.visits.transaction import VisitsTransaction
from slc.clicktracker.storage.visits.days import DAY
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.days import MONTH
from slc.clicktracker.storage.visits.days import months_of
from slc.clicktracker.storage.visits.days import number_of
from slc.clicktracker.storage.visits.days import pieces_of
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.statistics import MEMBERS
from slc.clicktracker.storage.visits.statistics import PAGES
from slc.clicktracker.storage.visits.statistics import Share
from slc.clicktracker.storage.visits.statistics import SHARED_BY
from slc.clicktracker.storage.visits.statistics import SharePage
from slc.clicktracker.storage.visits.statistics import VisitFigures
from slc.clicktracker.storage.visits.sums import DAYS_OF_GUESTS
from slc.clicktracker.storage.visits.sums import DAYS_OF_MEMBERS
from slc.clicktracker.storage.visits.sums import ENTRY
from slc.clicktracker.storage.visits.sums import EXIT
from slc.clicktracker.storage.visits.sums import JOINED
from slc.clicktracker.storage.visits.sums import PAGE
from slc.clicktracker.storage.visits.sums import SECONDS
from slc.clicktracker.storage.visits.sums import SOURCE
from slc.clicktracker.storage.visits.sums import STATUS
from slc.clicktracker.storage.visits.sums import VISITORS
from slc.clicktracker.storage.visits.sums import WHO
from sqlalchemy import Row
from typing import NamedTuple


class _Sum(NamedTuple):
    visits: int = 0
    views: int = 0
    time: int = 0


class VisitStatistics(VisitsTransaction):
    """Asks the sums; see ``IVisitStatistics``."""

    def figures(self, periods: Sequence[Days]) -> list[VisitFigures]:
        """Return the figures of some days."""
        pieces = [
            (number, *piece)
            for number, days in enumerate(periods)
            for piece in pieces_of(days)
        ]
        if not pieces:
            return [VisitFigures() for _ in periods]
        earlier = [
            (number, *place)
            for number, days in enumerate(periods)
            for place in _earlier(days)
        ]
        found: list[dict[tuple[int, int], Row]] = [{} for _ in periods]
        self._set(self.dialect.no_compiling)
        sent = {"pieces": pieces, "earlier": earlier}
        for row in self.ask("visit_figures", sent):
            found[row.number][row.kind, row.thing] = row
        return [_figures(rows) for rows in found]

    def shares(
        self, kind: str, days: Days, start: int = 0, size: int | None = 20
    ) -> SharePage:
        """Return one page of what visits are told apart by."""
        number = SHARED_BY.index(kind)
        things = "words"
        if number in (ENTRY, EXIT, PAGE):
            things = "pages"
        elif kind == MEMBERS:
            things = "members"
        start, size = max(start, 0), ALL if size is None else max(size, 0)
        self._set(self.dialect.no_compiling, self.dialect.in_order)
        rows = self.ask(
            "visit_shares",
            {"pieces": [(0, *piece) for piece in pieces_of(days)]},
            parts={
                "things": f"{{shared_{things}}}",
                "found_things": self.dialect.found(
                    f"{{shared_{things}}}", "g", "is_thing"
                ),
                "ties": f"{{{things}_ties}}",
                "columns": f"{{{things}_columns}}",
                "most": "views" if kind == PAGES else "visits",
            },
            kind=number,
            start=start,
            size=size,
            reach=min(start + size, ALL),
        )
        found = tuple(_share(row, things) for row in rows if row.thing is not None)
        return SharePage(found, rows[0].total)

    def _set(self, *statements: str) -> None:
        for statement in filter(None, statements):
            self.connection.exec_driver_sql(statement)


def _earlier(days: Days) -> Iterator[tuple[int, int, int, int]]:
    """Yield where it is kept who had come on some of these days before: a span, a day or
    month, and the first and the last of those days."""
    first, last = number_of(days.first), number_of(days.last)
    for piece in pieces_of(days):
        if piece.span == MONTH:
            for month in months_of(piece):
                yield MONTH, month, first, last
        else:
            for day in range(max(piece.first, first + 1), piece.last + 1):
                yield DAY, day, first, day - 1


def _figures(rows: dict[tuple[int, int], Row]) -> VisitFigures:
    def of(kind: int, thing: int = 0) -> _Sum:
        row = rows.get((kind, thing))
        return _Sum(*map(int, row[3:])) if row else _Sum()

    guests, members = of(WHO), of(WHO, 1)
    middle = [row for (kind, _), row in rows.items() if kind == SECONDS]
    return VisitFigures(
        members=members.visits,
        guests=guests.visits,
        unique_members=of(VISITORS, 1).visits - of(DAYS_OF_MEMBERS).visits,
        unique_guests=of(VISITORS).visits - of(DAYS_OF_GUESTS).visits,
        pages=members.views + guests.views,
        time=timedelta(milliseconds=members.time + guests.time),
        median=_median(middle[0]) if middle else None,
        joined=of(JOINED, 1).views,
        single=of(JOINED).views,
        unique_views=of(JOINED, 1).visits,
        from_script=of(SOURCE).views,
        from_server=of(SOURCE, 1).views,
        statuses=tuple(
            (digit, of(STATUS, digit).views)
            for kind, digit in sorted(rows)
            if kind == STATUS
        ),
    )


def _median(row: Row) -> timedelta:
    """Return what is between the two in the middle, which may be the same."""
    return timedelta(seconds=int(row.thing) + int(row.visits)) / 2


def _share(row: Row, things: str) -> Share:
    numbers = {
        "visits": int(row.visits),
        "views": int(row.views),
        "time": timedelta(milliseconds=int(row.time)),
    }
    if things == "pages":
        return Share(page=Page(row.url, row.uid, row.title), **numbers)
    if things == "members":
        return Share(
            reader=Reader(row.member, row.folder, row.name),
            former=row.retired is not None,
            generation=row.generation,
            **numbers,
        )
    return Share(text=row.word, **numbers)
