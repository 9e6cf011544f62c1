"""``@@clicktracker-map``: where the visitors are who are on the site now."""

from collections import Counter
from functools import cached_property
from hashlib import sha256
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.browser.visitors.updated_screen import UpdatedScreen
from slc.clicktracker.geography.errors import UnusableFile
from slc.clicktracker.geography.location import Location
from slc.clicktracker.geography.location_file import LocationFile
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.reports.visitors.asked import visitors_asked
from slc.clicktracker.reports.visitors.asked import VisitorsAsked
from slc.clicktracker.reports.visitors.people import Person
from slc.clicktracker.reports.visitors.problems import file_problem
from slc.clicktracker.reports.visitors.problems import NO_FILE
from slc.clicktracker.reports.visitors.problems import OUTDATED_FILE
from slc.clicktracker.reports.visitors.whereabouts import key_of
from slc.clicktracker.reports.visitors.whereabouts import map_of
from slc.clicktracker.reports.visitors.whereabouts import NO_ADDRESS
from slc.clicktracker.reports.visitors.whereabouts import NOT_LISTED
from slc.clicktracker.reports.visitors.whereabouts import PRIVATE
from slc.clicktracker.reports.visitors.whereabouts import VisitorMap
from slc.clicktracker.reports.visitors.whereabouts import Whereabouts
from slc.clicktracker.sites.locations import site_locations
from slc.clicktracker.sites.looks import MAP
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import Present
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.words.countries import place_name
from typing import NamedTuple
from zope.i18nmessageid import Message


#: Places in the list, and people who are named at each.
MOST_PLACES = 300
MOST_PEOPLE = 20

_REASONS = {
    NOT_LISTED: _("The database of places doesn't know the address: ${number}."),
    PRIVATE: _(
        "The address is of a private network, which may be anywhere: ${number}."
    ),
    NO_ADDRESS: _("The address isn't known: ${number}."),
}

#: What the licences of free databases want to be said where they are used, by how the
#: names of their kinds begin: words, and where those lead.
_CREDITS = {
    "DBIP": ("IP Geolocation by DB-IP", "https://db-ip.com"),
    "GeoLite": (
        "This product includes GeoLite Data created by MaxMind",
        "https://www.maxmind.com",
    ),
}


class PlaceRow(NamedTuple):
    """A place in the list. ``people`` are those who are named, with the key of a visit or
    page view of theirs; ``unnamed`` is how many there are besides."""

    id: str
    title: str | Message
    location: Location | None
    present: Present
    people: list[tuple[Person, str]]
    unnamed: int

    @property
    def number(self) -> int:
        """How large it is on the map."""
        return self.present.people + self.present.others


class VisitorsMap(UpdatedScreen):
    """A list of places, and the same places on a map, which a script draws of the list.

    Who is there is said to those alone who may see names.
    """

    index = ViewPageTemplateFile("templates/map.pt")
    list_part = ViewPageTemplateFile("templates/map-list.pt")
    whereabouts_part = ViewPageTemplateFile("templates/whereabouts.pt")
    size = 0
    what = MAP

    #: Why nobody knows where anybody is, once ``locations`` was asked for.
    file_problem: Message | None = None

    @cached_property
    def locations(self) -> LocationFile | None:
        try:
            found = site_locations()
        except UnusableFile as error:
            self.file_problem = file_problem(error)
            return None
        if found is None:
            self.file_problem = NO_FILE
        elif found.is_outdated(utc_now()):
            self.file_problem = OUTDATED_FILE
        return found

    @cached_property
    def asked(self) -> VisitorsAsked:
        """There is nothing to narrow it."""
        return visitors_asked({}, self.request, self.names, self.size)

    def ask(self, storage: IVisits) -> VisitorMap:
        return map_of(storage, self.locations and self.locations.location)

    @cached_property
    def rows(self) -> list[PlaceRow]:
        places = self.found.places[:MOST_PLACES]
        names = [place_name(place.location) for place in places]
        often = Counter(names)
        return [
            self._row(place, place_name(place.location, with_region=often[name] > 1))
            for place, name in zip(places, names, strict=True)
        ]

    @property
    def unknown(self) -> PlaceRow:
        return self._row(self.found.unknown, _("Place not known"))

    @property
    def unlisted(self) -> int:
        """How many places there are besides."""
        return len(self.found.places) - len(self.rows)

    @property
    def reasons(self) -> list[Message]:
        """Why places are not known, and of how many visitors."""
        reasons = self.found.reasons if self.locations else {}
        return [
            Message(text, mapping={"number": self.number(reasons[reason])})
            for reason, text in _REASONS.items()
            if reason in reasons
        ]

    @property
    def credit(self) -> tuple[str, str] | None:
        """Words about who has made the database, and a link, where that is to be said."""
        kind = self.locations.kind if self.locations else ""
        found = (said for start, said in _CREDITS.items() if kind.startswith(start))
        return next(found, None)

    @property
    def map_script_url(self) -> str:
        return static_url(api.portal.get().absolute_url(), "map.js")

    def _row(self, place: Whereabouts, title: str | Message) -> PlaceRow:
        named = place.people[:MOST_PEOPLE] if self.names else []
        return PlaceRow(
            id=_id_of(place.location),
            title=title or _("A place without a name"),
            location=place.location,
            present=place.present,
            people=[(self._person(each), each.key) for each in named],
            unnamed=len(place.people) - len(named) if self.names else 0,
        )

    def _person(self, found: Visit | PageView) -> Person:
        if isinstance(found, Visit):
            return self.people.of_visit(found)
        return self.people.of_view(found, None)


def _id_of(location: Location | None) -> str:
    """Return an id that a place has each time."""
    if location is None:
        return "place-unknown"
    return f"place-{sha256(repr(key_of(location)).encode()).hexdigest()[:12]}"
