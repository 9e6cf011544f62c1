"""``@@my-deadlines``: the address at which a calendar finds one's deadlines."""

from AccessControl import Unauthorized
from plone import api
from plone.protect import CheckAuthenticator
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.deadlines.feed import FEED
from slc.clicktracker.browser.page_title import IScreen
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.deadlines.deadlines import has_deadlines
from slc.clicktracker.sites.calendar_secrets import calendar_secret
from slc.clicktracker.sites.calendar_secrets import make_calendar_secret
from slc.clicktracker.sites.calendar_secrets import withdraw_calendar_secret
from slc.clicktracker.sites.rules import current_user
from urllib.parse import urlencode
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
        user, form = self._member, self.request.form
        if user and "make" in form:
            make_calendar_secret(user)
            return _("Give the address below to your calendar, and to nobody else.")
        if user and "withdraw" in form and withdraw_calendar_secret(user):
            return _("The private address doesn't work any more.")
        return _("Nothing was changed.")

    @property
    def _member(self) -> str:
        """The id of a member of the site; those of Zope's root have no private address."""
        user, folder = current_user()
        return "" if folder else user

    @property
    def is_wanted(self) -> bool:
        """Are there deadlines in the site, for those who can see them?"""
        return bool(current_user()[0]) and has_deadlines()

    @property
    def is_offered(self) -> bool:
        return bool(self._member)

    @property
    def private_address(self) -> str:
        """The address with the secret, "" where there is none."""
        user = self._member
        secret = calendar_secret(user) if user else ""
        if not secret:
            return ""
        return f"{self.feed}?{urlencode({'member': user, 'token': secret})}"

    @property
    def feed(self) -> str:
        return f"{api.portal.get().absolute_url()}/@@{FEED}"

    @property
    def url(self) -> str:
        return f"{api.portal.get().absolute_url()}/@@{self.__name__}"
