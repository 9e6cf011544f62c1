"""``Act``: a reader acknowledges what a page has shown, or is told why that can't be."""

from collections.abc import Sequence
from functools import cached_property
from plone import api
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.asked import acknowledgement_setting
from slc.clicktracker.acknowledgements.changed_since import Difference
from slc.clicktracker.acknowledgements.changed_since import differences_since
from slc.clicktracker.acknowledgements.own import Own
from slc.clicktracker.acknowledgements.passwords import is_own_password
from slc.clicktracker.acknowledgements.passwords import TooManyFailures
from slc.clicktracker.acknowledgements.proof import proven
from slc.clicktracker.acknowledgements.proof import Unproven
from slc.clicktracker.acknowledgements.recording import acknowledge
from slc.clicktracker.acknowledgements.recording import Then
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tracking.catalogued import content_with
from typing import Any
from zope.i18nmessageid import Message
from zope.publisher.interfaces.browser import IBrowserRequest


NOT_NOW = _(
    "Nothing was recorded, because the database can't be reached now. Try again in a few "
    "minutes."
)
_GONE = _("Nothing was recorded: this document does not exist any more.")
_HIDDEN = _("Nothing was recorded: you may not see this document any more.")
_NOT_ASKED = _("Nothing was recorded: you are not asked to acknowledge this document.")
_CHANGED = _(
    "Nothing was recorded: the document has changed since you opened it. Read what is new, "
    "then acknowledge it."
)
_OTHER_DOCUMENT = _("Nothing was recorded: the page was that of another document.")
_OTHER_SENTENCE = _(
    "Nothing was recorded: the sentence has changed since you opened the page. Read it again."
)
_PASSWORD = _("The password could not be confirmed. Nothing was recorded.")
_TOO_MANY = _(
    "The password could not be confirmed. Nothing was recorded. Try again in some minutes."
)


class Act:
    """What the current user says with the ``ticket`` of a page, the ``sentence`` on it, and
    the ``password``, where it is asked for. ``document`` is the UID of the one that they mean,
    "" for that of the ticket."""

    content: Any = None
    ticket: Ticket

    #: What has changed in the document, where that is the problem.
    differences: Sequence[Difference] = ()

    #: What is wrong with the password, and whether the same page can be tried again.
    password_error: Message | None = None
    is_offered_again = False

    def __init__(
        self,
        request: IBrowserRequest,
        ticket: str,
        sentence: str,
        password: str,
        document: str = "",
    ) -> None:
        self._request = request
        self._document = document
        self._sent = ticket, sentence, password

    @cached_property
    def own(self) -> Own:
        return Own(self.content)

    @property
    def asks_password(self) -> bool:
        return acknowledgement_setting("ask_password")

    def problem(self) -> Message | None:
        """Return why nothing can be recorded, None where it can. Raises ``StorageError``."""
        ticket, sentence, _password = self._sent
        try:
            self.ticket = proven(ticket, self._request)
        except Unproven as error:
            return _(
                "Nothing was recorded. ${why} Open the document again.",
                mapping={"why": api.portal.translate(error.words)},
            )
        if self._document not in ("", self.ticket.document):
            return _OTHER_DOCUMENT
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
        if sentence.split() != self.own.sentence.text.split():
            self.is_offered_again = True
            return _OTHER_SENTENCE
        return self._problem_with_password() if self.asks_password else None

    def record(self, then: Then) -> bool:
        """Record it with the transaction, unless it was before. Return whether it is new.
        ``problem`` has said that nothing is in the way."""
        if self.own.that_counts is not None:
            return False
        said = self.own.said(self.ticket, self.own.sentence, self.asks_password)
        acknowledge([said], then)
        return True

    def _problem_with_password(self) -> Message | None:
        try:
            if is_own_password(self._sent[-1]):
                return None
        except TooManyFailures:
            return _TOO_MANY
        self.is_offered_again = True
        self.password_error = _("Type the password with which you log in.")
        return _PASSWORD
