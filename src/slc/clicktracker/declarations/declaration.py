"""One thing that somebody has declared about a document."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.storage.text import storable


#: Characters of a reason that are kept.
LONGEST_REASON = 1000

#: What a detail may be: Python itself can load it, and nobody can change it. A moment is
#: kept in microseconds, a day as it is written in ISO 8601.
Plain = str | int | bool | None | tuple["Plain", ...]

#: Whom or what a declaration is about: a person without the name, a version by what its
#: text is known by, or the document as such.
Subject = Reader | str | None


@dataclass(frozen=True)
class Declaration:
    """Somebody says something of a ``kind`` about the document with a UID.

    ``by`` declared it at ``since``, for a ``reason``; ``ended_by`` ended it at ``ended``,
    for ``ended_reason``, which are None, None and "" while it holds. Times are UTC.
    ``details`` are pairs of a name and a value, sorted by name: each kind has its own.
    ``key`` tells it from all others of the kind and document, and sorts them by time.
    """

    kind: str
    uid: str
    key: tuple[int, str]
    subject: Subject
    by: Reader
    since: datetime
    reason: str = ""
    details: tuple[tuple[str, Plain], ...] = ()
    ended_by: Reader | None = None
    ended: datetime | None = None
    ended_reason: str = ""

    @property
    def holds(self) -> bool:
        return self.ended is None

    def detail(self, name: str, default: Plain = None) -> Plain:
        """Return a detail, the default where it was declared without."""
        return dict(self.details).get(name, default)


def said_reason(text: str) -> str:
    """Return a reason as it is kept. Raises ``ValueError`` where it says nothing."""
    reason = storable(text, LONGEST_REASON).strip()
    if is_blank(reason):
        raise ValueError("A declaration needs a reason.")
    return reason


def plain_details(details: Mapping[str, Plain]) -> tuple[tuple[str, Plain], ...]:
    """Return details as they are kept. Raises ``TypeError`` for what can't be."""
    for name, value in details.items():
        if not _is_plain(value):
            raise TypeError(f"{name} can't be kept: {value!r}")
    return tuple(sorted(details.items()))


def _is_plain(value: object) -> bool:
    if type(value) is tuple:
        return all(map(_is_plain, value))
    return value is None or type(value) in (str, int, bool)


def to_kept(declaration: Declaration) -> tuple:
    """Return what of a declaration is kept for good, its end apart."""
    by = declaration.by
    return (
        _kept_subject(declaration.subject),
        by.folder,
        by.user,
        microseconds(declaration.since),
        declaration.reason,
        declaration.details,
    )


def from_kept(kind: str, uid: str, key: tuple[int, str], kept: tuple) -> Declaration:
    """Return a declaration that holds."""
    subject, folder, user, since, reason, details = kept
    return Declaration(
        kind=kind,
        uid=uid,
        key=key,
        subject=_subject(subject),
        by=Reader(user, folder),
        since=from_microseconds(since),
        reason=reason,
        details=details,
    )


def to_kept_end(by: Reader, moment: datetime, reason: str) -> tuple:
    """Return what is kept of an end."""
    return by.folder, by.user, microseconds(moment), reason


def ended_as_kept(declaration: Declaration, kept: tuple) -> Declaration:
    """Return a declaration with its end."""
    folder, user, moment, reason = kept
    return replace(
        declaration,
        ended_by=Reader(user, folder),
        ended=from_microseconds(moment),
        ended_reason=reason,
    )


def _kept_subject(subject: Subject) -> tuple[str, ...]:
    """A person is two texts, a version one, nothing none."""
    if isinstance(subject, Reader):
        return subject.folder, subject.user
    return () if subject is None else (subject,)


def _subject(kept: tuple[str, ...]) -> Subject:
    if len(kept) == 2:
        folder, user = kept
        return Reader(user, folder)
    return kept[0] if kept else None
