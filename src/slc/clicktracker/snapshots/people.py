"""People by number, for what is kept for years: snapshots and seals.

A number stands for an account with the name that it had. Whoever is renamed, or has an id
after somebody else, gets another one. What is kept of people elsewhere is their numbers
alone. So to forget a person is to remove a few entries here: nothing else names them, and
nothing else has to change.

The ``secret`` of an entry is what seals make their commitments with. Where it is gone, nobody
can find out whom a commitment in a seal was of, not even by trying all members.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from plone.browserlayer.utils import registered_layers
from Products.PluggableAuthService.interfaces.events import IPrincipalDeletedEvent
from slc.clicktracker import _
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.sites.people import names
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import Reader
from zope.component.hooks import getSite

import secrets


#: Numbers to what is known of a person, and the way back.
_people = SiteRecord("people")
_numbers = SiteRecord("people-numbers")

#: The number of nobody: the site itself, or somebody who was forgotten before.
NOBODY = 0


@dataclass(frozen=True)
class Person:
    """An account as it was: with its name then, and a secret, 64 hexadecimal digits."""

    reader: Reader
    secret: str


def numbered(readers: Iterable[tuple[Reader, int]]) -> list[int]:
    """Return the numbers of readers, in their order; each gets one, where it has none.

    With each comes 0 for the account that there is now, else the generation of one that
    was deleted. Whoever has no id has the number ``NOBODY``.
    """
    numbers, people = _numbers.made(), _people.made()
    found = []
    for reader, generation in readers:
        if not reader.user:
            found.append(NOBODY)
            continue
        key = reader.folder, reader.user, reader.name, generation
        number = numbers.get(key)
        if number is None:
            # Of two who do this at once, one gets a conflict and begins anew.
            number = people.maxKey() + 1 if people else NOBODY + 1
            numbers[key] = number
            people[number] = (*key[:3], secrets.token_hex(32))
        found.append(number)
    return found


def person(number: int) -> Person | None:
    """Return whom a number stands for, None for nobody and for whom the site has
    forgotten."""
    kept = _people.tree().get(number)
    if kept is None:
        return None
    folder, user, name, secret = kept
    return Person(Reader(user, folder, name), secret)


def readers_with(numbers: Iterable[int]) -> dict[int, Reader | None]:
    """Return whom numbers stand for, as ``person`` does, of very many in less time."""
    people = _people.tree()
    return {number: _reader_of(people.get(number)) for number in numbers}


def _reader_of(kept: tuple[str, str, str, str] | None) -> Reader | None:
    if kept is None:
        return None
    folder, user, name, _secret = kept
    # What is kept is of a reader, so it is normal.
    return Reader.of_normal({"user": user, "folder": folder, "name": name})


def numbers_of(reader: Reader) -> frozenset[int]:
    """Return the numbers of the account that there is now with an id, one for each name that
    it has had."""
    numbers = _numbers.tree()
    return frozenset(numbers[key] for key in _keys_of(reader) if key[-1] == 0)


def leave_with_account(event: IPrincipalDeletedEvent) -> None:
    """An account was deleted: a later one of the same id is somebody else. What is kept of
    this one stays."""
    if getSite() is None or IClickTrackerLayer not in registered_layers():
        return
    numbers = _numbers.tree()
    for key in _keys_of(Reader(str(event.principal))):
        if key[-1] == 0:
            del numbers[key]


def forget_person(reader: Reader) -> int:
    """Forget who the accounts with this id are, in all snapshots and seals of the site: now
    and of earlier accounts. Return under how many numbers they were known.

    What was kept of them stays, of nobody. Seals still verify. Names are gone from the
    database once it is packed.
    """
    people, numbers = _people.tree(), _numbers.tree()
    own = [
        number
        for number, (folder, user, _name, _secret) in people.items()
        if (folder, user) == (reader.folder, reader.user)
    ]
    for number in own:
        del people[number]
    for key in _keys_of(reader):
        del numbers[key]
    return len(own)


def _number_of(reader: Reader) -> int:
    return sum(
        names(reader, folder, user)
        for folder, user, _name, _secret in _people.tree().values()
    )


SNAPSHOTS_OF_PEOPLE = PlaceOfPeople(
    _("Their names in snapshots and seals"),
    _number_of,
    lambda person, pseudonym, erase: forget_person(person),
)


def prepare_people() -> None:
    """Make the places, so that even the first two who need them don't conflict."""
    _people.made()
    _numbers.made()


def _keys_of(reader: Reader) -> list[tuple]:
    start, end = (reader.folder, reader.user), (reader.folder, reader.user + "\0")
    return list(_numbers.tree().keys(start, end, excludemax=True))
