"""Who has looked at what people do on the site, by name: kept as long as visits are."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from itertools import takewhile
from plone.protect.interfaces import IDisableCSRFProtection
from slc.clicktracker import _
from slc.clicktracker.sites.key_index import KeyIndex
from slc.clicktracker.sites.people import names
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


#: What is looked at: the page views of all, as they happen, one person's visits, where all
#: are, or how often each was there.
FEED = "feed"
PATH = "path"
MAP = "map"
REPORT = "report"

_looks = SiteRecord("looks")

#: Its keys by user folder and id: of who was looked at, and of who has looked.
_people = KeyIndex(SiteRecord("looks-people"))


@dataclass(frozen=True)
class Look:
    """``by`` has looked at ``person`` in what is one of the above, at ``at`` for the first
    time within that hour. Names are not kept; ``by`` is without an id once that account
    is deleted. The ``reason`` is empty where the site asked for none."""

    by: Reader
    person: Reader
    what: str
    at: datetime
    reason: str = ""


def note_looks(people: Iterable[Reader], what: str, request: Any) -> None:
    """Keep that the current user is shown what people do, once for each of them and hour.

    This is written whatever the request is, as it says that it was answered: nothing else
    of it can be chosen by whoever might have made a browser send it, so it needs no token.
    What one does oneself is not kept.
    """
    now = utc_now()
    user, folder = current_user()
    looks = {
        _key(now, (folder, user), (each.folder, each.user), what): each
        for each in people
        if each.user and (each.folder, each.user) != (folder, user)
    }
    known = _looks.all()
    new = {key: person for key, person in looks.items() if key not in known}
    if not new:
        return
    alsoProvides(request, IDisableCSRFProtection)
    said = what, microseconds(now), given_reason()
    for key, person in new.items():
        _keep(key, (folder, user, person.folder, person.user, *said))


def looks_at(person: Reader) -> list[Look]:
    """Return who has looked at what a person does, the earliest first."""
    kept = _of(person).values()
    return [_from_record(each) for each in kept if names(person, *each[2:4])]


def looks_by(person: Reader) -> list[Look]:
    """Return at whom a person has looked, the earliest first."""
    kept = _of(person).values()
    return [_from_record(each) for each in kept if names(person, *each[:2])]


def old_looks(before: datetime) -> int:
    """Count the looks of hours that were over before a time."""
    return sum(1 for _key in _keys_of(before))


def drop_looks(before: datetime, most: int) -> int:
    """Remove some of these, and return how many; 0 once there are none."""
    keys = list(islice(_keys_of(before), most))
    for key in keys:
        _remove(key)
    return len(keys)


def forget_looks(person: Reader) -> None:
    """Remove all looks at a person, as a later account of the same id is somebody else. That
    somebody has looked at others stays to be known by those, without saying who."""
    for key, kept in _of(person).items():
        _remove(key)
        if not names(person, *kept[2:4]):
            unnamed = ("", "", *kept[2:])
            moment = from_microseconds(kept[5])
            _keep(_key(moment, unnamed[:2], kept[2:4], kept[4]), unnamed)


def index_looks() -> None:
    """Make anew what tells of whom they are: for a site that has kept some without it."""
    _people.clear()
    for key, kept in _looks.all().items():
        _index(key, kept)


def _of(person: Reader) -> dict[str, tuple]:
    """Return all that is about a person, or by them, by its key."""
    known = _looks.all()
    keys = _people.keys_of(person.folder, person.user)
    return {key: known[key] for key in keys}


def _keep(key: str, kept: tuple) -> None:
    _looks.set(key, kept)
    _index(key, kept)


def _index(key: str, kept: tuple) -> None:
    for who in (kept[:2], kept[2:4]):
        if who[1]:
            _people.add(who, key)


def _remove(key: str) -> None:
    kept = _looks.get(key)
    for who in (kept[:2], kept[2:4]):
        _people.remove(who, key)
    _looks.set(key, ())


LOOKS_OF_PEOPLE = PlaceOfPeople(
    _("Who has looked at what they do, and what they have looked at"),
    lambda person: len(_of(person)),
    lambda person, pseudonym, erase: forget_looks(person),
)


def _keys_of(before: datetime) -> Iterator[str]:
    hour = _hour(before)
    return takewhile(lambda key: key < hour, _looks.all())


def _key(now: datetime, by: tuple, person: tuple, what: str) -> str:
    # By time, so that what is new is written into few places.
    return "\n".join((_hour(now), *by, *person, what))


def _hour(moment: datetime) -> str:
    return f"{utc(moment):%Y-%m-%dT%H}"


def _from_record(kept: tuple) -> Look:
    folder, user, of_folder, of_user, what, moment, *reason = kept
    return Look(
        by=Reader(user, folder),
        person=Reader(of_user, of_folder),
        what=what,
        at=from_microseconds(moment),
        # Those of earlier versions have none.
        reason=reason[0] if reason else "",
    )
