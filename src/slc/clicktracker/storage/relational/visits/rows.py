"""The rows of page views and visits, as they are in a database.

Everything they refer to is a number: the page, the agent, the account (None for guests).
"""

from datetime import datetime
from datetime import timedelta
from operator import attrgetter
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.dialect import Dialect
from slc.clicktracker.storage.visits.days import day_of
from slc.clicktracker.storage.visits.model import active_until
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.runs import Step
from sqlalchemy import Row
from typing import get_args
from typing import NamedTuple


#: What columns are of which kind; see ``Dialect.rows``.
_KINDS = {str: "text", int: "number", datetime: "moment", bool: "truth"}

#: What ``gap`` is counted in.
MICROSECOND = timedelta(microseconds=1)


class ViewRow(NamedTuple):
    """A page view or log-out, as it was told as far as ``is_exit``. ``gap`` and ``ahead`` are in
    microseconds; ``alone`` is the last activity of a page view without a session, ``whole``
    is ``at`` while the address was not shortened. ``visit`` is the one that it is part of, or
    that it ended, and ``latest`` the latest activity of that until then, both None where
    there is none."""

    key: str
    session: str
    at: datetime
    seen: datetime
    engaged: int
    address: str
    referrer: str
    query: str
    method: str
    status: int
    source: str
    is_exit: bool
    gap: int
    ahead: int
    alone: datetime | None
    whole: datetime | None
    page: int
    agent: int
    reader: int | None
    visit: int | None
    latest: datetime | None

    def within(self, visit: int | None, latest: datetime | None) -> "ViewRow":
        """Return it as a part of a visit, or of none."""
        return self._make((*self[:-2], visit, latest))

    @property
    def day(self) -> int:
        """On which day it was, by the site's clock."""
        return day_of(self.at, self.ahead * MICROSECOND)

    @property
    def step(self) -> Step:
        """What matters for which visit it is part of."""
        at, gap = self.at, self.gap * MICROSECOND
        until = active_until(at, self.seen, self.engaged)
        return Step(self.key, at, until, gap, self.reader, self.is_exit)


class VisitRow(NamedTuple):
    """A visit; ``id`` is None for one that is new, ``whole`` is ``start`` while the address
    was not shortened, ``day`` the one of the start by the site's clock."""

    key: str
    session: str
    start: datetime
    last: datetime
    day: int
    pages: int
    whole: datetime | None
    address: str
    referrer: str
    source: str
    is_over: bool
    entry_page: int
    exit_page: int
    agent: int
    reader: int | None
    id: int | None


#: What is the same in a ``PageView`` and its row, as the latter begins.
as_told = attrgetter(*ViewRow._fields[: ViewRow._fields.index("is_exit") + 1])


def kinds_of(row: type[NamedTuple]) -> dict[str, str]:
    """Return the columns of a row, each with its kind."""
    return {
        name: _KINDS[next(iter(get_args(hint)), hint)]
        for name, hint in row.__annotations__.items()
    }


def view_row(found: Row, dialect: Dialect) -> ViewRow:
    """Return a row of clicktracker_view that begins with all its columns."""
    row = ViewRow._make(found[: len(ViewRow._fields)])
    moment = dialect.datetime
    return row._replace(
        at=moment(row.at),
        seen=moment(row.seen),
        latest=_moment(row.latest, dialect),
        alone=_moment(row.alone, dialect),
        whole=_moment(row.whole, dialect),
        is_exit=bool(row.is_exit),
    )


def visit_row(found: Row, dialect: Dialect) -> VisitRow:
    """Return a row of clicktracker_visit that begins with all its columns."""
    row = VisitRow._make(found[: len(VisitRow._fields)])
    moment = dialect.datetime
    return row._replace(
        start=moment(row.start),
        last=moment(row.last),
        whole=_moment(row.whole, dialect),
        is_over=bool(row.is_over),
    )


def _moment(found: object, dialect: Dialect) -> datetime | None:
    return None if found is None else dialect.datetime(found)


def page_view(found: Row, row: ViewRow, title: str = "", name: str = "") -> PageView:
    """Return the page view of a row that was read with what it refers to."""
    return PageView(
        key=row.key,
        at=row.at,
        seen=row.seen,
        page=Page(found.url, found.uid, title),
        reader=Reader(found.member or "", found.folder or "", name),
        session=row.session,
        address=row.address,
        agent=found.agent_text,
        referrer=row.referrer,
        query=row.query,
        method=row.method,
        status=row.status,
        source=row.source,
        engaged=row.engaged,
        gap=row.gap * MICROSECOND,
        is_exit=row.is_exit,
        ahead=row.ahead * MICROSECOND,
    )
