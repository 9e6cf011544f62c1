"""``@@clicktracker-visits``: the visits of one visitor, or of all, with their pages."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from itertools import starmap
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.batches import batch_of
from slc.clicktracker.browser.visitors.visitors_screen import VisitorsScreen
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.feed.pages import Pages
from slc.clicktracker.reports.feed.pages import ShownPage
from slc.clicktracker.reports.feed.people import guest_title
from slc.clicktracker.reports.feed.people import Person
from slc.clicktracker.sites.looks import PATH
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import PageViewPage
from slc.clicktracker.storage.visits.model import SCRIPT
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.storage.visits.model import VisitPage
from slc.clicktracker.storage.visits.model import VisitQuery
from typing import NamedTuple
from zope.i18nmessageid import Message


#: Visits on one page of the list, and pages that are listed of each.
BATCH_SIZE = 10
MOST_PAGES = 100


class VisitRow(NamedTuple):
    """A visit on the screen, with the page views that it is made of, the first first:
    ``left_out`` of them are not listed."""

    visit: Visit
    person: Person
    views: tuple[tuple[PageView, ShownPage], ...]
    left_out: int


class Found(NamedTuple):
    """A page of visits, and the page views of each."""

    page: VisitPage
    views: tuple[tuple[PageView, ...], ...]


class VisitsView(VisitorsScreen):
    """With ``person`` or ``guest`` in the request it is the path of one visitor."""

    index = ViewPageTemplateFile("templates/visits.pt")
    size = BATCH_SIZE
    what = PATH

    def ask(self, storage: IVisits) -> Found:
        query = self.asked.query
        if query is None:
            return Found(VisitPage((), 0), ())
        page = storage.visits(query)
        if page.total and not page.rows:
            query = replace(query, start=last_start(page.total, BATCH_SIZE))
            page = storage.visits(query)
        self.start = query.start
        views = tuple(_pages_of(storage, visit, self.place) for visit in page.rows)
        if self.place:
            seen = zip(page.rows, views, strict=True)
            page = replace(page, rows=tuple(starmap(_as_seen_here, seen)))
        return Found(page, tuple(each.rows[::-1] for each in views))

    #: The number of the first visit on the page.
    start = 0

    def seen(self) -> Iterable[Reader]:
        return (visit.reader for visit in self.found.page.rows)

    @cached_property
    def batch(self) -> Batch:
        page, views = self.found
        pages = Pages(view.page for each in views for view in each)
        rows = [
            VisitRow(
                visit=visit,
                person=self.people.of_visit(visit),
                views=tuple((view, pages.of(view.page)) for view in each),
                left_out=max(visit.pages - len(each), 0),
            )
            for visit, each in zip(page.rows, views, strict=True)
        ]
        return batch_of(rows, page.total, BATCH_SIZE, self.start)

    @property
    def now(self):
        return utc_now()

    @property
    def is_path(self) -> bool:
        return bool(self.asked.path)

    @property
    def is_whole(self) -> bool:
        return not self.is_path

    @property
    def who(self) -> Message | str:
        """Whose path it is."""
        if self.asked.guest:
            return guest_title(self.asked.guest)
        rows = self.batch if self.found is not None else ()
        return next((row.person.name for row in rows), self.asked.person.user)

    def knows_time(self, view: PageView) -> bool:
        """Does anybody know how long it took? The server doesn't."""
        return view.source == SCRIPT


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
