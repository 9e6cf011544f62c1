"""``@@clicktracker-declarations``: who has declared what about content, and its end."""

from AccessControl import Unauthorized
from datetime import datetime
from functools import cached_property
from plone import api
from plone.base.batch import Batch
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.declarations import DeclarationRow
from slc.clicktracker.reports.declarations import History
from slc.clicktracker.sites.openings import DECLARATIONS
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name


class DeclarationsView(NamesShown, BrowserView):
    """The screen: for those who may declare changes minor, or manage tracking. Nothing
    can be changed on it."""

    index = ViewPageTemplateFile("templates/declarations.pt")
    timezone = staticmethod(timezone_name)

    def __call__(self) -> str:
        refuse_what_is_hidden(self.context)
        if not self.history.is_visible:
            raise Unauthorized
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.history.names_readers and self.asks_reason:
            return self.reason_page()
        page = self.index()
        if self.history.names_readers:
            self.note_names(DECLARATIONS, len(self.history.declarations))
        return page

    @cached_property
    def history(self) -> History:
        return History(self.context)

    @cached_property
    def batch(self) -> Batch:
        """A page of declarations, the latest first."""
        found = self.history.declarations
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        last_page = max(len(found) - 1, 0) // PAGE_SIZE * PAGE_SIZE
        return Batch(found, PAGE_SIZE, min(start, last_page))

    @property
    def rows(self) -> list[DeclarationRow]:
        """The page in words: only its names are looked up."""
        return [self.history.row(each) for each in self.batch]

    @property
    def manages_tracking(self) -> bool:
        return api.user.has_permission(MANAGE_TRACKING, obj=self.context)

    def localized(self, moment: datetime) -> str:
        return local_time(moment)
