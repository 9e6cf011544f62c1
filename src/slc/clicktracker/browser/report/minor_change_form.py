"""``@@clicktracker-minor-change``: which earlier versions are the same in substance."""

from AccessControl import Unauthorized
from dataclasses import dataclass
from functools import cached_property
from plone import api
from plone.protect import CheckAuthenticator
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.reports.known_versions import known_versions
from slc.clicktracker.reports.known_versions import KnownVersions
from slc.clicktracker.reports.minor_changes import may_declare
from slc.clicktracker.reports.minor_changes import minor_change_rows
from slc.clicktracker.reports.minor_changes import MinorChangeRow
from slc.clicktracker.reports.version_titles import VersionTitles
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.versions.minor_changes import current_texts
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.minor_changes import withdraw
from slc.clicktracker.versions.visible import visible_text
from slc.clicktracker.versions.visible import visible_version
from slc.clicktracker.words.differences import Differences
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class EarlierVersion:
    """A version that can be chosen, or that ``counts`` already.

    ``changes`` is where to see what has changed since, None where that is not kept.
    """

    known: KnownText
    title: Message
    changes: str | None
    counts: bool


class MinorChangeView(AboutContent):
    """The screen: who may edit the content declares, who manages tracking withdraws,
    too."""

    index = ViewPageTemplateFile("templates/minor-change.pt")
    changes_list = ViewPageTemplateFile("templates/minor-change-list.pt")
    timezone = staticmethod(timezone_name)
    localized = staticmethod(local_time)
    longest_reason = LONGEST_REASON

    #: What is wrong with the form as it was sent: in general, and at its fields.
    status: Message | None = None
    choice_error: Message | None = None
    reason_error: Message | None = None

    def __call__(self) -> str:
        refuse_what_is_hidden(self.context)
        if not (self.may_declare or self._manages_tracking):
            raise Unauthorized
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method != "POST":
            return self.index()
        CheckAuthenticator(self.request)
        done = self._withdraw() if "withdraw" in self.request.form else self._declare()
        if done is None:
            return self.index()
        return say_what_was_done(self.request, done, self.url)

    def _withdraw(self) -> Message:
        key = self._sent("withdraw")
        for row in self.holding:
            if row.key == key and withdraw(self.context, row.change.since):
                return _(
                    "The declaration was withdrawn. People who have only read these "
                    "versions are listed under “Older version” again."
                )
        return _("Nothing was changed.")

    def _declare(self) -> Message | None:
        """Declare what the form says. Return what was done, None if it is amiss."""
        if not self.may_declare:
            raise Unauthorized
        self._check()
        if self.status:
            return None
        if declare_minor(self.context, self._declared, self.reason):
            return _(
                "From now on, readers of these versions count as readers of the "
                "current one."
            )
        return _("Nothing was changed: these versions count already.")

    def _check(self) -> None:
        """Find what is amiss with the form as it was sent."""
        if is_blank(self.reason):
            self.reason_error = _("Say why this makes no difference for readers.")
        elif len(self.reason) > LONGEST_REASON:
            self.reason_error = _(
                "No more than ${limit} characters.", mapping={"limit": LONGEST_REASON}
            )
        if self.versions.problem:
            self.status = _("Nothing was declared.")
        elif self._sent("current") != self.current:
            self.status = _(
                "Nothing was declared: the item has changed since you opened the form. "
                "Look at its current text, then declare again."
            )
        elif self.chosen not in [each.known.text for each in self.earlier]:
            self.choice_error = _("Choose one of these versions.")
        if self.choice_error or self.reason_error:
            self.status = self.status or _("There were some errors.")

    @property
    def _declared(self) -> tuple[DeclaredText, ...]:
        """The current text and all that are from the chosen one on."""
        others = self.versions.between(self.current, self.chosen)
        return self._current_declared, *map(_declared, others)

    @cached_property
    def current(self) -> str:
        """What the current text is known by."""
        return visible_text(self.context)

    @cached_property
    def _current_declared(self) -> DeclaredText:
        known = self.versions.first_of(self.current)
        label = visible_version(self.context).label
        return DeclaredText(self.current, label, known and known.first)

    @property
    def current_title(self) -> Message:
        return self._titles.of(self._current_declared)

    @cached_property
    def _titles(self) -> VersionTitles:
        return VersionTitles(self.context, self.may_see_readers)

    @property
    def current_first(self) -> str | None:
        """When it was delivered first, None if it was not yet, its title says that, or
        the viewer may not see readers."""
        current = self._current_declared
        said = self.may_see_readers and current.label and current.first
        return local_time(current.first) if said else None

    @cached_property
    def versions(self) -> KnownVersions:
        return known_versions(document_uid(self.context))

    @cached_property
    def earlier(self) -> list[EarlierVersion]:
        counting = current_texts(self.context)
        differences = Differences(self.context)
        return [
            EarlierVersion(
                known=each,
                title=self._titles.of(_declared(each)),
                changes=differences.since(each.label),
                counts=each.text in counting,
            )
            for each in self.versions.texts
            if each.text != self.current
        ]

    @property
    def all_count(self) -> bool:
        return all(each.counts for each in self.earlier)

    @cached_property
    def _rows(self) -> list[MinorChangeRow]:
        return minor_change_rows(self.context, self.may_see_readers)

    @property
    def holding(self) -> list[MinorChangeRow]:
        return [row for row in self._rows if row.change.ended is None]

    @property
    def withdrawn(self) -> list[MinorChangeRow]:
        return [row for row in self._rows if row.change.ended is not None]

    @cached_property
    def may_declare(self) -> bool:
        return may_declare(self.context)

    @property
    def _manages_tracking(self) -> bool:
        return api.user.has_permission(MANAGE_TRACKING, obj=self.context)

    @cached_property
    def may_see_readers(self) -> bool:
        return may_see_readers(self.context)

    @property
    def reason(self) -> str:
        """The reason as it was typed."""
        return self._sent("reason").strip()

    @property
    def chosen(self) -> str:
        """The text of the version as it was chosen."""
        return self._sent("text")

    def _sent(self, name: str) -> str:
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@{self.__name__}"


def _declared(known: KnownText) -> DeclaredText:
    return DeclaredText(known.text, known.label, known.first)
