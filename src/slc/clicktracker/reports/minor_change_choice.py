"""``MinorChoice``: which earlier versions of an item are the same in substance, as somebody
declares or withdraws it."""

from dataclasses import dataclass
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.reports.amiss import check_reason
from slc.clicktracker.reports.amiss import SOME_ERRORS
from slc.clicktracker.reports.known_versions import known_versions
from slc.clicktracker.reports.known_versions import KnownVersions
from slc.clicktracker.reports.minor_changes import minor_change_rows
from slc.clicktracker.reports.minor_changes import MinorChangeRow
from slc.clicktracker.reports.version_titles import VersionTitles
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.versions.minor_changes import current_texts
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.minor_changes import withdraw
from slc.clicktracker.versions.visible import visible_text
from slc.clicktracker.versions.visible import visible_version
from slc.clicktracker.words.differences import Differences
from typing import Any
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


class MinorChoice:
    """About one item."""

    def __init__(self, content: Any) -> None:
        self.content = content

    @cached_property
    def current(self) -> str:
        """What the current text is known by."""
        return visible_text(self.content)

    @cached_property
    def current_declared(self) -> DeclaredText:
        known = self.versions.first_of(self.current)
        if known is not None and known.label:
            return _declared(known)
        label = visible_version(self.content).label
        return DeclaredText(self.current, label, known and known.first)

    @property
    def current_title(self) -> Message:
        return self._titles.of(self.current_declared)

    @cached_property
    def may_see_readers(self) -> bool:
        return may_see_readers(self.content)

    @cached_property
    def _titles(self) -> VersionTitles:
        return VersionTitles(self.content, self.may_see_readers)

    @cached_property
    def versions(self) -> KnownVersions:
        return known_versions(document_uid(self.content))

    @cached_property
    def earlier(self) -> list[EarlierVersion]:
        counting = current_texts(self.content)
        differences = Differences(self.content)
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

    @cached_property
    def _rows(self) -> list[MinorChangeRow]:
        return minor_change_rows(self.content, self.may_see_readers)

    @property
    def holding(self) -> list[MinorChangeRow]:
        return [row for row in self._rows if row.change.ended is None]

    @property
    def withdrawn(self) -> list[MinorChangeRow]:
        return [row for row in self._rows if row.change.ended is not None]

    def declare(self, current: str, chosen: str, reason: str) -> tuple[bool, Message]:
        """Declare that all texts from the chosen one on say the same as the ``current``
        one, which somebody has seen. Return whether that changed anything, and what was
        done. Raises ``Amiss``."""
        errors: dict[str, Message] = {}
        why = _("Say why this makes no difference for readers.")
        check_reason(errors, reason, why)
        status = SOME_ERRORS
        if self.versions.problem:
            status = _("Nothing was declared.")
        elif current != self.current:
            status = _(
                "Nothing was declared: the item has changed since you opened the form. "
                "Look at its current text, then declare again."
            )
        elif chosen not in [each.known.text for each in self.earlier]:
            errors["text"] = _("Choose one of these versions.")
        if errors or status is not SOME_ERRORS:
            raise Amiss(errors, status)
        others = self.versions.between(self.current, chosen)
        declared = self.current_declared, *map(_declared, others)
        if declare_minor(self.content, declared, reason):
            return True, _(
                "From now on, readers of these versions count as readers of the "
                "current one."
            )
        return False, _("Nothing was changed: these versions count already.")

    def withdraw(self, key: str) -> tuple[bool, Message]:
        """End what was declared, by its key. Return the same."""
        for row in self.holding:
            if row.key == key and withdraw(self.content, row.change.since):
                return True, _(
                    "The declaration was withdrawn. People who have only read these "
                    "versions are listed under “Older version” again."
                )
        return False, _("Nothing was changed.")


def _declared(known: KnownText) -> DeclaredText:
    return DeclaredText(known.text, known.label, known.first)
