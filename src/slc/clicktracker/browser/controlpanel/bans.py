"""``@@clicktracker-bans``: who is banned from the site, and who was."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.changed_screen import ChangedScreen
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.bans import BanLists
from slc.clicktracker.reports.bans import by_name
from slc.clicktracker.reports.bans import lifted_words
from slc.clicktracker.reports.bans import why_doubtful
from slc.clicktracker.reports.bans import why_off
from slc.clicktracker.reports.sentences import bans as sentences
from slc.clicktracker.sites.bans import lift
from slc.clicktracker.visitors.bans import Ban
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from zope.i18nmessageid import Message


#: Where a page of the bans that have ended begins; of the others it is ``b_start``.
_EARLIER_START = "earlier_start"


class BansView(ChangedScreen):
    """The screen. What is posted to it lifts a ban."""

    index = ViewPageTemplateFile("templates/bans.pt")
    bans_list = ViewPageTemplateFile("templates/bans-list.pt")
    says = sentences
    timezone = staticmethod(timezone_name)
    number = staticmethod(localized_number)
    name = staticmethod(by_name)

    def change(self) -> Message:
        network = text_from(self.request.form.get("network"))
        if not lift(network):
            return _("Nothing was changed.")
        return lifted_words(network)

    @property
    def panel_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-settings"

    @property
    def add_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-ban"

    @cached_property
    def why_off(self) -> Message | None:
        return why_off(self.request.environ)

    @cached_property
    def why_doubtful(self) -> Message | None:
        return why_doubtful(self.request.environ)

    @cached_property
    def lists(self) -> BanLists:
        return BanLists(self.request.form)

    @cached_property
    def current(self) -> Batch:
        """A page of the bans that hold."""
        return self._page(self.lists.current, "b_start")

    @cached_property
    def earlier(self) -> Batch:
        """A page of those that have ended."""
        return self._page(self.lists.earlier, _EARLIER_START)

    def _page(self, bans: Sequence[Ban], name: str) -> Batch:
        start = self.lists.start(bans, name)
        return Batch(bans, PAGE_SIZE, start, b_start_str=name)

    @property
    def is_long(self) -> bool:
        """Is there more than can be looked through at a glance?"""
        return len(self.lists.current) + len(self.lists.earlier) > PAGE_SIZE

    @property
    def shows_earlier(self) -> bool:
        """Are they unfolded: is one of their pages, or something in them, asked for?"""
        return bool(self.lists.search) or _EARLIER_START in self.request.form

    def localized(self, moment: datetime) -> str:
        return local_time(moment)
