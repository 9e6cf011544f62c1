"""What a ``MemoryStorage`` holds; several storages may share it."""

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import datetime
from slc.clicktracker.storage.model import Access
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


class State(NamedTuple):
    """Who read what: what the accesses of a reading have in common."""

    account: Account
    generation: int
    document: str
    version: str


@dataclass
class Tables:
    """Documents by (site, identity), accounts, and the accesses of each reading
    by (key, issued)."""

    documents: dict[tuple[str, str], KnownDocument] = field(default_factory=dict)
    accounts: dict[Account, dict[int, Generation]] = field(default_factory=dict)
    accesses: dict[State, dict[tuple[str, datetime], Access]] = field(
        default_factory=dict
    )
    lock: RLock = field(default_factory=RLock)

    def generation(self, account: Account, at: datetime) -> int:
        """Return who had the id at that time, a new generation if nobody had."""
        generations = self.accounts.setdefault(account, {})
        for number, generation in sorted(generations.items()):
            if generation.retired is None or generation.retired > at:
                return number
        number = max(generations, default=0) + 1
        generations[number] = Generation()
        return number


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
    )
