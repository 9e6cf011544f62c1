"""The page on which members read what is recorded of them, of whom, and what for."""

from Products.Five.browser import BrowserView
from slc.clicktracker.browser.page_title import IScreen
from slc.clicktracker.sites.cohorts import events_setting
from slc.clicktracker.sites.cohorts import is_stated
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.sites.rules import current_user
from zope.interface import implementer


@implementer(IScreen)
class Purpose(BrowserView):
    """For everybody who may see the site; about oneself, for members alone."""

    def __call__(self) -> str:
        # It is about one person, so no cache may keep it.
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.index()

    @property
    def is_on(self) -> bool:
        return is_stated()

    @property
    def purpose(self) -> list[str]:
        """Its paragraphs."""
        lines = (events_setting("purpose") or "").splitlines()
        return [line for line in lines if line.strip()]

    @property
    def days(self) -> int:
        return events_setting("keep_events")

    @property
    def is_member(self) -> bool:
        return bool(current_user()[0])

    @property
    def is_recorded(self) -> bool:
        """Is the current user in one of both groups? In which is not said."""
        user, folder = current_user()
        return not folder and user in recorded_members()
