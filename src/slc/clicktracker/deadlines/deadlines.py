"""Which deadline holds for a document: its own, else that of the nearest folder."""

from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Iterable
from dataclasses import dataclass
from plone.app.contenttypes.interfaces import ILink
from plone.app.iterate.interfaces import IWorkingCopy
from plone.base.interfaces import IPloneSiteRoot
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.alike import Kinds
from slc.clicktracker.tracking.alike import OncePerCharacter
from slc.clicktracker.tracking.catalogued import Catalogued
from slc.clicktracker.tracking.choice import is_working_copy
from slc.clicktracker.tracking.choice import sends_away
from slc.clicktracker.tracking.lasting import KnownOfFolders
from slc.clicktracker.tracking.lasting import stamp_of_kinds
from slc.clicktracker.tracking.lineage import lineage
from typing import Any


#: The kind of declaration: it has no subject, and what a ``Deadline`` has is its details.
DEADLINE = "deadline"

_deadlines = Declarations(DEADLINE)


@dataclass(frozen=True)
class AppliedDeadline:
    """A deadline, what was declared, and the item of which it was: ``source``."""

    deadline: Deadline
    declaration: Declaration
    source: Any


def own_declaration(content: Any) -> Declaration | None:
    """Return what was declared of this very item and holds: the latest, where two people
    said something at once."""
    holding = _deadlines.holding(document_uid(content))
    return holding[-1] if holding else None


def applied_deadline(content: Any) -> AppliedDeadline | None:
    """Return the deadline of an item, else that of the nearest folder up to the site.

    A working copy has none, nor has a link that sends its readers away: nobody is meant to
    read them.
    """
    if is_working_copy(content) or sends_away(content):
        return None
    for item in lineage(content):
        declaration = own_declaration(item)
        if declaration is not None:
            return AppliedDeadline(Deadline.of(declaration), declaration, item)
    return None


def deadline_of(content: Any) -> Deadline | None:
    """Return the deadline that holds for content now, None where there is none."""
    applied = applied_deadline(content)
    return None if applied is None else applied.deadline


def deadlines_of_each(items: Iterable[Catalogued]) -> list[Deadline | None]:
    """Return the same for each of many items, such as those of a dashboard."""
    known: dict[int, Deadline] = {}
    found = []
    for declaration in declared_for_each(items):
        if declaration is None:
            found.append(None)
            continue
        # What a folder has is one and the same declaration for all that is in it.
        if id(declaration) not in known:
            known[id(declaration)] = Deadline.of(declaration)
        found.append(known[id(declaration)])
    return found


def declared_for_each(items: Iterable[Catalogued]) -> list[Declaration | None]:
    """Return what was declared of which the deadline of each item comes.

    What items have of their own is read all together, and what a folder has once.
    """
    listed = list(items)
    of_folders: dict[str, Declaration | None] = {}
    own = _deadlines.of_each(item.uid for item in listed)
    usual = Kinds().is_usual
    known = KnownOfFolders(usual, "may have no deadline", stamp_of_kinds())
    may_have_none = OncePerCharacter(_may_have_none, usual, known)
    found = []
    for item in listed:
        if may_have_none.of(item) and deadline_of(item.content) is None:
            found.append(None)
            continue
        holding = [each for each in own.get(item.uid, ()) if each.holds]
        found.append(holding[-1] if holding else _of_folder_of(item, of_folders))
    return found


def has_deadlines() -> bool:
    """Was a deadline ever set in the current site?"""
    return next(_deadlines.all(), None) is not None


def changes_for(content: Any) -> int:
    """Return how often deadlines were set and ended that content has or could have: a
    number that grows with each change, for calendars."""
    declared = (
        each for item in lineage(content) for each in _deadlines.of(document_uid(item))
    )
    return sum(1 if each.holds else 2 for each in declared)


def set_deadline(content: Any, deadline: Deadline, reason: str) -> bool:
    """Declare by when an item, and what is below it, has to be read: by the current user,
    now. It replaces what was declared before, which ends for the same reason.

    Return False where the same holds already. Only the first needs no reason: raises
    ``ValueError`` without one where another is replaced.
    """
    uid = document_uid(content)
    holding = _deadlines.holding(uid)
    if holding and Deadline.of(holding[-1]) == deadline:
        return False
    _deadlines.replace(uid, reason, deadline.details)
    return True


def end_deadline(content: Any, reason: str) -> bool:
    """End, by the current user, now, the deadline of this very item. That of a folder
    above then holds, if there is one.

    Return False where there is none. Raises ``ValueError`` without a reason.
    """
    return _deadlines.end_all(document_uid(content), reason)


def _of_folder_of(
    item: Catalogued, of_folders: dict[str, Declaration | None]
) -> Declaration | None:
    """Return what was declared that holds in the folder of an item."""
    if item.folder in of_folders:
        # Nearly always; then nobody needs the content.
        return of_folders[item.folder]
    passed, path, folder = [], item.folder, aq_parent(aq_inner(item.content))
    declaration = None
    while path not in of_folders:
        passed.append(path)
        declaration = None if folder is None else own_declaration(folder)
        if declaration is not None:
            break
        if folder is None or IPloneSiteRoot.providedBy(folder):
            break
        path, folder = path.rpartition("/")[0], aq_parent(aq_inner(folder))
    else:
        declaration = of_folders[path]
    of_folders |= dict.fromkeys(passed, declaration)
    return declaration


def _may_have_none(content: Any) -> bool:
    """Is it of a kind of which some have no deadline, whatever is declared?"""
    return IWorkingCopy.providedBy(content) or ILink.providedBy(content)
