"""The values that travel to and from a storage: small, typed, frozen.

All texts are normalised on construction (see ``storage.text``), all times
are timezone-aware UTC; a naive time raises ``ValueError``.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.levels import LEVEL_RULES
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from typing import Any
from typing import ClassVar
from typing import get_args
from typing import NamedTuple
from typing import TypeVar


#: Accesses that are recorded of one ticket: of a reading and a time of issue. A
#: page that is shown again and again out of a cache comes with the ticket that
#: it had, each time as another view; without an end only a program does so.
VIEWS_PER_TICKET = 20

#: The origin of what is no access, but a note that a page with a ticket was served
#: to a named reader. Notes of anonymous readers are ignored.
SERVED = "served"

#: The origin of what is no access either, but a note that a file was delivered to a
#: named reader: ``issued`` is when. Notes of anonymous readers are ignored.
DOWNLOADED = "downloaded"

#: The origins of what is no access.
NOTES = (SERVED, DOWNLOADED)

#: What the browser of a reader has reported, each level further than the one before.
LEVELS = tuple(rule.name for rule in LEVEL_RULES)

#: The levels of readings, in the order in which they are sorted.
READING_LEVELS = (DOWNLOADED, *LEVELS)

#: The level of a reading of which no more is known than that it was acknowledged or attested.
DECLARED = "declared"

#: The same where lists have such readings: this one is the least.
LISTED_LEVELS = (DECLARED, *READING_LEVELS)

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


Value = TypeVar("Value")


class Normalised:
    _texts: ClassVar[tuple[tuple[str, int], ...]]
    _times: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls) -> None:
        kinds = cls.__annotations__
        cls._texts = tuple(
            (name, LIMITS[name])
            for name, kind in kinds.items()
            if name in LIMITS and str in (kind, *get_args(kind))
        )
        cls._times = tuple(
            name for name, kind in kinds.items() if datetime in (kind, *get_args(kind))
        )

    @classmethod
    def of_normal(cls: type[Value], values: dict[str, Any]) -> Value:
        """Return one with values of all fields that are known to be normal, as where
        very many are made of what such a one was kept as."""
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", values)
        return made

    @classmethod
    def of_values(cls: type[Value], values: dict[str, Any]) -> Value:
        """Return one with values of all fields, as the constructor does, which sets one
        after the other and takes longer."""
        made = cls.of_normal(values)
        made.__post_init__()
        return made

    def __post_init__(self) -> None:
        # Only what changes is set again: most values are normal, and many are made.
        values = vars(self)
        for name, limit in self._texts:
            value = values[name]
            # What ``storable`` leaves as it is, without the time that a call takes.
            if (
                type(value) is str
                and len(value) <= limit
                and value.isascii()
                and "\0" not in value
            ):
                continue
            object.__setattr__(self, name, storable(value, limit))
        for name in self._times:
            value = values[name]
            if value is not None and value.tzinfo is not timezone.utc:
                object.__setattr__(self, name, utc(value))


@dataclass(frozen=True)
class Document(Normalised):
    """A tracked document as a storage knows it.

    ``uid`` is its UUID in the site; an *old address* (0.4 knew documents by
    their path only) has none and is identified by its ``path``, the physical
    path including the id of the site.
    """

    uid: str
    path: str
    title: str = ""


@dataclass(frozen=True)
class Reader(Normalised):
    """A reader: user id, the user folder it comes from, name as last known.

    ``folder`` is empty for the site's own user folder, else the physical path
    of the folder, as the same id in two folders is two people. Anonymous
    visitors are all the one reader with the empty ``user``.
    """

    user: str
    folder: str = ""
    name: str = ""


@dataclass(frozen=True)
class Version(Normalised):
    """What of a document was served.

    ``label`` is the number that the content's history gave it, empty without
    one. ``digest`` stands for the visible fields, hexadecimal: where it is the same,
    readers saw the same. ``words`` says how long the text is. Both are empty or 0
    where they are not known, as for what was recorded by an older release.
    """

    label: str = ""
    digest: str = ""
    words: int = 0


@dataclass(frozen=True)
class Access(Normalised):
    """One page view by one reader: what one page load amounts to in the end.

    ``key``      32 hex digits; the same access has the same key whenever it is
                 sent, so that recording it again changes nothing
    ``issued``   when the ticket of the page was issued
    ``opened``   when the first beacon arrived, ``seen`` the last one (server's clock)
    ``version``  the version on the ticket
    ``url``      site-relative URL on the ticket, with a leading slash
    ``origin``   "page": the ticket came with the page; "cache": it was served
                 to an earlier log-in of the same user and came from a
                 cache; "fetched": the script asked for it afterwards;
                 "served": the page was served to a named reader, and nothing
                 has called back; "downloaded": a file was delivered to one
    ``engaged``  milliseconds in total, ``depth`` percent; totals, not deltas
    ``marks``    what else the browser has told, by yes or no
    """

    key: str
    issued: datetime
    opened: datetime
    seen: datetime
    document: Document
    reader: Reader
    url: str
    version: Version = Version()
    origin: str = "page"
    engaged: int = 0
    depth: int = 0
    marks: Marks = NO_MARKS


class LogRow(NamedTuple):
    """A row of ``getLog``: accesses of ``url`` by ``user``, summed up."""

    user: str
    count: int
    last_access: datetime
    url: str


@dataclass(frozen=True)
class EngagementRule:
    """How long somebody is engaged with a text before the reading says so.

    As long as its words need at ``words_per_minute``, and ``least_seconds`` at least.
    ``ValueError`` for a pace of no words, or less than no time.
    """

    words_per_minute: int = 600
    least_seconds: int = 5

    def __post_init__(self) -> None:
        if self.words_per_minute < 1 or self.least_seconds < 0:
            raise ValueError(f"{self!r} can't be kept by anybody")

    def needed(self, words: int) -> int:
        """Return the milliseconds that a text of so many words needs."""
        return max(self.least_seconds * 1000, words * 60_000 // self.words_per_minute)


@dataclass(frozen=True)
class TextSums(Normalised):
    """What one reader did with as many ``texts`` of a document; see ``Reading``."""

    texts: int
    count: int
    cached: int
    first: datetime | None
    last: datetime
    downloaded: datetime | None


@dataclass(frozen=True)
class Reading(Normalised):
    """The state of one reader with one document, summed over its versions.

    ``url`` is the site-relative URL of the latest access; ``cached`` says how
    many of ``count`` have an origin other than "page"; ``former`` that the account was
    deleted. ``first`` is None where a storage of two methods doesn't know it.

    Versions with the same digest are one text; without a digest it is those with
    the same label. ``engaged`` is the time with each text, in milliseconds, but no
    longer than from its oldest ticket until it was last seen; the views of one
    ticket together count no longer than from its issue until they were. ``level`` is one of
    ``READING_LEVELS``, of the text with which the reader got furthest: *engaged* if that
    time is what the rule says that the text needs, *finished* if its end was seen as well.

    Where the query says what the ``current`` texts are, ``behind`` is how many texts are
    newer than the newest one that the reader has read, and all that says how far the
    reader got is of that one alone; ``text`` is what it is known by, empty for
    readings of old that don't tell, ``label`` the first label it had. Which text is
    newer is told by when the last page with it was served, or it was last downloaded.
    The current texts stand for one another: who has read several of them got as far as
    with the best of them, and ``text`` is the newest. ``of_text`` has the sums of what
    ``text`` stands for alone, None where the query doesn't say what is current.

    ``acknowledged`` is when the reader acknowledged that text, or one that stands for it, and
    ``attested`` when somebody vouched for the reader, of what stands now: the last time,
    None where there is none. If nothing else is known of any text, ``first`` and ``last``
    are these times, ``count`` is 0 and ``level`` is ``DECLARED``; it also is where nothing
    else is known of the newest text. Nowhere else do these times have a part in others,
    except that a text is as new as what was said of it.

    ``downloaded`` is when the server last delivered the file to the reader, whatever the
    version, None if it never did. Of who has only downloaded it, ``count`` is 0 and
    ``level`` "downloaded"; ``first`` and ``last`` count downloads as well.
    ``generation`` tells accounts apart that have had the same id, one after the other.
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
    level: str = LEVELS[0]
    marks: Marks = NO_MARKS
    behind: int = 0
    text: str = ""
    label: str = ""
    downloaded: datetime | None = None
    generation: int = 1
    of_text: TextSums | None = None
    acknowledged: datetime | None = None
    attested: datetime | None = None


#: What a list of readings can be sorted by; anything else is the first.
SORT_KEYS = ("name", "count", "first", "last", "url", "engaged", "level")


#: As a generation in a question: the account that there is now, if there is one.
CURRENT = -1


@dataclass(frozen=True)
class ReadingQuery:
    """Which readings: of these documents, by readers whose name or id contains.

    ``documents`` are UIDs. ``search`` is compared without case and accents, as plain
    text. Who is ``former`` is found, and sorted, by id alone.
    ``start`` and ``size`` cut the page in the storage; ``size`` None is all.
    Ties are broken, so that paging is stable. ``rule`` decides about the levels.

    ``current`` has the digest of each text that counts as the current one, or its label
    where it has none; empty where that does not matter. Then ``standing`` "current"
    leaves only those who have read one of them, "older" only readers who have read none
    of them in any of the documents. ``current_of`` says instead what counts for each of
    several documents: pairs of a UID and a text. A document without any has no current
    text then.

    ``left_out`` are in the list, but not among the readers that are counted.

    ``readers``, if any, leaves only accounts with the user and folder of one of them:
    those that there are now, if it is about the ``present``.
    ``level`` leaves only readings at exactly this level, ``declared`` only those that are
    ``acknowledged`` or ``attested``, by the name of that, ``since`` and ``until`` those
    whose ``last`` is not before the one and before the other.
    """

    documents: tuple[str, ...]
    search: str = ""
    sort: str = "name"
    reverse: bool = False
    start: int = 0
    size: int | None = 20
    rule: EngagementRule = EngagementRule()
    current: tuple[str, ...] = ()
    current_of: tuple[tuple[str, str], ...] = ()
    readers: tuple[Reader, ...] = ()
    standing: str = ""
    level: str = ""
    since: datetime | None = None
    until: datetime | None = None
    left_out: tuple[Reader, ...] = ()
    declared: str = ""
    present: bool = False

    @property
    def by_version(self) -> bool:
        """Does it matter what is current?"""
        return bool(self.current or self.current_of)

    @property
    def by_evidence(self) -> bool:
        """Is it needed how far all of them got, to know which rows to return?"""
        only = self.level or self.declared
        by_evidence = self.sort in ("engaged", "level") or only != ""
        return by_evidence or self.size is None


@dataclass(frozen=True)
class ReadingPage:
    """One page of readings, and how many there are in ``total``.

    ``readers`` of them are people, each once, with however many documents: neither
    visitors without a log-in nor those that the query leaves out.
    """

    rows: tuple[Reading, ...]
    total: int
    readers: int


@dataclass(frozen=True)
class Coverage:
    """How far the named readers of some documents got: how many there are of whom.

    ``served``: a page with a ticket was served, or the page was opened; ``opened``:
    the browser has called back; ``engaged`` and ``finished``: at that level or further;
    ``downloaded``: the server has delivered the file; ``acknowledged`` and ``attested``: that
    stands, whatever else is known. ``visits`` are accesses by
    visitors without a log-in, who are no readers.
    """

    served: int
    opened: int
    engaged: int
    finished: int
    downloaded: int = 0
    visits: int = 0
    acknowledged: int = 0
    attested: int = 0


@dataclass(frozen=True)
class StorageStatus:
    """What a storage says about itself, for the control panel.

    ``kind`` is the word for the screen ("SQLite 3.40.1"), ``place`` says where
    without secrets; counts are of this site alone. Documents are all that are known, and
    named readers all who were served one; ``readings`` are those with accesses or downloads.
    """

    kind: str
    place: str
    schema: int
    documents: int
    readers: int
    readings: int
    accesses: int
    old_addresses: int
