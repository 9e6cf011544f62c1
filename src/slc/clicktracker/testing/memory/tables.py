"""What a ``MemoryStorage`` holds; several storages may share it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import datetime
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.events.model import MemberEvent
from slc.clicktracker.storage.labels import first_label
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.refused import Refused
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.storage.visits.kept import Kept
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.storage.visits.sums import Sums
from threading import RLock
from typing import NamedTuple


@dataclass
class KnownDocument:
    """A document, and when the tickets were issued that path and title are of."""

    uid: str
    path: str
    path_at: datetime
    title: str = ""
    title_at: datetime | None = None

    def learn(self, path: str, title: str, issued: datetime) -> None:
        """Keep what the newest ticket says; an empty title says nothing."""
        self.path_at, self.path = max((self.path_at, self.path), (issued, path))
        if title and (not self.title or (issued, title) > (self.title_at, self.title)):
            self.title_at, self.title = issued, title


@dataclass
class Generation:
    """One of the accounts that have had the same id, one after the other."""

    name: str = ""
    name_at: datetime | None = None
    retired: datetime | None = None

    def learn(self, name: str, issued: datetime) -> None:
        """Keep what the newest ticket says; an empty name says nothing."""
        if name and (not self.name or (issued, name) > (self.name_at, self.name)):
            self.name_at, self.name = issued, name


class Account(NamedTuple):
    """What generations are counted for."""

    site: str
    folder: str
    user: str

    @classmethod
    def of(cls, site: str, reader: Reader) -> "Account":
        """Return that of a reader of a site."""
        return cls(site, reader.folder, reader.user)


class VersionKey(NamedTuple):
    """What a version of a document is known by."""

    site: str
    document: str
    label: str
    digest: str

    @property
    def text(self) -> tuple[str, str, str, str]:
        """The same for versions that showed the same."""
        return (*self[:2], self.digest, "" if self.digest else self.label)

    @property
    def name(self) -> str:
        """What tells its text from the others of the document."""
        return self.digest or self.label


@dataclass
class KnownVersion:
    """The words of a version, and when its earliest ticket was issued."""

    words: int
    since: datetime

    def learn(self, words: int, since: datetime) -> None:
        """Keep the larger number, and the earlier time."""
        self.words, self.since = max(self.words, words), min(self.since, since)


class State(NamedTuple):
    """Who read what: what the accesses of a reading have in common."""

    account: Account
    generation: int
    document: str
    label: str
    digest: str

    @property
    def version(self) -> VersionKey:
        return VersionKey(self.account.site, self.document, self.label, self.digest)


@dataclass
class KnownReading:
    """The accesses by (key, issued); which of them were dropped, and are part of sums and
    nothing else; for each origin of notes the first and the last time, if there were any;
    and by kind when what stands was acknowledged."""

    accesses: dict[tuple[str, datetime], Access] = field(default_factory=dict)
    dropped: set[tuple[str, datetime]] = field(default_factory=set)
    declared: dict[str, datetime] = field(default_factory=dict)
    noted: dict[str, tuple[datetime, ...]] = field(default_factory=dict)

    @property
    def served(self) -> tuple[datetime, ...]:
        """The first and the last time when a page was served that was noted."""
        return self.noted.get(SERVED, ())

    @property
    def downloaded(self) -> tuple[datetime, ...]:
        """The first and the last time when the file was delivered."""
        return self.noted.get(DOWNLOADED, ())

    @property
    def single(self) -> list[Access]:
        """The accesses that were not dropped."""
        return [a for once, a in self.accesses.items() if once not in self.dropped]

    @property
    def is_read(self) -> bool:
        """Was it opened or downloaded, or is that said of it?"""
        return bool(self.accesses or self.downloaded or self.declared)

    @property
    def last(self) -> datetime:
        """When it was last seen, downloaded or acknowledged, or else served."""
        seen = [access.seen for access in self.accesses.values()]
        return max([*seen, *self.downloaded, *self.declared.values()] or self.served)

    @property
    def newest(self) -> datetime:
        """When it was last served, downloaded or acknowledged."""
        tickets = [issued for _key, issued in self.accesses]
        return max([*self.served, *self.downloaded, *tickets, *self.declared.values()])

    @property
    def engaged(self) -> int:
        """Milliseconds: with the views of one ticket together no more than from its
        issue until the last of them was seen."""
        tickets: dict[datetime, list[Access]] = {}
        for access in self.accesses.values():
            tickets.setdefault(access.issued, []).append(access)
        return sum(
            min(
                sum(view.engaged for view in views),
                passed(issued, max(view.seen for view in views)),
            )
            for issued, views in tickets.items()
        )

    def has_room(self, issued: datetime) -> bool:
        """Say whether one more access of this ticket is recorded."""
        return sum(at == issued for _key, at in self.accesses) < VIEWS_PER_TICKET

    def add(self, access: Access) -> None:
        """Keep the larger totals."""
        once = access.key, access.issued
        self.accesses[once] = merged(self.accesses.get(once), access)

    def note(self, origin: str, *times: datetime) -> None:
        """Keep that a page was served, or the file delivered, at these times."""
        times = (*self.noted.get(origin, ()), *times)
        self.noted[origin] = (min(times), max(times)) if times else ()


@dataclass
class KnownPage:
    """The title of a page, and when it was shown with it."""

    title: str = ""
    title_at: datetime | None = None

    def learn(self, title: str, at: datetime) -> None:
        """Keep what the latest page view says; an empty title says nothing."""
        if title and (not self.title or (at, title) > (self.title_at, self.title)):
            self.title_at, self.title = at, title


class KnownView(NamedTuple):
    """A page view, and which of those who have had the id it is of; 0 for guests. One
    that was ``dropped`` is part of its visit, and nothing else; ``ended`` is that visit as
    it was when all of it was dropped: nothing goes on with it."""

    view: PageView
    generation: int
    dropped: bool = False
    ended: Visit | None = None


@dataclass
class KnownHit:
    """A hit, None where it was counted or given up; it waits, unless ``state`` is
    "sending", "aside" or "done"."""

    at: datetime
    hit: Hit | None
    state: str = "waiting"
    reason: str = ""


@dataclass
class KnownService:
    """Who sends to a service, and how that went; see ``OutboxState``."""

    claim: str = ""
    until: datetime | None = None
    failures: int = 0
    due: datetime | None = None
    problem: str = ""
    detail: str = ""
    sent: int = 0
    last: datetime | None = None


@dataclass
class KnownGoal:
    """Since when it is known that somebody may reach a goal, and when that was."""

    since: datetime
    reached: datetime | None = None


class GoalKey(NamedTuple):
    """A goal of one of those who have had an id, with what was shown of a document."""

    goal: str
    account: Account
    generation: int
    text: tuple[str, str, str, str]


class KnownAcknowledgement(NamedTuple):
    """An acknowledgement, and the reading that it is about."""

    row: Acknowledgement
    state: State

    @property
    def about(self) -> tuple:
        """Whose it is, about which text."""
        return self.state.account, self.state.generation, self.state.version.text


@dataclass
class Tables:
    """Documents by (site, identity), their versions, accounts and readings; pages by
    (site, uid, url) and page views by (site, key); the visits, by the same key, whose
    address was shortened; since when page views of a site are kept, and what was added up
    of its visits; hits by (site, service, key), and what is known of services; events of
    members by (site, key); goals; when a member was first shown a variant, by (account,
    split, variant); acknowledgements by (site, key); who was forgotten when, by (site,
    checksum); since when accesses of a site are taken, and days counted; and accesses whose
    readings were removed, by (site, identity of the document, day)."""

    documents: dict[tuple[str, str], KnownDocument] = field(default_factory=dict)
    versions: dict[VersionKey, KnownVersion] = field(default_factory=dict)
    accounts: dict[Account, dict[int, Generation]] = field(default_factory=dict)
    readings: dict[State, KnownReading] = field(default_factory=dict)
    pages: dict[tuple[str, str, str], KnownPage] = field(default_factory=dict)
    views: dict[tuple[str, str], KnownView] = field(default_factory=dict)
    shortened: set[tuple[str, str]] = field(default_factory=set)
    kept: dict[str, Kept] = field(default_factory=dict)
    sums: dict[str, Sums] = field(default_factory=dict)
    hits: dict[tuple[str, str, str], KnownHit] = field(default_factory=dict)
    services: dict[tuple[str, str], KnownService] = field(default_factory=dict)
    events: dict[tuple[str, str], MemberEvent] = field(default_factory=dict)
    goals: dict[GoalKey, KnownGoal] = field(default_factory=dict)
    exposures: dict[tuple[Account, str, str], datetime] = field(default_factory=dict)
    acknowledgements: dict[tuple[str, str], KnownAcknowledgement] = field(
        default_factory=dict
    )
    forgotten: dict[tuple[str, str], datetime] = field(default_factory=dict)
    readings_from: dict[str, datetime] = field(default_factory=dict)
    days_from: dict[str, date] = field(default_factory=dict)
    days: Counter[tuple[str, str, date]] = field(default_factory=Counter)
    lock: RLock = field(default_factory=RLock)

    @property
    def acknowledged_states(self) -> list[State]:
        """What acknowledgements are about, whether or not they stand."""
        return [known.state for known in self.acknowledgements.values()]

    def refused(self, site: str, now: datetime) -> Refused:
        """Return what of a site is not recorded any more."""
        forgotten = {key: at for (of, key), at in self.forgotten.items() if of == site}
        return Refused(self.readings_from.get(site), forgotten).until(now)

    def remove_reading(self, state: State) -> None:
        """Remove a reading, but not that there were accesses on some days."""
        for access in self.readings.pop(state).accesses.values():
            self.days[state.account.site, state.document, access.issued.date()] += 1

    def generation(self, account: Account, at: datetime) -> int:
        """Return who had the id at that time, a new generation if nobody had."""
        generations = self.accounts.setdefault(account, {})
        for number, generation in sorted(generations.items()):
            if generation.retired is None or generation.retired > at:
                return number
        number = max(generations, default=0) + 1
        generations[number] = Generation()
        return number

    def of_sites(self, *sites: str) -> list[tuple[State, KnownReading]]:
        """Return the readings of some sites."""
        return [item for item in self.readings.items() if item[0].account.site in sites]

    def documents_of(self, site: str) -> list[KnownDocument]:
        """Return what is known of the documents of a site."""
        return [
            known for (of, _known_as), known in self.documents.items() if of == site
        ]

    def document(self, state: State) -> KnownDocument:
        """Return what is known of the document of a reading."""
        return self.documents[state.account.site, state.document]

    def about(self, site: str, uids: Iterable[str]) -> list[tuple[State, KnownReading]]:
        """Return the readings of some documents of a site."""
        wanted = {storable(uid, LIMITS["uid"]) for uid in uids} - {""}
        readings = self.of_sites(site)
        return [item for item in readings if self.document(item[0]).uid in wanted]

    def reading(self, state: State) -> KnownReading:
        """Return the reading of a state, a new one if there is none."""
        return self.readings.setdefault(state, KnownReading())

    def learn_version(self, version: VersionKey, words: int, since: datetime) -> None:
        """Keep what a ticket says of a version."""
        known = self.versions.setdefault(version, KnownVersion(words, since))
        known.learn(words, since)

    def words(self, version: VersionKey) -> int:
        """Return how long the text of a version is."""
        return max(self.versions[other].words for other in self._same(version))

    def label(self, version: VersionKey) -> str:
        """Return the first label of the text of a version."""
        return first_label(other.label for other in self._same(version))

    def _same(self, version: VersionKey) -> list[VersionKey]:
        return [other for other in self.versions if other.text == version.text]


def passed(since: datetime, until: datetime) -> int:
    """Return whole milliseconds from one time to a later one."""
    return max(microseconds(until) - microseconds(since), 0) // 1000


def merged(known: Access | None, access: Access) -> Access:
    """Return what is known after ``access`` arrived, too: the larger totals."""
    if known is None:
        return access
    return replace(
        known,
        opened=min(known.opened, access.opened),
        seen=max(known.seen, access.seen),
        engaged=max(known.engaged, access.engaged),
        depth=max(known.depth, access.depth),
        marks=known.marks | access.marks,
    )
