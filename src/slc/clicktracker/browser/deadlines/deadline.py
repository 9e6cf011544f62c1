"""``@@clicktracker-deadline``: by when content has to be read."""

from datetime import date
from datetime import datetime
from functools import cached_property
from plone.protect import CheckAuthenticator
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.asked import applied_choice
from slc.clicktracker.acknowledgements.asked import is_asked_usually
from slc.clicktracker.acknowledgements.asked import usual_sentence
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import applied_deadline
from slc.clicktracker.deadlines.deadlines import AppliedDeadline
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.reminders.wishes import Wishes
from slc.clicktracker.reminders.words import reminders_in_words
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.asked_deadline import AskedDeadline
from slc.clicktracker.reports.asked_deadline import LEVELS_TO_ASK_FOR
from slc.clicktracker.reports.deadline_change import DeadlineChange
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.sentences import deadline as sentences
from slc.clicktracker.reports.sentences.about import SET
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.tracking.allowed import if_visible
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.times import local_day
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from typing import Any
from zope.i18nmessageid import Message


_NOTHING = _("Nothing was changed.")


class DeadlineView(AboutContent):
    """The screen, for those who may say who is expected."""

    index = ViewPageTemplateFile("templates/deadline.pt")

    by_when_part = ViewPageTemplateFile("templates/by-when.pt")
    longest_reason = LONGEST_REASON
    levels = LEVELS_TO_ASK_FOR
    says = sentences
    notices = sentences.NOTICES
    timezone = staticmethod(timezone_name)

    #: What is wrong with the form as it was sent: in general, and with its reasons.
    status: Message | None = None
    reason_error: Message | None = None
    end_error: Message | None = None

    def __call__(self) -> str:
        refuse_what_is_hidden(self.context)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method != "POST":
            return self.index()
        CheckAuthenticator(self.request)
        done = self._end() if self._ends else self._set()
        if done is None:
            return self.index()
        return say_what_was_done(self.request, done, self.url)

    def by_when(self) -> str:
        """Return what leads here from other screens: a line with what holds now, "" for
        what can't have a deadline."""
        return self.by_when_part() if self.can_have_one else ""

    def _set(self) -> Message | None:
        """Declare what the form says. Return what was done, None if it is amiss."""
        try:
            return self.change.set(self.asked, self.reason, self._sent("holding")) or (
                _NOTHING
            )
        except Amiss as error:
            self.status, self.reason_error = error.status, error.errors.get("reason")
            return None

    def _end(self) -> Message | None:
        try:
            return self.change.end(self.end_reason, self._sent("holding")) or _NOTHING
        except Amiss as error:
            self.status, self.end_error = error.status, error.errors.get("reason")
            return None

    @cached_property
    def change(self) -> DeadlineChange:
        return DeadlineChange(self.context)

    @property
    def own(self) -> Declaration | None:
        return self.change.own

    @property
    def own_deadline(self) -> Deadline | None:
        return self.change.own_deadline

    @property
    def holding(self) -> str:
        return self.change.holding

    @cached_property
    def applied(self) -> AppliedDeadline | None:
        return applied_deadline(self.context)

    @property
    def text(self) -> str:
        return deadline_text(self.applied.deadline)

    @property
    def level(self) -> Level:
        return level_of(self.applied.deadline.level)

    @property
    def declared_by(self) -> str:
        return name_of(self.applied.declaration.by)

    @property
    def visible_source(self) -> Any:
        """The folder that has the deadline, if the viewer may know of it."""
        return if_visible(self.applied.source)

    @property
    def where_set(self) -> str:
        """For what it holds, as HTML."""
        source = self.visible_source
        return self.where(SET, bool(self.own), source, self.notices.view)

    @cached_property
    def asked(self) -> AskedDeadline:
        """What is in the fields: what was sent, else what holds here."""
        if self.request.method == "POST" and not self._ends:
            return AskedDeadline.from_form(self.request.form)
        if self.own is None and self.is_asked_already:
            # Whoever asks readers to acknowledge it mostly means that by a deadline, too.
            return AskedDeadline(level=ACKNOWLEDGED.name)
        return AskedDeadline.of(self.own_deadline)

    @property
    def can_acknowledge(self) -> bool:
        return self.change.can_acknowledge

    @property
    def is_asked_already(self) -> bool:
        """Are readers asked to acknowledge it, or what is below it, without a deadline?"""
        applied = applied_choice(self.context)
        return self.can_acknowledge and (
            applied.choice.is_asked if applied else is_asked_usually()
        )

    @property
    def can_never_be_met(self) -> bool:
        """Does the deadline ask for what no reader can do at present?"""
        return self.applied.deadline.asks_to_acknowledge and not self.can_acknowledge

    @property
    def sentence(self) -> str:
        """What readers acknowledge here, or would."""
        return usual_sentence(self.context).text

    @property
    def reason(self) -> str:
        return self._sent("reason").strip()

    @property
    def end_reason(self) -> str:
        return self._sent("end_reason").strip()

    @property
    def _ends(self) -> bool:
        return "end" in self.request.form

    def _sent(self, name: str) -> str:
        return text_from(self.request.form.get(name))

    @property
    def site_zone(self) -> str:
        return site_timezone().zone

    @property
    def reminder_days(self) -> str:
        """When people are reminded, "" where the site reminds nobody."""
        return reminders_in_words(Wishes.of_site())

    @property
    def can_have_one(self) -> bool:
        return self.change.can_have_one

    def localized(self, moment: datetime) -> str:
        return local_time(moment)

    def localized_day(self, day: date) -> str:
        return local_day(day)

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-deadline"
