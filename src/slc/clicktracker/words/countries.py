"""Countries and cities as the language of who looks at them has them."""

from plone import api
from slc.clicktracker.geography.location import Location
from slc.clicktracker.geography.location import Names
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.numbers import locale_of


def place_name(location: Location, with_region: bool = False) -> str:
    """Return the name of a city with its country, or of a country; "" for what has none.

    Other places may have the same name, unless it is ``with_region``."""
    city, region = map(_name_in, (location.city_names, location.region_names))
    parts = [city, region if with_region or not city else "", _country(location)]
    # Some cities are their own country.
    return ", ".join(isolated(part) for part in dict.fromkeys(parts) if part)


def _country(location: Location) -> str:
    """Return the name of a country, by its code where that is known."""
    territories = locale_of(api.portal.get_current_language()).displayNames.territories
    known = territories.get(location.country) if territories else None
    return known or _name_in(location.country_names) or location.country


def _name_in(names: Names) -> str:
    """Return the name in the current language, else in English, else any."""
    by_language = dict(names)
    tag = api.portal.get_current_language()
    for language in (tag, tag.partition("-")[0], "en", ""):
        if language in by_language:
            return by_language[language]
    return next(iter(by_language.values()), "")
