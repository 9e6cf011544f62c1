"""``@@clicktracker-live``: who is doing what on the site now."""

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.visitors.updated_screen import UpdatedScreen
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.reports.visitors.feed import Feed
from slc.clicktracker.reports.visitors.feed import feed_of
from slc.clicktracker.reports.visitors.feed import MOST
from slc.clicktracker.reports.visitors.rows import FeedRow
from slc.clicktracker.reports.visitors.rows import rows_of
from slc.clicktracker.sites.looks import FEED


class LiveFeed(UpdatedScreen):
    """The page views of the last hour, the latest first."""

    index = ViewPageTemplateFile("templates/live.pt")
    list_part = ViewPageTemplateFile("templates/live-list.pt")
    size = MOST
    what = FEED

    def ask(self, storage: IVisits) -> Feed:
        return feed_of(storage, self.asked)

    @property
    def rows(self) -> list[FeedRow]:
        return rows_of(self.found, self.people, self.place)

    @property
    def is_cut(self) -> bool:
        return self.found.total > len(self.found.rows)
