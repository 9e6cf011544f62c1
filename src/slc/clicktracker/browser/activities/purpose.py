"""The page on which members read what is recorded of them, of whom, and what for."""

from functools import cached_property
from Products.Five.browser import BrowserView
from slc.clicktracker.browser.page_title import IScreen
from slc.clicktracker.sites.cohorts import are_page_events_on
from slc.clicktracker.sites.cohorts import events_setting
from slc.clicktracker.sites.cohorts import is_stated
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.sites.goals import goal_rules
from slc.clicktracker.sites.goals import keeps_goals
from slc.clicktracker.sites.goals import site_splits
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.storage import is_recording
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
    def pages_say_more(self) -> bool:
        """May pages send events of their own?"""
        return are_page_events_on()

    @property
    def days(self) -> int:
        return events_setting("keep_events")

    @property
    def is_offered(self) -> bool:
        """Is there something that concerns the current user?"""
        return self.is_member and (self.is_on or bool(self.goals or self.splits))

    @cached_property
    def goals(self) -> list[str]:
        """The goals that are events of pages: these are recorded of all members."""
        rules = goal_rules() if self.pages_say_more else None
        return [goal.name for goal in rules.goals if goal.event] if rules else []

    @cached_property
    def splits(self) -> list[str]:
        """The splits: which variant was shown to whom is recorded of all members."""
        if not is_recording() or not keeps_goals():
            return []
        return [split.name for split in site_splits()]

    @property
    def is_member(self) -> bool:
        return bool(current_user()[0])

    @property
    def group(self) -> str:
        """In which of both groups the current user is, "" for neither."""
        user, folder = current_user()
        return "" if folder else recorded_members().get(user, "")
