"""Where the visitors are who are on the site now."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.geography.location import Location
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.sites.visitor_rules import visitor_setting
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import Present
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.visitors.networks import Networks


#: Visits, and page views, that are looked at: the latest.
MOST = 2000

#: Why a place is not known.
NO_ADDRESS, PRIVATE, NOT_LISTED = "no-address", "private", "not-listed"

#: Networks that are nowhere in particular, as there are many of each.
_PRIVATE = Networks.of(
    [
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"),
        *("127.0.0.0/8", "169.254.0.0/16", "::1", "fc00::/7", "fe80::/10"),
    ]
)


@dataclass
class Whereabouts:
    """Who is at one place: ``people`` by a visit, or a page view that is part of none, the
    latest activity first, and how many page views there are of ``others``, who can't be
    told apart. ``location`` is None where the place isn't known."""

    location: Location | None
    people: list[Visit | PageView] = field(default_factory=list)
    others: int = 0

    @property
    def present(self) -> Present:
        """How many there are."""
        members = sum(1 for each in self.people if each.reader.user)
        return Present(members, len(self.people) - members, self.others)


@dataclass(frozen=True)
class VisitorMap:
    """``places`` are those where most people are first. ``reasons`` says of how many people
    and page views the place is ``unknown``, and why. ``total`` is who is there at all,
    active since ``since``, and found ``at`` that time; ``is_cut`` says that there are so
    many visitors that only the latest were looked at."""

    places: tuple[Whereabouts, ...]
    unknown: Whereabouts
    reasons: Counter[str]
    total: Present
    is_cut: bool
    since: datetime
    at: datetime

    def readers(self) -> Iterator[Reader]:
        """Return who is there, guests as well."""
        places = (*self.places, self.unknown)
        return (person.reader for place in places for person in place.people)


def map_of(
    storage: IVisits, locate: Callable[[str], Location | None] | None
) -> VisitorMap:
    """Return where visitors are, as ``locate`` says of their addresses; None is for a site
    where nobody can say that of any. Raises ``StorageError``.

    A visit is where the latest page view came from; where it has none since long, or there
    are very many, where it began.
    """
    now = utc_now()
    since = now - timedelta(minutes=visitor_setting("presence_timeout"))
    visits = storage.visits(VisitQuery(since=since, size=MOST))
    views = storage.page_views(VisitQuery(since=since, size=MOST))
    lone = storage.page_views(VisitQuery(since=since, alone=True, size=MOST))
    latest = {view.session: view.address for view in reversed(views.rows)}
    people: dict[Hashable, Visit | PageView] = {}
    for each in (*visits.rows, *lone.rows):
        if (who := _who(each)) is not None:
            people.setdefault(who, each)
    places = _Places(locate)
    for person in people.values():
        address = latest.get(person.session) if person.session else None
        places.at(address or person.address).people.append(person)
    for view in lone.rows:
        if not view.reader.user:
            places.at(view.address).others += 1
    found = sorted(places.known.values(), key=_order)
    members = sum(1 for person in people.values() if person.reader.user)
    return VisitorMap(
        places=tuple(found),
        unknown=places.unknown,
        reasons=places.reasons,
        total=Present(
            members=members,
            guests=len(people) - members,
            others=sum(each.others for each in (*found, places.unknown)),
        ),
        is_cut=visits.total > MOST or lone.total > MOST,
        since=since,
        at=now,
    )


def key_of(location: Location) -> tuple[Hashable, ...]:
    """Return what is the same for all addresses of a place. Large cities have several
    points, and some points have no name."""
    names = location.region_names, location.city_names
    country = location.country or location.country_names
    return (country, *names) if country or any(names) else (location.point,)


def _who(found: Visit | PageView) -> Hashable | None:
    """Return what is the same for all visits of one person; None for who has left, and for
    guests who can't be told apart."""
    if isinstance(found, Visit) and found.is_over:
        return None
    reader: Reader = found.reader
    if reader.user:
        return reader.folder, reader.user
    return found.session or None


def _order(place: Whereabouts) -> tuple[Hashable, ...]:
    present = place.present
    return -present.people, -present.others, str(key_of(place.location))


class _Places:
    """Finds the place of each address, once."""

    def __init__(self, locate: Callable[[str], Location | None] | None) -> None:
        self.known: dict[Hashable, Whereabouts] = {}
        self.unknown = Whereabouts(None)
        self.reasons: Counter[str] = Counter()
        self._locate = locate
        self._found: dict[str, Location | None] = {}

    def at(self, address: str) -> Whereabouts:
        """Return the place where an address is; of the others it is counted why not."""
        if address not in self._found:
            self._found[address] = self._locate(address) if self._locate else None
        location = self._found[address]
        if location is None:
            self.reasons[_reason(address)] += 1
            return self.unknown
        place = self.known.setdefault(key_of(location), Whereabouts(location))
        place.location = min(place.location, location, key=_points_first)
        return place


def _points_first(location: Location) -> tuple[Hashable, ...]:
    return location.point is None, location.point


def _reason(address: str) -> str:
    if not address:
        return NO_ADDRESS
    return PRIVATE if address in _PRIVATE else NOT_LISTED
