"""Forgetting a person in the current site, wherever something is known of them.

What is to be done is kept first. So whoever is stopped in the middle, or finds the storage
down, leaves that behind, and the next ``clicktracker clean-up`` finishes it: to do any of it
again is harmless.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker.interfaces import IPlaceOfPeople
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.settings.retention import ERASE
from slc.clicktracker.settings.retention import PSEUDONYMISE
from slc.clicktracker.sites.files_of_people import forget_in_files
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import RecordingOff
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.traces import Traces
from transaction import TransactionManager
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
    so. The ``pseudonym`` is by chance."""

    person: Reader
    way: str
    pseudonym: str
    since: datetime

    @property
    def erase(self) -> bool:
        return self.way == ERASE


class CannotForget(Exception):
    """The storage of the site can't forget anybody; the text says why."""


def ask_to_forget(person: Reader, way: str) -> ToBeForgotten:
    """Keep that somebody is to be forgotten, from the commit on. Of two who ask for the same
    person the first one counts; but what is to be erased is. ``ValueError`` for nobody, and
    for another way."""
    if way not in WAYS or not person.user:
        raise ValueError("Say who is to be forgotten, and how.")
    kept = _queue.get(_key(person))
    if kept and (kept[0] == way or kept[0] == ERASE):
        return _from_record(_key(person), kept)
    pseudonym = f"forgotten-{secrets.token_hex(_BYTES)}"
    new = (way, pseudonym, microseconds(utc_now()))
    _queue.set(_key(person), new)
    return _from_record(_key(person), new)


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
        storage.forget(asked.person)
    else:
        storage.pseudonymise(asked.person, asked.pseudonym)
    forget_in_files(storage, asked.person)


def forget_in_site(asked: ToBeForgotten) -> None:
    """Do what the site itself keeps, in the current transaction, and that it is done."""
    forget_in_places(asked)
    _queue.set(_key(asked.person), ())


def forget_in_places(asked: ToBeForgotten) -> None:
    """Do what the site itself keeps, in the current transaction."""
    for place in _places():
        place.forget(asked.person, asked.pseudonym, asked.erase)


def settle_apart(asked: ToBeForgotten, site: PloneSite) -> None:
    """Keep that it is done, in a transaction of its own: for who comes after a commit."""
    manager = TransactionManager()
    connection = site._p_jar.db().open(manager)
    try:
        _queue.tree(connection.get(site._p_oid)).pop(_key(asked.person), None)
        manager.commit()
    finally:
        manager.abort()
        connection.close()


def _places() -> Iterator[IPlaceOfPeople]:
    for _name, place in sorted(getUtilitiesFor(IPlaceOfPeople)):
        yield place


def _key(person: Reader) -> str:
    return f"{person.folder}\n{person.user}"


def _from_record(key: str, kept: tuple) -> ToBeForgotten:
    folder, user = key.split("\n", 1)
    way, pseudonym, since = kept
    return ToBeForgotten(Reader(user, folder), way, pseudonym, from_microseconds(since))
