"""``Location``: what a database tells of an address, and of that only what can be so.

Such a file comes from elsewhere, and nobody has looked through it. So each value is taken
for what it has to be, or left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from slc.clicktracker.geography.countries import middle_of
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.storage.text import storable
from typing import Any

import re


#: Characters of a name that are kept.
_LONGEST = 100

#: Languages of a name that are looked at.
_MOST_NAMES = 50

_CODE = re.compile("[A-Z]{2}")

#: Half of a turn, and of that.
_EAST, _NORTH = 180, 90

#: Names of one thing by language, "" where the file doesn't say of which.
Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Location:
    """A city, or a country alone.

    ``country`` is its code of two letters; names are as the file has them, none where it
    has none. ``point`` is latitude and longitude, of a country alone those of its middle;
    None where nobody knows.
    """

    country: str = ""
    country_names: Names = ()
    region_names: Names = ()
    city_names: Names = ()
    point: tuple[float, float] | None = None

    @property
    def is_of_country(self) -> bool:
        """Is nothing known but the country?"""
        return not self.city_names


def location_of(record: Any) -> Location | None:
    """Return the location in a record of a database, None where there is none.

    Records are like those of MaxMind, or flat with ``country_code``, ``city``,
    ``latitude`` and ``longitude``.
    """
    record = _mapping(record)
    country = record.get("country")
    code = _code(_mapping(country).get("iso_code"), record.get("country_code"), country)
    names = _names(country) if country != code else ()
    city = _names(record.get("city"))
    point = _point(_mapping(record.get("location"))) or _point(record)
    if not city and point is None and code:
        point = middle_of(code)
    if not (code or names or city or point):
        return None
    return Location(code, names, _region(record), city, point)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _region(record: Mapping[str, Any]) -> Names:
    found = record.get("subdivisions")
    first = found[0] if isinstance(found, list) and found else None
    return _names(first) or _names(record.get("state1"))


def _code(*values: Any) -> str:
    for value in values:
        if isinstance(value, str) and _CODE.fullmatch(value.upper()):
            return value.upper()
    return ""


def _names(value: Any) -> Names:
    """Return the names of something, or the one that is all that is said of it."""
    names = {"": value} if isinstance(value, str) else _mapping(value).get("names")
    found = []
    for language, name in list(_mapping(names).items())[:_MOST_NAMES]:
        if isinstance(language, str) and isinstance(name, str) and not is_blank(name):
            found.append((language[:_LONGEST], storable(name.strip(), _LONGEST)))
    return tuple(sorted(found))


def _point(values: Mapping[str, Any]) -> tuple[float, float] | None:
    latitude = _degrees(values.get("latitude"), _NORTH)
    longitude = _degrees(values.get("longitude"), _EAST)
    if latitude is None or longitude is None:
        return None
    return latitude, longitude


def _degrees(value: Any, most: int) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # What is no number (NaN) is not between any two.
    return float(value) if -most <= value <= most else None
