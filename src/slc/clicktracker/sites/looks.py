"""Who has looked at what people do on the site, by name: kept as long as visits are."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from itertools import takewhile
from plone.protect.interfaces import IDisableCSRFProtection
from slc.clicktracker import _
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
        _looks.set(key, (folder, user, person.folder, person.user, *said))


def looks_at(person: Reader) -> list[Look]:
    """Return who has looked at what a person does, the earliest first."""
    found = map(_from_record, _looks.all().values())
    same = (person.folder, person.user)
    return [each for each in found if (each.person.folder, each.person.user) == same]


def looks_by(person: Reader) -> list[Look]:
    """Return at whom a person has looked, the earliest first."""
    found = map(_from_record, _looks.all().values())
    return [each for each in found if names(person, each.by.folder, each.by.user)]


def old_looks(before: datetime) -> int:
    """Count the looks of hours that were over before a time."""
    return sum(1 for _key in _keys_of(before))


def drop_looks(before: datetime, most: int) -> int:
    """Remove some of these, and return how many; 0 once there are none."""
    keys = list(islice(_keys_of(before), most))
    for key in keys:
        _looks.set(key, ())
    return len(keys)


def forget_looks(person: Reader) -> None:
    """Remove all looks at a person, as a later account of the same id is somebody else. That
    somebody has looked at others stays to be known by those, without saying who."""
    who = person.folder, person.user
    for key, kept in list(_looks.all().items()):
        if kept[2:4] == who:
            _looks.set(key, ())
        elif kept[:2] == who:
            _looks.set(key, ())
            unnamed = ("", "", *kept[2:])
            moment = from_microseconds(kept[5])
            _looks.set(_key(moment, unnamed[:2], kept[2:4], kept[4]), unnamed)


def _number_of(person: Reader) -> int:
    return sum(
        names(person, *kept[:2]) or names(person, *kept[2:4])
        for kept in _looks.all().values()
    )


LOOKS_OF_PEOPLE = PlaceOfPeople(
    _("Who has looked at what they do, and what they have looked at"),
    _number_of,
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
