"""``Feed``: the latest page views, with what is known of their visits."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.reports.visitors.asked import VisitorsAsked
from slc.clicktracker.sites.visitor_rules import visitor_setting
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import Present
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.storage.visits.model import VisitQuery


#: How far back the feed goes. What was before is among the visits.
WINDOW = timedelta(hours=1)

#: Rows of the feed.
MOST = 50

#: Visits that are looked at to find those of the rows: nobody opens a page without being
#: among the latest.
_MOST_VISITS = 500


@dataclass(frozen=True)
class Feed:
    """``rows`` are page views with their visits, the latest first, None for a page view
    that is part of none; ``total`` is how many there are within the window. ``present`` is
    who is on the site at all, ``at`` when this was found."""

    rows: tuple[tuple[PageView, Visit | None], ...]
    total: int
    present: Present
    at: datetime

    def readers(self) -> Iterator[Reader]:
        """Return who has seen something, guests as well."""
        return (view.reader for view, _visit in self.rows)


def feed_of(storage: IVisits, asked: VisitorsAsked) -> Feed:
    """Return what is asked for. Raises ``StorageError``."""
    now = utc_now()
    timeout = timedelta(minutes=visitor_setting("presence_timeout"))
    present = storage.presence(now - timeout).on_site
    if asked.query is None:
        return Feed((), 0, present, now)
    found = storage.page_views(replace(asked.query, since=now - WINDOW, start=0))
    visits = _visits(storage, found.rows)
    rows = tuple((view, _visit_of(view, visits)) for view in found.rows)
    return Feed(rows, found.total, present, now)


def _visits(storage: IVisits, views: tuple[PageView, ...]) -> dict[str, list[Visit]]:
    """Return visits by session, those that page views may be part of."""
    joined = [view.at for view in views if view.session]
    if not joined:
        return {}
    found = storage.visits(VisitQuery(since=min(joined), size=_MOST_VISITS))
    visits: dict[str, list[Visit]] = {}
    for visit in found.rows:
        visits.setdefault(visit.session, []).append(visit)
    return visits


def _visit_of(view: PageView, visits: dict[str, list[Visit]]) -> Visit | None:
    """Return the visit that a page view is part of; the later one of two that meet."""
    for visit in visits.get(view.session, ()):
        if visit.start <= view.at <= visit.last:
            return visit
    return None
