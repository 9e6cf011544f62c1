"""``MemoryStorage``: the shortest correct storage, and what tests compare with."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from operator import itemgetter
from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IReadingReport
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.storage.keys import identity
from slc.clicktracker.storage.memory.report import log
from slc.clicktracker.storage.memory.report import page
from slc.clicktracker.storage.memory.report import Shown
from slc.clicktracker.storage.memory.tables import Account
from slc.clicktracker.storage.memory.tables import KnownDocument
from slc.clicktracker.storage.memory.tables import merged
from slc.clicktracker.storage.memory.tables import State
from slc.clicktracker.storage.memory.tables import Tables
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import StorageStatus
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.storage.place import Place
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from uuid import uuid4
from zope.interface import implementer


@implementer(IAccessRecorder, IReadingReport, IStorageMaintenance)
class MemoryStorage:
    """Readings that are gone with the process.

    Every answer is computed from the accesses, so it is what the sums of other
    storages must come to. Storages with the same ``tables`` are sites of
    one database.
    """

    def __init__(
        self,
        site: str = "",
        now: Callable[[], datetime] | None = None,
        tables: Tables | None = None,
    ) -> None:
        self.site = storable(site, LIMITS["uid"])
        self.now = now or utc_now
        self.tables = tables if tables is not None else Tables()

    def logAccess(self, user: str, path: str, url: str) -> bool:
        """Record one access, now, by somebody of the site's own user folder.

        The reading belongs to the document whose latest access was at this
        path, else to the old address.
        """
        now = self.now()
        path = storable(path, LIMITS["path"])
        with self.tables.lock:
            here = [known for known in self._documents() if known.path == path]
            newest = max((known.path_at for known in here if known.uid), default=None)
            uids = [k.uid for k in here if k.uid and k.path_at == newest]
            document = Document(min(uids, default=""), path)
            self.record(
                [Access(uuid4().hex, now, now, now, document, Reader(user), url)]
            )
        return True

    def record(self, accesses: Sequence[Access]) -> None:
        """Record accesses whole or not at all; see ``IAccessRecorder``."""
        accesses = [(access, self._account(access.reader)) for access in accesses]
        known_as = [identity(access.document) for access, _account in accesses]
        with self.tables.lock:
            sent: dict[tuple, Access] = {}
            for (access, account), document in zip(accesses, known_as, strict=True):
                state = self._learn(access, account, document)
                once = (state, access.key, access.issued)
                known = merged(sent.get(once), access)
                sent[once] = replace(
                    known,
                    url=min(known.url, access.url),
                    origin=min(known.origin, access.origin),
                )
            for state, key, issued in sorted(sent, key=itemgetter(1)):
                reading = self.tables.accesses.setdefault(state, {})
                if (key, issued) in reading or _has_room(reading, issued):
                    access = sent[state, key, issued]
                    reading[key, issued] = merged(reading.get((key, issued)), access)

    def getLog(
        self, prefix: str, order_by: str | None = None, order_reverse: bool = False
    ) -> list[LogRow]:
        """Return ``LogRow`` for a place; see ``IClickStorage``."""
        with self.tables.lock:
            accesses = [
                (state.account.user, access)
                for state in self._states(self.site)
                if Place.of(prefix).covers(self._document(state).path)
                for access in self.tables.accesses[state].values()
            ]
        return log(accesses, order_by, order_reverse)

    def readings(self, query: ReadingQuery) -> ReadingPage:
        """Return one page of readings; see ``IReadingReport``."""
        with self.tables.lock:
            wanted = {storable(uid, LIMITS["uid"]) for uid in query.documents} - {""}
            found: dict[Shown, list[Access]] = {}
            for state in self._states(self.site):
                document = self._document(state)
                if document.uid in wanted:
                    account = state.account
                    generation = self.tables.accounts[account][state.generation]
                    shown = Shown(
                        Document(document.uid, document.path, document.title),
                        Reader(account.user, account.folder, generation.name),
                        state.generation,
                        generation.retired is not None,
                    )
                    found.setdefault(shown, []).extend(
                        self.tables.accesses[state].values()
                    )
        return page(found, query)

    def setup(self) -> None:
        """There is nothing to set up."""

    def status(self) -> StorageStatus:
        """Count what is known of this site."""
        with self.tables.lock:
            states = self._states(self.site)
            return StorageStatus(
                kind="Memory",
                place="",
                schema=0,
                documents=sum(1 for known in self._documents() if known.uid),
                readers=sum(
                    len(generations)
                    for account, generations in self.tables.accounts.items()
                    if account.site == self.site
                ),
                readings=len(states),
                accesses=sum(len(self.tables.accesses[state]) for state in states),
                old_addresses=len(
                    {s.document for s in states if not self._document(s).uid}
                ),
            )

    def retire(self, reader: Reader) -> None:
        """Close the account of ``reader``, now."""
        with self.tables.lock:
            now, account = self.now(), self._account(reader)
            current = self.tables.generation(account, now)
            self.tables.accounts[account][current].retired = now

    def forget(self, reader: Reader) -> int:
        """Remove all generations of ``reader`` and all that is known of them."""
        with self.tables.lock:
            account = self._account(reader)
            self.tables.accounts.pop(account, None)
            states = [s for s in self._states(self.site) if s.account == account]
            for state in states:
                del self.tables.accesses[state]
            return len(states)

    def old_addresses(self, prefix: str) -> list[tuple[str, datetime]]:
        """Return (path, last access), ordered by path."""
        with self.tables.lock:
            last: dict[str, datetime] = {}
            for state in self._states(""):
                path = self._old_path(state, Place.of(prefix))
                if path is not None:
                    seen = [a.seen for a in self.tables.accesses[state].values()]
                    last[path] = max(*seen, last.get(path, seen[0]))
            return sorted(last.items())

    def adopt(self, path: str, document: Document) -> int:
        """Give the readings of an old address to ``document``; return how many."""
        if not document.uid:
            raise ValueError("an old address can't be adopted by another one")
        old = identity(Document("", path))
        with self.tables.lock:
            if not self._remove_document(old, "", self.site):
                return 0
            now = self.now()
            known = self.tables.documents.setdefault(
                (self.site, document.uid), KnownDocument(document.uid, "", now)
            )
            known.path, known.path_at = document.path, now
            if document.title:
                known.title, known.title_at = document.title, now
            states = [s for s in self._states("", self.site) if s.document == old]
            self._move(states, document.uid)
            self._remove_unused_readers()
            return len(states)

    def claim(self, prefix: str) -> int:
        """Take over old addresses that belong to no site; return how many."""
        if not self.site:
            return 0
        with self.tables.lock:
            place = Place.of(prefix)
            found = [
                (known_as, known)
                for (site, known_as), known in self.tables.documents.items()
                if site == "" and not known.uid and place.covers(known.path)
            ]
            for known_as, known in found:
                self._remove_document(known_as, "")
                self.tables.documents.setdefault((self.site, known_as), known)
                self._move(
                    [s for s in self._states("") if s.document == known_as], known_as
                )
            self._remove_unused_readers()
            return len(found)

    def close(self) -> None:
        """There is nothing to let go of."""

    def _learn(self, access: Access, account: Account, known_as: str) -> State:
        """Keep what the access says of document and reader; return its reading."""
        document = self.tables.documents.setdefault(
            (self.site, known_as),
            KnownDocument(access.document.uid, access.document.path, access.issued),
        )
        document.learn(access.document.path, access.document.title, access.issued)
        number = self.tables.generation(account, access.issued)
        self.tables.accounts[account][number].learn(access.reader.name, access.issued)
        return State(account, number, known_as, access.version)

    def _move(self, states: list[State], document: str) -> None:
        """Give the accesses to a document of this site, and to readers of it."""
        at = {}
        for state in states:
            seen = max(a.seen for a in self.tables.accesses[state].values())
            who = (state.account, state.generation)
            at[who] = max(seen, at.get(who, seen))
        for state in states:
            account = state.account._replace(site=self.site)
            number = state.generation
            if account != state.account:
                number = self.tables.generation(
                    account, at[state.account, state.generation]
                )
                old = self.tables.accounts[state.account][state.generation]
                self.tables.accounts[account][number].learn(old.name, old.name_at)
            target = State(account, number, document, state.version)
            reading = self.tables.accesses.setdefault(target, {})
            for once, access in self.tables.accesses.pop(state).items():
                reading[once] = merged(reading.get(once), access)

    def _remove_unused_readers(self) -> None:
        """Nothing is kept of readers of no site when their readings have one."""
        used = {(s.account, s.generation) for s in self._states("")}
        for account, generations in list(self.tables.accounts.items()):
            if account.site == "":
                for number in list(generations):
                    if (account, number) not in used:
                        del generations[number]

    def _remove_document(self, known_as: str, *sites: str) -> bool:
        removed = [
            self.tables.documents.pop((site, known_as), None) for site in set(sites)
        ]
        return any(removed)

    def _states(self, *sites: str) -> list[State]:
        return [state for state in self.tables.accesses if state.account.site in sites]

    def _documents(self) -> list[KnownDocument]:
        return [
            known
            for (site, _known_as), known in self.tables.documents.items()
            if site == self.site
        ]

    def _document(self, state: State) -> KnownDocument:
        return self.tables.documents[state.account.site, state.document]

    def _old_path(self, state: State, place: Place) -> str | None:
        known = self._document(state)
        return known.path if not known.uid and place.covers(known.path) else None

    def _account(self, reader: Reader) -> Account:
        return Account(self.site, reader.folder, reader.user)


def _has_room(reading: Iterable[tuple[str, datetime]], issued: datetime) -> bool:
    """Say whether one more access of this ticket is recorded."""
    return sum(at == issued for _key, at in reading) < VIEWS_PER_TICKET
