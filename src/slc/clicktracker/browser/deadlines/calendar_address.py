"""``@@my-deadlines``: the address at which a calendar finds one's deadlines."""

from AccessControl import Unauthorized
from functools import cached_property
from plone import api
from plone.protect import CheckAuthenticator
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.page_title import IScreen
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.deadlines.deadlines import has_deadlines
from slc.clicktracker.sites.own_calendar import NOTHING_CHANGED
from slc.clicktracker.sites.own_calendar import OwnCalendar
from slc.clicktracker.sites.rules import current_user
from zope.i18nmessageid import Message
from zope.interface import implementer


@implementer(IScreen)
class CalendarAddress(BrowserView):
    """The screen, for members: each sees and changes one's own address alone."""

    index = ViewPageTemplateFile("templates/calendar.pt")

    def __call__(self) -> str:
        self.request.response.setHeader("Cache-Control", "private, no-store")
        # The address is a secret, which no other site is to be told by a link.
        self.request.response.setHeader("Referrer-Policy", "same-origin")
        if not current_user()[0]:
            raise Unauthorized
        if self.request.method != "POST":
            return self.index()
        CheckAuthenticator(self.request)
        return say_what_was_done(self.request, self._change(), self.url)

    def _change(self) -> Message:
        form = self.request.form
        if "make" in form:
            return self.calendar.make()
        return self.calendar.withdraw() if "withdraw" in form else NOTHING_CHANGED

    @cached_property
    def calendar(self) -> OwnCalendar:
        return OwnCalendar()

    @property
    def is_wanted(self) -> bool:
        """Are there deadlines in the site, for those who can see them?"""
        return bool(current_user()[0]) and has_deadlines()

    @property
    def url(self) -> str:
        return f"{api.portal.get().absolute_url()}/@@{self.__name__}"
