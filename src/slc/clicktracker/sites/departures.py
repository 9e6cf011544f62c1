"""When accounts were deleted: what was said about an id before is about somebody else.

The storage knows that of readings itself; this is for what the site keeps by id alone.
"""

from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now


_departures = SiteRecord("departures")


def note_departure(person: Reader) -> None:
    """Keep that an account was deleted, now."""
    _departures.set(_key(person), (microseconds(utc_now()),))


def departure_of(person: Reader) -> datetime | None:
    """Return when an account of this id was deleted last, None for never."""
    kept = _departures.get(_key(person))
    return from_microseconds(kept[0]) if kept else None


def _key(person: Reader) -> str:
    return f"{person.folder}\n{person.user}"


DEPARTURES_OF_PEOPLE = PlaceOfPeople(
    _("When their account was deleted"),
    lambda person: int(departure_of(person) is not None),
    lambda person, pseudonym, erase: _departures.set(_key(person), ()),
)
