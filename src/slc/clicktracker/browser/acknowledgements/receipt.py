"""``@@reading-receipt``: what a reader has acknowledged of a document."""

from AccessControl import Unauthorized
from functools import cached_property
from plone.protect import CheckAuthenticator
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.own import Own
from slc.clicktracker.acknowledgements.own import take_back
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.reports.acknowledged import AcknowledgementRow
from slc.clicktracker.reports.acknowledged import rows_of
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from zope.i18nmessageid import Message


class ReceiptView(BrowserView):
    """The screen, for the reader alone, who can take it back there."""

    index = ViewPageTemplateFile("templates/receipt.pt")
    facts = ViewPageTemplateFile("templates/facts.pt")
    localized = staticmethod(local_time)
    timezone = staticmethod(timezone_name)
    longest_reason = LONGEST_REASON

    problem: Message | None = None
    reason_error: Message | None = None

    #: All that is recorded, the latest first.
    rows: list[AcknowledgementRow] = []

    def __call__(self) -> str:
        if not is_logged_in():
            raise Unauthorized
        self.request.response.setHeader("Cache-Control", "private, no-store")
        try:
            self.rows = rows_of(self.own.every, NamedVersions(dated=False))
            if self.request.method == "POST":
                CheckAuthenticator(self.request)
                done = self._withdraw()
                if done is not None:
                    return say_what_was_done(self.request, done, self.url)
        except StorageError as error:
            self.request.response.setStatus(503, lock=True)
            self.problem = problem_of(error)
        return self.index()

    def _withdraw(self) -> Message | None:
        """Take back what stands. Return what was done, None if the form is amiss."""
        if is_blank(self.reason):
            self.reason_error = _("Say why you take it back.")
            return None
        if not take_back(self.own, self.chosen, self.reason):
            return _("Nothing was changed.")
        return _("Your acknowledgement was withdrawn. It stays in the list below.")

    @cached_property
    def own(self) -> Own:
        return Own(self.context)

    @property
    def can_withdraw(self) -> list[AcknowledgementRow]:
        """What the reader has said, and still stands, the latest first: one for each
        version. What others attest is theirs."""
        return [
            row
            for row in self.rows
            if row.stands
            and row.said.kind == ACKNOWLEDGED
            and not row.said.is_withdrawn
        ]

    @property
    def chosen(self) -> str:
        """Which of these is to be taken back, by its key: at first the latest."""
        latest = self.can_withdraw[0].said.key if self.can_withdraw else ""
        return text_from(self.request.form.get("key", latest))

    @property
    def reason(self) -> str:
        return text_from(self.request.form.get("reason")).strip()[:LONGEST_REASON]

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@reading-receipt"
