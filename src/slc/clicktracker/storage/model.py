"""The values that travel to and from a storage: small, typed, frozen.

All texts are normalised on construction (see ``storage.text``), all times
are timezone-aware UTC; a naive time raises ``ValueError``.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from typing import ClassVar
from typing import get_args
from typing import NamedTuple


#: Accesses that are recorded of one ticket: of a reading and a time of issue. A
#: page that is shown again and again out of a cache comes with the ticket that
#: it had, each time as another view; without an end only a program does so.
VIEWS_PER_TICKET = 20

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def microseconds(moment: datetime) -> int:
    """Return an aware time as microseconds since 1970, exactly."""
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_microseconds(number: int) -> datetime:
    """Return the time in UTC so many microseconds after 1970.

    ``OverflowError`` for what is no year of four digits.
    """
    return _EPOCH + timedelta(0, 0, number)


def utc(moment: datetime) -> datetime:
    """Return the same moment in UTC; ``ValueError`` for a naive one."""
    if moment.tzinfo is timezone.utc:
        return moment
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(timezone.utc)


def utc_now() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(timezone.utc)


class _Normalised:
    _texts: ClassVar[tuple[tuple[str, int], ...]]
    _times: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls) -> None:
        kinds = cls.__annotations__
        cls._texts = tuple((name, LIMITS[name]) for name in kinds if name in LIMITS)
        cls._times = tuple(
            name for name, kind in kinds.items() if datetime in (kind, *get_args(kind))
        )

    def __post_init__(self) -> None:
        # Only what changes is set again: most values are normal, and many are made.
        for name, limit in self._texts:
            value = getattr(self, name)
            normal = storable(value, limit)
            if normal is not value:
                object.__setattr__(self, name, normal)
        for name in self._times:
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, utc(value))


@dataclass(frozen=True)
class Document(_Normalised):
    """A tracked document as a storage knows it.

    ``uid`` is its UUID in the site; an *old address* (0.4 knew documents by
    their path only) has none and is identified by its ``path``, the physical
    path including the id of the site.
    """

    uid: str
    path: str
    title: str = ""


@dataclass(frozen=True)
class Reader(_Normalised):
    """A reader: user id, the user folder it comes from, name as last known.

    ``folder`` is empty for the site's own user folder, else the physical path
    of the folder, as the same id in two folders is two people. Anonymous
    visitors are all the one reader with the empty ``user``.
    """

    user: str
    folder: str = ""
    name: str = ""


@dataclass(frozen=True)
class Access(_Normalised):
    """One page view by one reader: what one page load amounts to in the end.

    ``key``      32 hex digits; the same access has the same key whenever it is
                 sent, so that recording it again changes nothing
    ``issued``   when the ticket of the page was issued
    ``opened``   when the first beacon arrived, ``seen`` the last one (server's clock)
    ``version``  label of the version on the ticket, may be empty
    ``url``      site-relative URL on the ticket, with a leading slash
    ``origin``   "page": the ticket came with the page; "cache": it was served
                 to an earlier log-in of the same user and came from a
                 cache; "fetched": the script asked for it afterwards
    ``engaged``  milliseconds in total, ``depth`` percent; totals, not deltas
    """

    key: str
    issued: datetime
    opened: datetime
    seen: datetime
    document: Document
    reader: Reader
    url: str
    version: str = ""
    origin: str = "page"
    engaged: int = 0
    depth: int = 0


class LogRow(NamedTuple):
    """A row of ``getLog``: accesses of ``url`` by ``user``, summed up."""

    user: str
    count: int
    last_access: datetime
    url: str


@dataclass(frozen=True)
class Reading(_Normalised):
    """The state of one reader with one document, summed over its versions.

    ``url`` is the site-relative URL of the latest access; ``cached`` says how
    many of ``count`` have an origin other than "page"; ``former`` that the account was
    deleted. ``first`` is None where a storage of two methods doesn't know it.
    """

    reader: Reader
    document: Document
    count: int
    first: datetime | None
    last: datetime
    url: str
    engaged: int = 0
    depth: int = 0
    cached: int = 0
    former: bool = False


#: What a list of readings can be sorted by; anything else is the first.
SORT_KEYS = ("name", "count", "first", "last", "url")


@dataclass(frozen=True)
class ReadingQuery:
    """Which readings: of these documents, by readers whose name or id contains.

    ``documents`` are UIDs. ``search`` is compared casefolded, as plain text.
    ``start`` and ``size`` cut the page in the storage; ``size`` None is all.
    Ties are broken, so that paging is stable.
    """

    documents: tuple[str, ...]
    search: str = ""
    sort: str = "name"
    reverse: bool = False
    start: int = 0
    size: int | None = 20


@dataclass(frozen=True)
class ReadingPage:
    """One page of readings and how many there are in ``total``."""

    rows: tuple[Reading, ...]
    total: int


@dataclass(frozen=True)
class StorageStatus:
    """What a storage says about itself, for the control panel.

    ``kind`` is the word for the screen ("SQLite 3.40.1"), ``place`` says where
    without secrets; counts are of this site alone.
    """

    kind: str
    place: str
    schema: int
    documents: int
    readers: int
    readings: int
    accesses: int
    old_addresses: int
