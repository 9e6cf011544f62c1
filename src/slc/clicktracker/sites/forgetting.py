"""Forgetting a person in the current site, wherever something is known of them.

What the site itself keeps is forgotten first, and with it is kept what is still to be done. So
whoever is stopped in the middle, or finds the storage down, leaves that behind, and the next
``clicktracker clean-up`` finishes it: to do any of it again is harmless. By then, the id may be
somebody else's: nothing is taken that began after the person was to be forgotten.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from plone import api
from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker.interfaces import IPlaceOfPeople
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.settings.retention import ERASE
from slc.clicktracker.settings.retention import PSEUDONYMISE
from slc.clicktracker.sites.apart import site_apart
from slc.clicktracker.sites.files_of_people import forget_in_files
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import RecordingOff
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.traces import Traces
from zope.component import getUtilitiesFor
from zope.i18nmessageid import Message

import secrets


#: How somebody can be forgotten.
WAYS = (PSEUDONYMISE, ERASE)

_queue = SiteRecord("to-be-forgotten")

_BYTES = 8


@dataclass(frozen=True)
class ToBeForgotten:
    """That a ``person`` is to be forgotten, in one of the ``WAYS``, and since when that is
    so: what is later is of somebody new. The ``pseudonym`` is by chance; ``is_gone`` says that
    there was no account any more."""

    person: Reader
    way: str
    pseudonym: str
    since: datetime
    is_gone: bool = False

    @property
    def erase(self) -> bool:
        return self.way == ERASE


class CannotForget(Exception):
    """The storage of the site can't forget anybody; the text says why."""


def ask_to_forget(person: Reader, way: str, is_gone: bool = False) -> ToBeForgotten:
    """Forget somebody in what the site itself keeps, and keep that the rest is to be done, from
    the commit on. ``is_gone``: the account is being deleted.

    Of two who ask for the same person the pseudonym of the first one counts; but what is to be
    erased is. ``ValueError`` for nobody, and for another way."""
    if way not in WAYS or not person.user:
        raise ValueError("Say who is to be forgotten, and how.")
    waiting = waiting_for(person)
    if waiting is not None and waiting.erase:
        way = ERASE
    asked = ToBeForgotten(
        person=Reader(person.user, person.folder),
        way=way,
        pseudonym=(
            waiting.pseudonym
            if waiting is not None and waiting.way == way
            else f"forgotten-{secrets.token_hex(_BYTES)}"
        ),
        since=utc_now(),
        is_gone=is_gone or not _has_account(person),
    )
    _queue.set(_key(person), _to_record(asked))
    _forget_in_places(asked)
    return asked


def waiting_for(person: Reader) -> ToBeForgotten | None:
    """Return how somebody was to be forgotten and is not yet, None for all others."""
    kept = _queue.get(_key(person))
    return _from_record(_key(person), kept) if kept else None


def to_be_forgotten() -> list[ToBeForgotten]:
    """Return who was to be forgotten and is not yet, in no order."""
    return [_from_record(key, kept) for key, kept in _queue.all().items()]


def known_of(person: Reader) -> tuple[Traces | None, list[tuple[Message, int]]]:
    """Return what the storage knows of a person, None where it can't be told, and what
    other places do: titles and numbers, but no zeros. Raises ``StorageError``."""
    traces = None
    try:
        storage = site_storage()
    except RecordingOff:
        storage = None
    if IStorageMaintenance.providedBy(storage):
        traces = storage.traces(person)
    found = [(place.title, place.number_of(person)) for place in _places()]
    return traces, [(title, number) for title, number in found if number]


def forget_in_storage(asked: ToBeForgotten) -> None:
    """Do the part that no transaction of Zope's is about: the storage, from which what
    still waits in spools is refused from now on, and the files of this host.

    Raises ``StorageError``, ``CannotForget`` and what ``forget_in_files`` does.
    """
    try:
        storage = site_storage()
    except RecordingOff as error:
        raise CannotForget(
            "recording is switched off, so nobody knows where readings are"
        ) from error
    if not IStorageMaintenance.providedBy(storage):
        raise CannotForget("its storage can't forget anybody")
    if asked.erase:
        storage.forget(asked.person, asked.since)
    else:
        storage.pseudonymise(asked.person, asked.pseudonym, asked.since)
    forget_in_files(storage, asked.person)


def forget_in_site(asked: ToBeForgotten) -> None:
    """Forget once more what the site itself keeps, in the current transaction, and keep that
    all is done: until the storage had forgotten the person, a snapshot may have named them
    again. Where the id is somebody else's by now, all of it is theirs."""
    if not (asked.is_gone and _has_account(asked.person)):
        _forget_in_places(asked)
    _settle(_queue.made(), asked)


def settle_apart(asked: ToBeForgotten, site: PloneSite) -> None:
    """Keep that it is done, in a transaction of its own: for who comes after a commit."""
    with site_apart(site) as now:
        _settle(_queue.made(now), asked)


def _settle(queue: OOBTree, asked: ToBeForgotten) -> None:
    """Keep that it is done, unless somebody has asked for it again meanwhile."""
    if queue.get(_key(asked.person)) == _to_record(asked):
        del queue[_key(asked.person)]


def _forget_in_places(asked: ToBeForgotten) -> None:
    for place in _places():
        place.forget(asked.person, asked.pseudonym, asked.erase)


def _has_account(person: Reader) -> bool:
    path = person.folder or f"{'/'.join(api.portal.get().getPhysicalPath())}/acl_users"
    folder = api.portal.get().unrestrictedTraverse(path, None)
    find = getattr(folder, "getUserById", lambda user: None)
    return find(person.user) is not None


def _places() -> Iterator[IPlaceOfPeople]:
    for _name, place in sorted(getUtilitiesFor(IPlaceOfPeople)):
        yield place


def _key(person: Reader) -> str:
    return f"{person.folder}\n{person.user}"


def _to_record(asked: ToBeForgotten) -> tuple:
    since = microseconds(asked.since)
    return asked.way, asked.pseudonym, since, int(asked.is_gone)


def _from_record(key: str, kept: tuple) -> ToBeForgotten:
    folder, user = key.split("\n", 1)
    way, pseudonym, since, is_gone = kept
    return ToBeForgotten(
        person=Reader(user, folder),
        way=way,
        pseudonym=pseudonym,
        since=from_microseconds(since),
        is_gone=bool(is_gone),
    )
