"""Who has looked at what people do on the site, by name: kept, and never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from plone.protect.interfaces import IDisableCSRFProtection
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from typing import Any
from zope.interface import alsoProvides


#: What is looked at: the page views of all, as they happen, or one person's visits.
FEED = "feed"
PATH = "path"

_looks = SiteRecord("looks")


@dataclass(frozen=True)
class Look:
    """``by`` has looked at ``person`` in what is ``FEED`` or ``PATH``, at ``at`` for the
    first time within that hour. Names are not kept."""

    by: Reader
    person: Reader
    what: str
    at: datetime


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
    for key, person in new.items():
        kept = (folder, user, person.folder, person.user, what, microseconds(now))
        _looks.set(key, kept)


def looks_at(person: Reader) -> list[Look]:
    """Return who has looked at what a person does, the earliest first."""
    found = map(_from_record, _looks.all().values())
    same = (person.folder, person.user)
    return [each for each in found if (each.person.folder, each.person.user) == same]


def _key(now: datetime, by: tuple, person: tuple, what: str) -> str:
    # By time, so that what is new is written into few places.
    return "\n".join((f"{now:%Y-%m-%dT%H}", *by, *person, what))


def _from_record(kept: tuple) -> Look:
    folder, user, of_folder, of_user, what, moment = kept
    return Look(
        by=Reader(user, folder),
        person=Reader(of_user, of_folder),
        what=what,
        at=from_microseconds(moment),
    )
