"""``@@acknowledge-reading``: takes what the button below a document says."""

from collections.abc import Sequence
from functools import cached_property
from html import escape
from plone import api
from plone.protect import CheckAuthenticator
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.act import Act
from slc.clicktracker.acknowledgements.act import NOT_NOW
from slc.clicktracker.acknowledgements.changed_since import Difference
from slc.clicktracker.acknowledgements.own import Own
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.mails.receipt import receipt_sender
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.words.numbers import localized_number
from typing import Any
from zExceptions import Forbidden
from zope.i18n import translate
from zope.i18nmessageid import Message

import json


_TITLE = _("Not acknowledged")
_LOGGED_OUT = _(
    "Nothing was recorded: you are not logged in any more. Log in, open the document again, "
    "and acknowledge it."
)
_OTHER_USER = _(
    "Nothing was recorded: somebody else may have opened the page, or you have logged in "
    "again since. Open the document again, and acknowledge it."
)


class AcknowledgeView(BrowserView):
    """Records what a reader has acknowledged, or says why not, and what to do."""

    index = ViewPageTemplateFile("templates/acknowledge.pt")
    form = ViewPageTemplateFile("templates/form.pt")

    number = staticmethod(localized_number)

    problem: Message | None = None

    #: Can it be tried again, because nobody could be asked?
    is_down = False

    def __call__(self) -> str:
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method != "POST":
            self.request.response.redirect(self.context.absolute_url())
            return ""
        try:
            CheckAuthenticator(self.request)
            self.problem = self.act.problem()
        except Forbidden:
            # Mostly nobody's attack: who has opened the page is not logged in any more.
            self.request.response.setStatus(403, lock=True)
            self.problem = _LOGGED_OUT if api.user.is_anonymous() else _OTHER_USER
        except StorageError:
            self.request.response.setStatus(503, lock=True)
            self.problem, self.is_down = NOT_NOW, True
        if self.problem:
            return self.index()
        receipt = f"{self.content.absolute_url()}/@@reading-receipt"
        if self.act.record(receipt_sender(self.content)):
            message = _("Your acknowledgement was recorded.")
        else:
            message = _("You had acknowledged this before. Nothing was recorded again.")
        return say_what_was_done(self.request, message, receipt)

    @cached_property
    def act(self) -> Act:
        names = "ticket", "sentence", "password"
        return Act(self.request, *map(self._sent, names))

    @property
    def content(self) -> Any:
        return self.act.content

    @property
    def differences(self) -> Sequence[Difference]:
        return self.act.differences

    @property
    def password_error(self) -> Message | None:
        return self.act.password_error

    @property
    def is_offered_again(self) -> bool:
        """Can it be tried again on the page that says what is wrong?"""
        return self.is_down or self.act.is_offered_again

    @property
    def own(self) -> Own:
        return self.act.own

    @property
    def proof(self) -> str:
        """The same ticket again: it is still of the version that was seen."""
        return self._sent("ticket")

    @property
    def asks_password(self) -> bool:
        return self.act.asks_password

    @property
    def action(self) -> str:
        return f"{self.context.absolute_url()}/@@acknowledge-reading"

    def _sent(self, name: str) -> str:
        return text_from(self.request.form.get(name))


class NotRecordedView(BrowserView):
    """What Zope shows where the database went away in the last moment. It is shown while a
    transaction has failed, so it asks Plone for nothing but words."""

    def __call__(self) -> str:
        response = self.request.response
        if "application/json" in (self.request.getHeader("Accept") or ""):
            return self._as_json()
        # It was to lead to the receipt.
        response.headers.pop("location", None)
        response.setStatus(503, lock=True)
        response.setHeader("Content-Type", "text/html;charset=utf-8")
        title, problem = (
            escape(translate(each, context=self.request)) for each in (_TITLE, NOT_NOW)
        )
        return (
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{title}</title></head>\n"
            f"<body><main><h1>{title}</h1><p>{problem}</p></main></body></html>\n"
        )

    def _as_json(self) -> str:
        """Return the same for a service, in the shape of plone.restapi."""
        response = self.request.response
        response.setStatus(503, lock=True)
        response.setHeader("Content-Type", "application/json")
        message = translate(NOT_NOW, context=self.request)
        return json.dumps({"type": "ServiceUnavailable", "message": message})
