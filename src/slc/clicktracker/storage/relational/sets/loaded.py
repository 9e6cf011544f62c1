"""``LoadedSets``: the sets of a site that this process has in its memory."""

from collections.abc import Iterable
from collections.abc import Set
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.relational.site_transaction import sent_numbers
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.sets.document_days import DocumentDays
from slc.clicktracker.storage.sets.document_sets import DocumentSets
from slc.clicktracker.storage.sets.document_values import DocumentValues
from slc.clicktracker.storage.sets.people import Account
from slc.clicktracker.storage.sets.people import People
from slc.clicktracker.storage.sets.site_sets import SiteSets
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from threading import Lock
from typing import Any
from typing import NamedTuple


#: Documents whose sets are asked for at once.
_AT_ONCE = 1000


class SetsState(NamedTuple):
    """``stamp`` changes with the sets, and ``people`` with who is in them. ``rule`` is that
    of the levels. ``is_behind``: something was recorded that they don't know. All but that
    is None where there are none."""

    stamp: int | None
    people: int | None
    rule: EngagementRule | None
    is_behind: bool


class LoadedSets:
    """Sets that were asked for stay until they are made anew in the database: six
    bits for each reader and document, and some for each that comes in between. So do
    values, of about 20 bytes a reading.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp: int | None = None
        self._people_stamp: int | None = None
        self._people = People(())
        #: By the number of a document in the database, the stamp and the UID, ...
        self._stamps: dict[int, int] = {}
        #: ... by UID the number, and what was asked for, by kind and UID.
        self._numbers: dict[str, int] = {}
        self._kept: dict[str, dict[str, Any]] = {kind: {} for kind in _KINDS}

    def for_child(self) -> "LoadedSets":
        """Return the same for a process that was forked from this one: nothing where a
        thread was busy with it, which isn't there any more."""
        found = LoadedSets()
        if not self._lock.locked():
            lock = found._lock
            vars(found).update(vars(self))
            found._lock = lock
        return found

    def are_of(self, state: SetsState) -> bool:
        """Is what there is just what the database has?"""
        return self._stamp == state.stamp

    def of(
        self,
        asking: "AskingForSets",
        state: SetsState,
        documents: Iterable[str],
        kinds: Iterable[str],
    ) -> SiteSets:
        """Return some kinds of ``SiteSets`` of documents as they are in the database, of
        which the ``state`` was asked before."""
        uids = set(documents)
        with self._lock:
            if state.stamp != self._stamp:
                self._forget_changed(asking, state.stamp)
            known = uids & self._numbers.keys()
            if len(known) < len(uids):
                # Nearly all are called as the database can call them.
                others = (storable(uid, LIMITS["uid"]) for uid in uids - known)
                known |= self._numbers.keys() & others
            is_new = [self._load(asking, kind, known) for kind in kinds]
            if any(is_new) or state.people != self._people_stamp:
                # Last, so that there is nobody in the sets who isn't among them.
                people = asking.state().people
                if people != self._people_stamp:
                    self._people, self._people_stamp = asking.people(), people
            found = {
                kind: {uid: its[uid] for uid in known if uid in its}
                for kind, its in self._kept.items()
                if kind in kinds
            }
            return SiteSets(self._people, **found)

    def _load(self, asking: "AskingForSets", kind: str, uids: Set[str]) -> bool:
        """Have one kind of documents; return whether any of it was not there."""
        kept = self._kept[kind]
        missing = {self._numbers[uid]: uid for uid in uids - kept.keys()}
        for number, found in _KINDS[kind](asking, list(missing)):
            kept[missing[number]] = found
        return bool(missing)

    def _forget_changed(self, asking: "AskingForSets", stamp: int | None) -> None:
        stamps = asking.stamps_of_documents()
        unchanged = {n for n, _stamp in stamps.items() & self._stamps.items()}
        new = [number for number in stamps if number not in self._stamps]
        kept = {uid: n for uid, n in self._numbers.items() if n in stamps}
        self._numbers = kept | asking.numbers(new)
        same = {uid for uid, number in kept.items() if number in unchanged}
        self._kept = {
            kind: {uid: its for uid, its in kept.items() if uid in same}
            for kind, kept in self._kept.items()
        }
        self._stamps, self._stamp = stamps, stamp


class AskingForSets(SiteTransaction):
    """Asks for sets within one transaction of one site."""

    def state(self) -> SetsState:
        """Return what the sets of the site are like now."""
        row = self.run("derived").first()
        if row is None:
            is_behind = self.run("has_changes").first() is not None
            return SetsState(None, None, None, is_behind)
        rule = EngagementRule(row.pace, row.least_seconds)
        return SetsState(row.stamp, row.people, rule, bool(row.is_behind))

    def stamps_of_documents(self) -> dict[int, int]:
        """Return what changes with the sets of each document, by its number."""
        return {row.document: row.stamp for row in self.run("stamps_of_documents")}

    def numbers(self, documents: list[int]) -> dict[str, int]:
        """Return the numbers of documents by their UID."""
        rows = self.run("uids", numbers=sent_numbers(documents)) if documents else ()
        return {row.uid: row.id for row in rows}

    def sets(self, documents: list[int]) -> Iterable[tuple[int, DocumentSets]]:
        """Yield documents, by their numbers, with their sets."""
        for number, found in self._kept("sets", documents):
            yield number, DocumentSets.unpacked(found)

    def values(self, documents: list[int]) -> Iterable[tuple[int, DocumentValues]]:
        """Yield documents, by their numbers, with the values of their readings."""
        for number, found in self._kept("orders", documents):
            yield number, DocumentValues.unpacked(found)

    def days(self, documents: list[int]) -> Iterable[tuple[int, DocumentDays]]:
        """Yield documents, by their numbers, with the days on which they were opened."""
        for start in range(0, len(documents), _AT_ONCE):
            numbers = documents[start : start + _AT_ONCE]
            rows = self.run("days_of_documents", numbers=sent_numbers(numbers))
            texts = {row.document: row.days for row in rows}
            for number in numbers:
                values = list(map(int, texts.get(number, "").split()))
                yield (
                    number,
                    DocumentDays.of(zip(values[::2], values[1::2], strict=True)),
                )

    def _kept(self, column: str, documents: list[int]) -> Iterable[tuple[int, bytes]]:
        statement = self.queries.get("kept_of_documents", kept=f"s.{column}")
        for start in range(0, len(documents), _AT_ONCE):
            sent = sent_numbers(documents[start : start + _AT_ONCE])
            for row in self.connection.execute(statement, {"numbers": sent}):
                if row.kept is not None:
                    yield row.id, bytes(row.kept)

    def people(self) -> People:
        """Return all accounts that are in sets."""
        return People(
            Account(
                row.place,
                row.id,
                row.folder,
                row.member,
                row.generation,
                row.name_key,
                row.id_key,
                bool(row.former),
            )
            for row in self.run("people")
        )


#: What there is of documents, by what it is called in ``SiteSets``.
_KINDS = {
    "documents": AskingForSets.sets,
    "values": AskingForSets.values,
    "days": AskingForSets.days,
}
