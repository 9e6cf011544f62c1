"""``@@clicktracker-stop-mails``: end a subscription by the link in its mails.

Whoever has the link may do this, without a log-in. Programs follow links in mails to look
for dangers, so following it changes nothing: only a POST does, from the button on the page
or from the mail program itself (RFC 8058).
"""

from functools import cached_property
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.mails.link_keys import link_keys
from slc.clicktracker.mails.link_token import LinkToken
from slc.clicktracker.mails.subscription import Subscription
from slc.clicktracker.mails.subscriptions import end
from slc.clicktracker.mails.subscriptions import subscription_with
from slc.clicktracker.mails.summary_mail import STOP
from typing import Any
from zExceptions import NotFound
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class StopMails(BrowserView):
    """The page. It says the same of a link that was made up as of one that was used: not
    whether there is a subscription, whose it is, or what it is about."""

    index = ViewPageTemplateFile("templates/stop-mails.pt")
    _text = ""

    def publishTraverse(self, request: Any, name: str) -> "StopMails":
        if self._text:
            raise NotFound(name)
        self._text = name
        return self

    def __call__(self) -> str:
        response = self.request.response
        response.setHeader("Cache-Control", "private, no-store")
        # The address is the proof, and goes to nobody else.
        response.setHeader("Referrer-Policy", "no-referrer")
        response.setHeader("X-Robots-Tag", "noindex")
        # Nor is it kept with the visits, or told to services.
        alsoProvides(self.request, IContentIsIgnored)
        if self.subscription is None:
            response.setStatus(404)
        elif self.request.method == "POST":
            # Also somebody who is logged in needs no other proof.
            alsoProvides(self.request, IDisableCSRFProtection)
            self.is_ended = end(self.subscription)
        return self.index()

    #: Was it ended by this very request?
    is_ended = False

    @cached_property
    def subscription(self) -> Subscription | None:
        """What the link ends; None where it proves nothing, or nothing is left to end."""
        token = LinkToken.of(self._text)
        found = subscription_with(token.key)
        user = found.user if found else ""
        return found if token.is_of(link_keys(), STOP, user) else None

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@{self.__name__}/{self._text}"
