"""``People``: the accounts of a site, by their place in sets of readers."""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.sets.audiences import AudienceSets
from slc.clicktracker.storage.sets.bits import bits_of
from threading import Lock


#: Questions about audiences that are remembered, each with up to a few megabytes.
_MOST_QUESTIONS = 4


@dataclass(frozen=True)
class Account:
    """An account that a storage knows; ``number`` is its own, ``place`` that in sets."""

    place: int
    number: int
    folder: str
    member: str
    generation: int
    name_key: str
    id_key: str
    is_former: bool

    @property
    def shown_key(self) -> str:
        """What it is sorted and found by: of a deleted one that is the id alone, as the
        name would be told, letter by letter."""
        return self.id_key if self.is_former else self.name_key

    @property
    def order(self) -> tuple:
        """Sorts by name; nobody is at the same place as somebody else."""
        return (self.shown_key, *self.ties)

    @property
    def ties(self) -> tuple:
        return self.id_key, self.member, self.folder, self.generation


class People:
    """All accounts of a site."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.accounts = {account.place: account for account in accounts}
        self._audiences: Bounded[tuple[int, ...], AudienceSets] = Bounded(
            _MOST_QUESTIONS
        )
        self._lock = Lock()

    @cached_property
    def size(self) -> int:
        """More than the place of any of them."""
        return max(self.accounts, default=-1) + 1

    @cached_property
    def by_name(self) -> list[Account]:
        return sorted(self.accounts.values(), key=lambda account: account.order)

    @cached_property
    def by_name_descending(self) -> list[Account]:
        """From the last name to the first; those of the same name as in ``by_name``."""
        by_ties = sorted(self.accounts.values(), key=lambda account: account.ties)
        return sorted(by_ties, key=lambda account: account.shown_key, reverse=True)

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        """Where present accounts are, by user folder and id."""
        return {
            (account.folder, account.member): place
            for place, account in self.accounts.items()
            if not account.is_former
        }

    @cached_property
    def visitors(self) -> int:
        """The set of what has no log-in."""
        return bits_of(
            place for place, account in self.accounts.items() if not account.member
        )

    def audiences(self, audiences: Sequence[tuple[Reader, ...]]) -> AudienceSets:
        """Return audiences as sets.

        The same tuples are mostly asked about again, and to compare thousands of readers
        would take as long as to find their places.
        """
        key = tuple(map(id, audiences))
        with self._lock:
            known = self._audiences.get(key)
        if known is None:
            known = AudienceSets(audiences, self.places, self.size)
        with self._lock:
            self._audiences[key] = known
        return known

    def present(self, readers: Iterable[Reader]) -> int:
        """Return the set of those readers whose present account is known."""
        places = self.places
        found = (places.get((reader.folder, reader.user)) for reader in readers)
        return bits_of(place for place in found if place is not None)

    def numbers(self, readers: Iterable[Reader]) -> dict[int, tuple[str, str]]:
        """Return user folder and id of those readers whose present account is known, by
        its number."""
        whose = {(reader.folder, reader.user) for reader in readers}
        return {
            self.accounts[self.places[each]].number: each
            for each in whose
            if each in self.places
        }

    def ever(self, readers: Iterable[Reader]) -> int:
        """Return the set of all accounts that have had the ids of these readers."""
        wanted = {(reader.folder, reader.user) for reader in readers}
        return bits_of(
            place
            for place, account in self.accounts.items()
            if (account.folder, account.member) in wanted
        )

    def found(self, search: str) -> int:
        """Return the set of those whose name or id contains a folded text."""
        return bits_of(
            place
            for place, account in self.accounts.items()
            if search in account.shown_key or search in account.id_key
        )
