"""Who has opened a list of names, and why: one record for each viewer, list and hour.

However many people a list has, it is one record. So those who are in it find theirs by what
the list is of, and not by their names.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from itertools import islice
from operator import itemgetter
from plone.protect.interfaces import IDisableCSRFProtection
from slc.clicktracker import _
from slc.clicktracker.sites.key_index import KeyIndex
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.sites.reasons import given_reason
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc
from slc.clicktracker.storage.model import utc_now
from typing import Any
from zope.interface import alsoProvides


#: What is opened: the readers of a document or of all in a folder, people and papers of a
#: folder, all that is known of one reader there, addresses of those who are missing, members
#: and what they are missing, who is expected and excused, what was declared, a summary or a
#: reminder by mail, how often members were on the site,
#: who had read something at an earlier moment, or a sealed report.
READERS = "readers"
MATRIX = "matrix"
READER = "reader"
ADDRESSES = "addresses"
MEMBERS = "members"
MEMBER = "member"
AUDIENCE = "audience"
DECLARATIONS = "declarations"
SUMMARY = "summary"
REMINDER = "reminder"
VISITS = "visits"
AS_OF = "as-of"
TO_BE_REMINDED = "to-be-reminded"
SEAL = "seal"

#: How it left the screen, besides the formats of files.
PRINT = "print"
MAIL = "mail"
REST = "rest"

#: By UID, or by the one person it is about; hour; viewer; list.
_openings = SiteRecord("openings")

#: Its keys by viewer, and by hour; and what there is at all: UID, kind of list, path.
_viewers = KeyIndex(SiteRecord("openings-viewers"))
_hours = KeyIndex(SiteRecord("openings-hours"))
_lists = KeyIndex(SiteRecord("openings-lists"))

#: Stands in the place of a UID: no content has such a one.
_OF_PERSON = "person\n"


@dataclass(frozen=True)
class NamedList:
    """A list of names: ``what`` is one of the above, of the content with a ``uid``, which was
    at ``path`` (from the root of Zope) then. ``person`` is the one it is about, if it is one;
    ``filters`` are names and values that narrow it; ``as_file`` is a format, ``PRINT``,
    ``MAIL`` or ``REST``, "" for a screen."""

    what: str
    uid: str
    path: str
    filters: tuple[tuple[str, str], ...] = ()
    person: Reader | None = None
    as_file: str = ""


@dataclass(frozen=True)
class Opening:
    """``by`` has opened a list with so many ``names`` (0 where that is not known) for the
    first time within that hour.
    Names are not kept; ``by`` is without an id once that account is deleted. The ``reason``
    is empty where the site asked for none."""

    by: Reader
    listed: NamedList
    at: datetime
    names: int
    reason: str


def note_opening(listed: NamedList, names: int, request: Any) -> None:
    """Keep that the current user is shown a list, once for each list, reason and hour.

    This is written whatever the request is, as ``note_looks`` does it, and for the same
    reason: it says that the request was answered. Who is shown what is only known of
    themselves opens nothing.
    """
    user, folder = current_user()
    person = listed.person
    if person is not None and (person.folder, person.user) == (folder, user):
        return
    by, reason = Reader(user, folder), given_reason()
    if keep_opening(Opening(by, listed, utc_now(), names, reason)):
        alsoProvides(request, IDisableCSRFProtection)


def keep_opening(opening: Opening) -> bool:
    """Keep an opening of whomever. Return False where that is known of this hour."""
    key = _key(opening)
    if key in _openings.tree():
        return False
    _keep(key, _to_record(opening))
    return True


def openings_of(
    person: Reader, covers: Callable[[NamedList], bool]
) -> Iterator[Opening]:
    """Yield who has opened what is about a person: alone, or among others, as ``covers``
    tells of a list. It is asked once for each kind of list of each content, and told
    nothing else of it: there are many openings of the same."""
    tree = _openings.tree()
    yield from map(_from_record, _all_of(tree, _subject_of(person)))
    for uid, lists in _lists_by_uid():
        covered = {each for each in lists if covers(NamedList(*each))}
        if covered:
            found = _all_of(tree, uid)
            yield from (_from_record(kept) for kept in found if kept[2][:3] in covered)


def openings_by(person: Reader) -> Iterator[Opening]:
    """Yield what somebody has opened."""
    tree = _openings.tree()
    for key in _viewers.keys_of(person.folder, person.user):
        yield _from_record(tree[key])


def old_openings(before: datetime) -> int:
    """Count the openings of hours that were over before a time."""
    return sum(1 for _each in _hours.keys_before(_hour(before)))


def drop_openings(before: datetime, most: int) -> int:
    """Remove some of these, and return how many; 0 once there are none."""
    keys = list(islice(_hours.keys_before(_hour(before)), most))
    for key in keys:
        _remove(key)
    _leave_out_lists({key[0] for key in keys})
    return len(keys)


def forget_openings(person: Reader) -> None:
    """Remove what was opened of a person alone, as a later account of the same id is
    somebody else. That somebody has opened lists of others stays, without saying who."""
    for key in _keys_about(person):
        _remove(key)
    for key in _viewers.keys_of(person.folder, person.user):
        unnamed = replace(_from_record(_remove(key)), by=Reader(""))
        _keep(_key(unnamed), _to_record(unnamed))


def index_openings() -> None:
    """Make anew what tells of whom and when they are: for a site that has kept some without
    it."""
    for each in (_viewers, _hours, _lists):
        each.clear()
    for key, kept in _openings.all().items():
        _index(key, kept)


def _keep(key: tuple, kept: tuple) -> None:
    _openings.made()[key] = kept
    _index(key, kept)


def _index(key: tuple, kept: tuple) -> None:
    subject, hour, folder, user, _digest = key
    _hours.add((hour,), key)
    if user:
        _viewers.add((folder, user), key)
    if not subject.startswith(_OF_PERSON):
        what, uid, path = kept[2][:3]
        _lists.add((uid, what), path)


def _remove(key: tuple) -> tuple:
    _subject, hour, folder, user, _digest = key
    _hours.remove((hour,), key)
    _viewers.remove((folder, user), key)
    return _openings.made().pop(key)


def _leave_out_lists(uids: Iterable[str]) -> None:
    """Don't say any more what there is of content of which nothing is left."""
    tree = _openings.tree()
    for uid in uids:
        if not len(_all_of(tree, uid)):
            for _uid, what, path in _lists.all_of(uid):
                _lists.remove((uid, what), path)


def _number_of(person: Reader) -> int:
    about = set(_keys_about(person))
    return len(about.union(_viewers.keys_of(person.folder, person.user)))


OPENINGS_OF_PEOPLE = PlaceOfPeople(
    _("Who has opened lists about them alone, and which lists they have opened"),
    _number_of,
    lambda person, pseudonym, erase: forget_openings(person),
)


def _subject_of(person: Reader) -> str:
    return f"{_OF_PERSON}{person.folder}\n{person.user}"


def _keys_about(person: Reader) -> list[tuple]:
    """Return the keys of what is about a person alone."""
    subject = _subject_of(person)
    return list(_openings.tree().keys((subject,), (f"{subject}\0",)))


def _lists_by_uid() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Yield each UID with the lists of it: kind, UID, and where it was."""
    for uid, some in groupby(_lists.all(), itemgetter(0)):
        yield uid, [(what, uid, path) for _uid, what, path in some]


def _all_of(tree: OOBTree, subject: str) -> Iterable[tuple]:
    """Return what is kept of what lists were of, as it is kept."""
    return tree.values((subject,), (f"{subject}\0",))


def _key(opening: Opening) -> tuple:
    listed = opening.listed
    subject = listed.uid if listed.person is None else _subject_of(listed.person)
    said = repr((*_plain(listed), opening.reason)).encode("utf-8", "surrogatepass")
    by = opening.by.folder, opening.by.user
    return subject, _hour(opening.at), *by, sha256(said).hexdigest()[:16]


def _hour(moment: datetime) -> str:
    return f"{utc(moment):%Y-%m-%dT%H}"


def _plain(listed: NamedList) -> tuple:
    person = listed.person
    who = None if person is None else (person.folder, person.user)
    return listed.what, listed.uid, listed.path, listed.filters, who, listed.as_file


def _to_record(opening: Opening) -> tuple:
    return (
        opening.by.folder,
        opening.by.user,
        _plain(opening.listed),
        microseconds(opening.at),
        opening.names,
        opening.reason,
    )


def _from_record(kept: tuple) -> Opening:
    folder, user, plain, moment, names, reason = kept
    what, uid, path, filters, who, as_file = plain
    person = None if who is None else Reader(who[1], who[0])
    return Opening(
        by=Reader(user, folder),
        listed=NamedList(what, uid, path, filters, person, as_file),
        at=from_microseconds(moment),
        names=names,
        reason=reason,
    )
