"""``@@clicktracker-live``: who is doing what on the site now."""

from collections.abc import Iterable
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.browser.visitors.visitors_screen import VisitorsScreen
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.reports.feed.feed import Feed
from slc.clicktracker.reports.feed.feed import feed_of
from slc.clicktracker.reports.feed.feed import MOST
from slc.clicktracker.reports.feed.pages import Pages
from slc.clicktracker.reports.feed.pages import ShownPage
from slc.clicktracker.reports.feed.people import Person
from slc.clicktracker.sites.looks import FEED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import Visit
from typing import NamedTuple
from urllib.parse import urlencode
from zope.interface import alsoProvides


class FeedRow(NamedTuple):
    """A page view on the screen, with whose it is and what is known of the visit: nothing
    on a folder, as the visit may have gone elsewhere."""

    view: PageView
    visit: Visit | None
    person: Person
    page: ShownPage


class LiveFeed(VisitorsScreen):
    """The page views of the last hour, the latest first.

    With ``list`` in the request it is the list alone, for the script that brings it up to
    date; how often that asks is no matter of the page views of the site.
    """

    index = ViewPageTemplateFile("templates/live.pt")
    list_part = ViewPageTemplateFile("templates/live-list.pt")
    size = MOST
    what = FEED

    def __call__(self) -> str:
        if self.request.form.get("list"):
            alsoProvides(self.request, IContentIsIgnored)
            self.request.response.setHeader("X-Theme-Disabled", "1")
            self.index = self.list_part
        return super().__call__()

    def ask(self, storage: IVisits) -> Feed:
        return feed_of(storage, self.asked)

    def seen(self) -> Iterable[Reader]:
        return (view.reader for view, _visit in self.found.rows)

    @property
    def rows(self) -> list[FeedRow]:
        pages = Pages(view.page for view, _visit in self.found.rows)
        return [
            FeedRow(
                view=view,
                visit=None if self.place else visit,
                person=self.people.of_view(view, visit),
                page=pages.of(view.page),
            )
            for view, visit in self.found.rows
        ]

    @property
    def is_cut(self) -> bool:
        return self.found.total > len(self.found.rows)

    @property
    def here(self) -> str:
        """The address of this list, with what narrows it."""
        given = {**self.asked.given, **self.asked.path}
        return f"{self.url}?{urlencode(given)}" if given else self.url

    @property
    def list_url(self) -> str:
        """Where the script gets the list anew."""
        return f"{self.here}{'&' if '?' in self.here else '?'}list=1"

    @property
    def json_url(self) -> str:
        return self.here.replace(f"@@{self.__name__}", f"@@{self.__name__}.json", 1)

    @property
    def script_url(self) -> str:
        return static_url(api.portal.get().absolute_url(), "live.js")
