"""Visits with their pages, of one visitor or of all, as the viewer may see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from itertools import starmap
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.visitors.asked import VisitorsAsked
from slc.clicktracker.reports.visitors.pages import Pages
from slc.clicktracker.reports.visitors.pages import ShownPage
from slc.clicktracker.reports.visitors.people import People
from slc.clicktracker.reports.visitors.people import Person
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import PageViewPage
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.storage.visits.model import VisitPage
from slc.clicktracker.storage.visits.model import VisitQuery
from typing import NamedTuple


#: Visits on one page of the list, unless another number is asked for, and pages that are
#: listed of each.
BATCH_SIZE = 10
MOST_PAGES = 100


class VisitRow(NamedTuple):
    """A visit, with the page views that it is made of, the first first: ``left_out`` of
    them are not listed."""

    visit: Visit
    person: Person
    views: tuple[tuple[PageView, ShownPage], ...]
    left_out: int


@dataclass(frozen=True)
class VisitsFound:
    """A page of visits that begins with number ``start``, and the page views of each."""

    page: VisitPage
    views: tuple[tuple[PageView, ...], ...] = ()
    start: int = 0

    def readers(self) -> Iterator[Reader]:
        """Return whose visits they are, guests as well."""
        return (visit.reader for visit in self.page.rows)

    def rows(self, people: People) -> list[VisitRow]:
        pages = Pages(view.page for each in self.views for view in each)
        return [
            VisitRow(
                visit=visit,
                person=people.of_visit(visit),
                views=tuple((view, pages.of(view.page)) for view in each),
                left_out=max(visit.pages - len(each), 0),
            )
            for visit, each in zip(self.page.rows, self.views, strict=True)
        ]


def visits_of(storage: IVisits, asked: VisitorsAsked, place: str) -> VisitsFound:
    """Return what is asked for, as it was seen at a ``place`` in the site, "" for all of
    it. Who asks for a page beyond the last gets the last. Raises ``StorageError``."""
    query = asked.query
    if query is None:
        return VisitsFound(VisitPage((), 0))
    page = storage.visits(query)
    if page.total and not page.rows:
        query = replace(query, start=last_start(page.total, query.size))
        page = storage.visits(query)
    views = tuple(_pages_of(storage, visit, place) for visit in page.rows)
    if place:
        seen = zip(page.rows, views, strict=True)
        page = replace(page, rows=tuple(starmap(_as_seen_here, seen)))
    return VisitsFound(page, tuple(each.rows[::-1] for each in views), query.start)


def _pages_of(storage: IVisits, visit: Visit, place: str) -> PageViewPage:
    """Return the latest page views of a visit in a place of the site."""
    return storage.page_views(VisitQuery(visit=visit.key, size=MOST_PAGES, place=place))


def _as_seen_here(visit: Visit, views: PageViewPage) -> Visit:
    """Return what is known of a visit by its page views in one place alone: who sees
    these may not see what somebody did elsewhere."""
    if not views.rows:
        return replace(visit, pages=0, last=visit.start, referrer="", is_over=False)
    first = views.rows[-1]
    return replace(
        visit,
        entry=first.page,
        exit=views.rows[0].page,
        pages=views.total,
        start=first.at,
        last=max(view.until for view in views.rows),
        address=first.address,
        referrer=first.referrer,
        source=first.source,
        is_over=False,
    )
