"""Changes that say the same in substance: who has read an earlier text has read this.

What was declared is never changed or removed, only withdrawn, by whom and when: an
auditor can ask later which versions counted on a given day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.storage.text import storable
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version
from typing import Any


#: Characters of a reason that are kept.
LONGEST_REASON = 1000

_changes = SiteRecord("minor-changes")


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

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(each.text for each in self.declared)


def minor_changes_of(content: Any) -> tuple[MinorChange, ...]:
    """Return all that was declared of content, withdrawn or not, oldest first."""
    return tuple(map(_from_record, _changes.get(document_uid(content))))


def current_texts(content: Any) -> tuple[str, ...]:
    """Return the text that content has now, then those that stand for it.

    Empty for content that is not known by anything, as it has neither fields nor a
    history.
    """
    current = text_key(visible_version(content))
    if not current:
        return ()
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
    reason = storable(reason, LONGEST_REASON).strip()
    if is_blank(reason):
        raise ValueError("A minor change needs a reason.")
    recorded = minor_changes_of(content)
    new = MinorChange(declared, reason, Reader(*current_user()), utc_now())
    holding = [each.texts for each in recorded if each.ended is None]
    if set(new.texts) <= set(same_in_substance(new.texts[0], holding)):
        return False
    _keep(document_uid(content), (*recorded, new))
    return True


def withdraw(content: Any, since: datetime) -> bool:
    """End, by the current user, now, what was declared of content at a moment.

    Return False where nothing was, or it does not hold any more.
    """
    recorded = minor_changes_of(content)
    by, now = Reader(*current_user()), utc_now()
    result = tuple(
        replace(each, ended_by=by, ended=now)
        if each.ended is None and each.since == since
        else each
        for each in recorded
    )
    if result == recorded:
        return False
    _keep(document_uid(content), result)
    return True


def _keep(uid: str, changes: tuple[MinorChange, ...]) -> None:
    _changes.set(uid, tuple(map(_to_record, changes)))


def _to_record(change: MinorChange) -> tuple:
    declared = tuple(
        (each.text, each.label, each.first and microseconds(each.first))
        for each in change.declared
    )
    ended = None
    if change.ended is not None:
        by = change.ended_by
        ended = (by.folder, by.user, microseconds(change.ended))
    by = change.by
    return (
        declared,
        change.reason,
        by.folder,
        by.user,
        microseconds(change.since),
        ended,
    )


def _from_record(kept: tuple) -> MinorChange:
    declared, reason, by_folder, by_user, since, ended = kept
    change = MinorChange(
        declared=tuple(
            DeclaredText(text, label, first and from_microseconds(first))
            for text, label, first in declared
        ),
        reason=reason,
        by=Reader(by_user, by_folder),
        since=from_microseconds(since),
    )
    if ended is None:
        return change
    end_folder, end_user, moment = ended
    return replace(
        change,
        ended_by=Reader(end_user, end_folder),
        ended=from_microseconds(moment),
    )
