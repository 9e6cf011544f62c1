"""``@@clicktracker-live``: who is doing what on the site now."""

from collections.abc import Iterable
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.visitors.updated_screen import UpdatedScreen
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


class FeedRow(NamedTuple):
    """A page view on the screen, with whose it is and what is known of the visit: nothing
    on a folder, as the visit may have gone elsewhere."""

    view: PageView
    visit: Visit | None
    person: Person
    page: ShownPage


class LiveFeed(UpdatedScreen):
    """The page views of the last hour, the latest first."""

    index = ViewPageTemplateFile("templates/live.pt")
    list_part = ViewPageTemplateFile("templates/live-list.pt")
    size = MOST
    what = FEED

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
