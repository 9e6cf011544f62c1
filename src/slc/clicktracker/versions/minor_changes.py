"""Changes that say the same in substance: who has read an earlier text has read this.

What was declared is never changed or removed, only withdrawn, by whom and when: an
auditor can ask later which versions counted on a given day.
"""

from collections.abc import Iterable
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declaration import Plain
from slc.clicktracker.declarations.declaration import said_reason
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.versions.visible import visible_text
from typing import Any


#: The kind of declaration: its subject is the text that was the current one then.
MINOR_CHANGE = "minor-change"

#: In its details: all texts that say the same.
_DECLARED = "declared"

_changes = Declarations(MINOR_CHANGE)


@dataclass(frozen=True)
class DeclaredText:
    """One of the texts that were declared to say the same.

    ``text`` is its digest, or its label where it has none; ``label`` the number that it
    had in the history of the content, ``first`` when it was first served. Both tell
    people which one it is; they are "" and None where that was not known.
    """

    text: str
    label: str = ""
    first: datetime | None = None

    @classmethod
    def of(cls, kept: tuple[str, str, int | None]) -> "DeclaredText":
        text, label, first = kept
        return cls(text, label, first and from_microseconds(first))

    @property
    def kept(self) -> tuple[Plain, ...]:
        """The same as plain values."""
        return self.text, self.label, self.first and microseconds(self.first)


@dataclass(frozen=True)
class MinorChange:
    """Some texts of a document are the same in substance.

    The first of ``declared`` was the current one then. ``by`` declared it at
    ``since``; ``ended_by`` withdrew it at ``ended``, which are None while it holds.
    Times are UTC.
    """

    declared: tuple[DeclaredText, ...]
    reason: str
    by: Reader
    since: datetime
    ended_by: Reader | None = None
    ended: datetime | None = None

    @classmethod
    def of(cls, declaration: Declaration) -> "MinorChange":
        return cls(
            declared=tuple(map(DeclaredText.of, declaration.detail(_DECLARED, ()))),
            reason=declaration.reason,
            by=declaration.by,
            since=declaration.since,
            ended_by=declaration.ended_by,
            ended=declaration.ended,
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(each.text for each in self.declared)


def minor_changes_of(content: Any) -> tuple[MinorChange, ...]:
    """Return all that was declared of content, withdrawn or not, oldest first."""
    return tuple(map(MinorChange.of, _changes.of(document_uid(content))))


def uids_with_minor_changes() -> Set[str]:
    """Return the UIDs of all items of which something was declared, withdrawn or not."""
    return _changes.uids


def current_texts(content: Any, declared: Set[str] | None = None) -> tuple[str, ...]:
    """Return the text that content has now, then those that stand for it.

    Empty for content that is not known by anything, as it has neither fields nor a
    history. ``declared`` are the ``uids_with_minor_changes``, where many are asked about.
    """
    current = visible_text(content)
    if not current:
        return ()
    if declared is not None and document_uid(content) not in declared:
        return (current,)
    changes = minor_changes_of(content)
    if not changes:
        return (current,)
    holding = [each.texts for each in changes if each.ended is None]
    return same_in_substance(current, holding)


def same_in_substance(text: str, groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return a text, then all others that a chain of groups leads to.

    In whatever order the groups come, it is the same for each text of the result.
    """
    found = {text: None}
    left = [frozenset(group) for group in groups]
    while reached := [group for group in left if not group.isdisjoint(found)]:
        left = [group for group in left if group not in reached]
        for group in reached:
            found |= dict.fromkeys(sorted(group - found.keys()))
    return tuple(found)


def declare_minor(
    content: Any, declared: tuple[DeclaredText, ...], reason: str
) -> bool:
    """Declare that texts say the same, by the current user, now.

    Return False where all of them stand for each other already. Raises ``ValueError``
    without a reason.
    """
    reason = said_reason(reason)
    texts = tuple(each.text for each in declared)
    recorded = minor_changes_of(content)
    holding = [each.texts for each in recorded if each.ended is None]
    if set(texts) <= set(same_in_substance(texts[0], holding)):
        return False
    _changes.declare(
        document_uid(content), reason, texts[0], declared_details(declared)
    )
    return True


def withdraw(content: Any, since: datetime) -> bool:
    """End, by the current user, now, what was declared of content at a moment.

    Return False where nothing was, or it does not hold any more.
    """
    declared = _changes.of(document_uid(content))
    holding = [each for each in declared if each.holds and each.since == since]
    return sum(map(_changes.end, holding)) > 0


def declared_details(declared: Iterable[DeclaredText]) -> dict[str, Plain]:
    """Return the details of the declaration that some texts say the same."""
    return {_DECLARED: tuple(each.kept for each in declared)}
