"""``@@clicktracker-as-of``: who had read content at a moment, and what says so."""

from datetime import datetime
from functools import cached_property
from plone import api
from plone.base.batch import Batch
from plone.protect import CheckAuthenticator
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked_moment import AskedMoment
from slc.clicktracker.reports.asked_moment import Option
from slc.clicktracker.reports.asked_moment import options
from slc.clicktracker.reports.head import NO_EVIDENCE
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import ATTESTED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.reports.sealing import made_seal
from slc.clicktracker.reports.sentences import moments as sentences
from slc.clicktracker.reports.then import EMPTINESS
from slc.clicktracker.reports.then import NOT_KNOWN
from slc.clicktracker.reports.then import person_rows
from slc.clicktracker.reports.then import source_of
from slc.clicktracker.reports.then import summary_of
from slc.clicktracker.seals.keys import KeyUnusable
from slc.clicktracker.seals.keys import seal_key
from slc.clicktracker.sites.openings import AS_OF
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.snapshots.as_of import as_of
from slc.clicktracker.snapshots.as_of import AsOf
from slc.clicktracker.snapshots.snapshot import DocumentThen
from slc.clicktracker.snapshots.snapshot import ReadingThen
from slc.clicktracker.snapshots.snapshots import snapshots_of
from slc.clicktracker.snapshots.state import NotKnown
from slc.clicktracker.snapshots.taking import take_snapshot
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from slc.clicktracker.words.times import viewer_timezone
from zope.i18nmessageid import Message


#: People on a page.
_PAGE_SIZE = 50


class AsOfView(NamesShown, AboutContent):
    """The screen, for those who may see the readers of the content. Who also manages its
    tracking takes snapshots and seals reports here."""

    index = ViewPageTemplateFile("templates/as-of.pt")
    says = sentences
    timezone = staticmethod(timezone_name)
    number = staticmethod(localized_number)
    no_evidence: Message = NO_EVIDENCE

    def __call__(self) -> str:
        refuse_what_is_hidden(self.context)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method != "POST":
            if self.asks_reason:
                return self.reason_page()
            if self.found is not None:
                # How many there were is said by the list itself.
                self.note_names(AS_OF, 0)
            return self.index()
        CheckAuthenticator(self.request)
        if not self.manages_tracking:
            return self._said(_("Nothing was changed."))
        return self._seal() if "seal" in self.request.form else self._take()

    def _take(self) -> str:
        try:
            take_snapshot(self.context)
        except NotKnown:
            return self._said(NOT_KNOWN)
        except PROBLEMS as error:
            return self._said(problem_of(error))
        return self._said(_("A snapshot was taken."))

    def _seal(self) -> str:
        found = self.found
        if found is None:
            return self._said(self.problem or EMPTINESS)
        seal, done = made_seal(self.context, found)
        if seal is None:
            return self._said(done)
        url = f"{self.context.absolute_url()}/@@clicktracker-seals"
        return say_what_was_done(self.request, done, url)

    def _said(self, message: Message) -> str:
        return say_what_was_done(self.request, message, self.url)

    @cached_property
    def asked(self) -> AskedMoment:
        form = self.request.form
        return AskedMoment.of(form, self.deadline, self._now, viewer_timezone())

    @cached_property
    def _now(self) -> datetime:
        return utc_now()

    @cached_property
    def deadline(self) -> Deadline | None:
        return deadline_of(self.context)

    @cached_property
    def options(self) -> list[Option]:
        kept = snapshots_of(document_uid(self.context))
        return options(self.deadline, kept, self._now)

    @property
    def is_typed(self) -> bool:
        """Is the moment none of those that can be chosen?"""
        return self.asked.value not in (each.value for each in self.options)

    @cached_property
    def _answer(self) -> tuple[AsOf | None, Message | None]:
        if self.asked.problem:
            return None, self.asked.problem
        try:
            return as_of(self.context, self.asked.moment), None
        except NotKnown:
            return None, NOT_KNOWN
        except PROBLEMS as error:
            return None, problem_of(error)

    @property
    def found(self) -> AsOf | None:
        """What can be said of the moment, None for nothing."""
        return self._answer[0]

    @property
    def problem(self) -> Message | None:
        """Why nothing can be said now, None where it can, or where nothing is known."""
        return self._answer[1]

    emptiness: Message = EMPTINESS

    @property
    def source(self) -> Message:
        """What the answer is from."""
        return source_of(self.found)

    @property
    def taken_later(self) -> datetime | None:
        """When the snapshot was taken, where that was later than the moment that it is of:
        who was expected is as it was then."""
        snapshot = self.found.snapshot
        is_late = snapshot is not None and snapshot.taken > snapshot.moment
        return snapshot.taken if is_late else None

    @property
    def summary(self) -> Message:
        """How far those were who were expected."""
        return summary_of(self.found)

    @cached_property
    def batch(self) -> Batch:
        rows = list(person_rows(self.found))
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        last_page = max(len(rows) - 1, 0) // _PAGE_SIZE * _PAGE_SIZE
        return Batch(rows, _PAGE_SIZE, min(start, last_page))

    def version_of(self, document: DocumentThen) -> Message:
        """Return what the version is called that was current then."""
        return self._versions.of_saved(document.uid, document.text, document.label)

    @cached_property
    def _versions(self) -> NamedVersions:
        return NamedVersions(dated=True)

    def said_of(self, reading: ReadingThen) -> list[Level]:
        """What the reader, or somebody else, has said of it."""
        said = {ACKNOWLEDGED: reading.acknowledged, ATTESTED: reading.attested}
        return [level for level, at in said.items() if at]

    @property
    def manages_tracking(self) -> bool:
        return api.user.has_permission(MANAGE_TRACKING, obj=self.context)

    @cached_property
    def key_problem(self) -> Message | None:
        """Why nothing can be sealed."""
        try:
            seal_key()
        except KeyUnusable as error:
            return error.problem
        return None

    def localized(self, moment: datetime) -> str:
        return local_time(moment)

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-as-of"
