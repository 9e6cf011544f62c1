"""All declarations of one kind in the current site."""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from itertools import starmap
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declaration import ended_as_kept
from slc.clicktracker.declarations.declaration import from_kept
from slc.clicktracker.declarations.declaration import Plain
from slc.clicktracker.declarations.declaration import plain_details
from slc.clicktracker.declarations.declaration import said_reason
from slc.clicktracker.declarations.declaration import Subject
from slc.clicktracker.declarations.declaration import to_kept
from slc.clicktracker.declarations.declaration import to_kept_end
from slc.clicktracker.declarations.entries import add_end
from slc.clicktracker.declarations.entries import entries_of
from slc.clicktracker.declarations.entries import entries_of_kind
from slc.clicktracker.declarations.entries import new_key
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.text import is_blank
from typing import NamedTuple


_RECORD = SiteRecord("declarations")


class Declarations:
    """Those of one kind, by the UID of the document. Asking never writes."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def of(self, uid: str) -> tuple[Declaration, ...]:
        """Return all about a document, ended or not, oldest first."""
        return self._of(_RECORD.tree(), uid)

    def of_each(self, uids: Iterable[str]) -> dict[str, tuple[Declaration, ...]]:
        """Return the same of those documents, in their order, about which there are any."""
        tree = _RECORD.tree()
        found = ((uid, self._of(tree, uid)) for uid in uids)
        return {uid: declared for uid, declared in found if declared}

    def all(self) -> Iterator[Declaration]:
        """Return all of this kind, document by document."""
        return starmap(_from_entry, entries_of_kind(_RECORD.tree(), self._kind))

    @property
    def uids(self) -> set[str]:
        """The UIDs of all documents about which there are any."""
        found = entries_of_kind(_RECORD.tree(), self._kind)
        return {uid for (_kind, uid, *_rest), _kept, _end in found}

    @property
    def kept(self) -> "KeptDeclarations":
        return KeptDeclarations(self._kind, _RECORD.tree())

    def declare(
        self,
        uid: str,
        reason: str,
        subject: Subject = None,
        details: Mapping[str, Plain] | None = None,
    ) -> Declaration:
        """Declare something about a document, by the current user, now.

        Names of people are not kept. Raises ``TypeError`` for details that can't be.
        """
        tree, now = _RECORD.made(), utc_now()
        if isinstance(subject, Reader):
            subject = Reader(subject.user, subject.folder)
        key = new_key(tree, self._kind, uid, microseconds(now))
        new = Declaration(
            kind=self._kind,
            uid=uid,
            key=key[2:],
            subject=subject,
            by=Reader(*current_user()),
            since=now,
            reason=reason,
            details=plain_details(details or {}),
        )
        tree[key] = to_kept(new)
        return new

    def end(self, declaration: Declaration, reason: str = "") -> bool:
        """End a declaration, by the current user, now. Return False where it has ended
        already."""
        kept = to_kept_end(Reader(*current_user()), utc_now(), reason)
        return add_end(_RECORD.made(), _key_of(declaration), kept)

    def holding(self, uid: str) -> list[Declaration]:
        """Return those about a document that hold, oldest first."""
        return [each for each in self.of(uid) if each.holds]

    def replace(
        self, uid: str, reason: str, details: Mapping[str, Plain] | None = None
    ) -> None:
        """Declare what counts for a document from now on, and end all that holds about it
        for the same reason, by the current user.

        Only the first needs no reason: raises ``ValueError`` without one where another is
        replaced.
        """
        holding = self.holding(uid)
        kept = "" if is_blank(reason) and not holding else said_reason(reason)
        for each in holding:
            self.end(each, kept)
        self.declare(uid, kept, details=details)

    def end_all(self, uid: str, reason: str) -> bool:
        """End all that holds about a document. Return False where nothing does. Raises
        ``ValueError`` without a reason."""
        kept = said_reason(reason)
        return sum(self.end(each, kept) for each in self.holding(uid)) > 0

    def take_over(self, declaration: Declaration) -> bool:
        """Keep what was declared before, as it is. Return False where that was done
        already."""
        tree, key = _RECORD.made(), _key_of(declaration)
        if declaration.ended is not None:
            by, moment = declaration.ended_by, declaration.ended
            add_end(tree, key, to_kept_end(by, moment, declaration.ended_reason))
        return bool(tree.insert(key, to_kept(declaration)))

    def _of(self, tree: OOBTree, uid: str) -> tuple[Declaration, ...]:
        return tuple(starmap(_from_entry, entries_of(tree, self._kind, uid)))


class KeptDeclarations(NamedTuple):
    """Those of one kind as they are kept, in the ``tree`` of all kinds."""

    kind: str
    tree: OOBTree

    def entries(self) -> tuple[tuple[tuple, tuple, tuple], ...]:
        """Return the key, what was declared and how it ended, of all; they can be compared."""
        return tuple(entries_of_kind(self.tree, self.kind))


def prepare_declarations() -> None:
    """Make the place where declarations are kept, so that even the first two people who
    declare something at once don't conflict."""
    _RECORD.made()


def _key_of(declaration: Declaration) -> tuple:
    return declaration.kind, declaration.uid, *declaration.key


def _from_entry(key: tuple, kept: tuple, end: tuple) -> Declaration:
    kind, uid, *rest = key
    declaration = from_kept(kind, uid, tuple(rest), kept)
    return ended_as_kept(declaration, end) if end else declaration
