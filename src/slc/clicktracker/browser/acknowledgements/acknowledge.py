"""``@@acknowledge-reading``: takes what the button below a document says."""

from functools import cached_property
from html import escape
from plone import api
from plone.protect import CheckAuthenticator
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.asked import acknowledgement_setting
from slc.clicktracker.acknowledgements.own import Own
from slc.clicktracker.acknowledgements.passwords import is_own_password
from slc.clicktracker.acknowledgements.passwords import TooManyFailures
from slc.clicktracker.acknowledgements.proof import proven
from slc.clicktracker.acknowledgements.proof import Unproven
from slc.clicktracker.acknowledgements.recording import acknowledge
from slc.clicktracker.browser.acknowledgements.changed_since import Difference
from slc.clicktracker.browser.acknowledgements.changed_since import differences_since
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.mails.receipt import receipt_sender
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tracking.catalogued import content_with
from slc.clicktracker.words.numbers import localized_number
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


_NOT_NOW = _(
    "Nothing was recorded, because the database can't be reached now. Try again in a few "
    "minutes."
)
_TITLE = _("Not acknowledged")
_GONE = _("Nothing was recorded: this document does not exist any more.")
_HIDDEN = _("Nothing was recorded: you may not see this document any more.")
_NOT_ASKED = _("Nothing was recorded: you are not asked to acknowledge this document.")
_CHANGED = _(
    "Nothing was recorded: the document has changed since you opened it. Read what is new, "
    "then acknowledge it."
)
_OTHER_SENTENCE = _(
    "Nothing was recorded: the sentence has changed since you opened the page. Read it again."
)
_PASSWORD = _("The password could not be confirmed. Nothing was recorded.")
_TOO_MANY = _(
    "The password could not be confirmed. Nothing was recorded. Try again in some minutes."
)


class AcknowledgeView(BrowserView):
    """Records what a reader has acknowledged, or says why not, and what to do."""

    index = ViewPageTemplateFile("templates/acknowledge.pt")
    form = ViewPageTemplateFile("templates/form.pt")

    number = staticmethod(localized_number)

    content: Any = None
    problem: Message | None = None
    password_error: Message | None = None
    differences: tuple[Difference, ...] = ()

    #: Can it be tried again on the page that says what is wrong?
    is_offered_again = False

    def __call__(self) -> str:
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method != "POST":
            self.request.response.redirect(self.context.absolute_url())
            return ""
        CheckAuthenticator(self.request)
        try:
            self.problem = self._problem()
        except StorageError:
            self.request.response.setStatus(503, lock=True)
            self.problem, self.is_offered_again = _NOT_NOW, True
        if self.problem:
            return self.index()
        receipt = f"{self.content.absolute_url()}/@@reading-receipt"
        if self.own.that_counts is not None:
            message = _("You had acknowledged this before. Nothing was recorded again.")
            return say_what_was_done(self.request, message, receipt)
        said = self.own.said(self.ticket, self.own.sentence, self.asks_password)
        acknowledge([said], receipt_sender(self.content))
        message = _("Your acknowledgement was recorded.")
        return say_what_was_done(self.request, message, receipt)

    def _problem(self) -> Message | None:
        """Return why nothing can be recorded, None where it can. Raises
        ``StorageError``."""
        try:
            self.ticket = proven(self._sent("ticket"), self.request)
        except Unproven as error:
            return _(
                "Nothing was recorded. ${why} Open the document again.",
                mapping={"why": api.portal.translate(error.words)},
            )
        content = content_with(self.ticket.document)
        if content is None:
            return _GONE
        if not api.user.has_permission("View", obj=content):
            return _HIDDEN
        self.content = content
        # It is asked first: what was acknowledged in another tab is, whatever has happened.
        if self.own.that_counts is not None:
            return None
        if self.own.sentence is None:
            return _NOT_ASKED
        if not self.own.counts(self.ticket):
            label = self.ticket.version
            self.differences = tuple(differences_since(content, label))
            return _CHANGED
        if self._sent("sentence").split() != self.own.sentence.text.split():
            self.is_offered_again = True
            return _OTHER_SENTENCE
        return self._problem_with_password() if self.asks_password else None

    def _problem_with_password(self) -> Message | None:
        try:
            if is_own_password(self._sent("password")):
                return None
        except TooManyFailures:
            return _TOO_MANY
        self.is_offered_again = True
        self.password_error = _("Type the password with which you log in.")
        return _PASSWORD

    @cached_property
    def own(self) -> Own:
        return Own(self.content)

    @property
    def proof(self) -> str:
        """The same ticket again: it is still of the version that was seen."""
        return self._sent("ticket")

    @property
    def asks_password(self) -> bool:
        return acknowledgement_setting("ask_password")

    @property
    def action(self) -> str:
        return f"{self.context.absolute_url()}/@@acknowledge-reading"

    def _sent(self, name: str) -> str:
        return text_from(self.request.form.get(name))

    ticket: Ticket


class NotRecordedView(BrowserView):
    """What Zope shows where the database went away in the last moment. It is shown while a
    transaction has failed, so it asks Plone for nothing but words."""

    def __call__(self) -> str:
        response = self.request.response
        # It was to lead to the receipt.
        response.headers.pop("location", None)
        response.setStatus(503, lock=True)
        response.setHeader("Content-Type", "text/html;charset=utf-8")
        title, problem = (
            escape(translate(each, context=self.request)) for each in (_TITLE, _NOT_NOW)
        )
        return (
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{title}</title></head>\n"
            f"<body><main><h1>{title}</h1><p>{problem}</p></main></body></html>\n"
        )
