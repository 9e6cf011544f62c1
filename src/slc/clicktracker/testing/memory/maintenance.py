"""The part of the storage in memory that looks after it."""

from datetime import datetime
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import StorageStatus
from slc.clicktracker.storage.place import Place
from slc.clicktracker.testing.memory.adoption import Adoption
from slc.clicktracker.testing.memory.tables import Account
from slc.clicktracker.testing.memory.tables import State


class MaintenanceInMemory:
    """The methods of ``IStorageMaintenance`` for a ``MemoryStorage``."""

    def setup(self) -> None:
        """There is nothing to set up."""

    def status(self) -> StorageStatus:
        """Count what is known of this site."""
        with self.tables.lock:
            read = [r for r in self.tables.of_sites(self.site) if r[1].is_read]
            return StorageStatus(
                kind="Memory",
                place="",
                schema=0,
                documents=sum(
                    1 for known in self.tables.documents_of(self.site) if known.uid
                ),
                readers=len(
                    {
                        (state.account, state.generation)
                        for state, _reading in self.tables.of_sites(self.site)
                        if state.account.user
                    }
                ),
                readings=len(read),
                accesses=sum(len(reading.accesses) for _state, reading in read),
                old_addresses=len(
                    {
                        s.document
                        for s, _reading in read
                        if not self.tables.document(s).uid
                    }
                ),
            )

    def retire(self, reader: Reader) -> None:
        """Close the account of ``reader``, now."""
        with self.tables.lock:
            now, account = self.now(), Account.of(self.site, reader)
            current = self.tables.generation(account, now)
            self.tables.accounts[account][current].retired = now
            self._forget_events(reader)
            self._forget_exposures(reader)

    def forget(self, reader: Reader) -> int:
        """Remove all generations of ``reader`` and all that is known of them."""
        with self.tables.lock:
            self.visitors.forget(reader)
            self.forget_hits(reader)
            self._forget_goals(reader)
            self._forget_events(reader)
            self._forget_exposures(reader)
            self._forget_acknowledgements(reader)
            account = Account.of(self.site, reader)
            self.tables.accounts.pop(account, None)
            readings = self.tables.of_sites(self.site)
            gone = [item for item in readings if item[0].account == account]
            for state, _reading in gone:
                del self.tables.readings[state]
            return sum(reading.is_read for _state, reading in gone)

    def old_addresses(self, prefix: str) -> list[tuple[str, datetime]]:
        """Return (path, last access), ordered by path."""
        with self.tables.lock:
            last: dict[str, datetime] = {}
            for state, reading in self.tables.of_sites(""):
                path = self._old_path(state, Place.of(prefix))
                if path is not None and reading.is_read:
                    last[path] = max(reading.last, last.get(path, reading.last))
            return sorted(last.items())

    def adopt(self, path: str, document: Document) -> int:
        """Give the readings of an old address to ``document``; return how many."""
        if not document.uid:
            raise ValueError("an old address can't be adopted by another one")
        with self.tables.lock:
            return Adoption(self.tables, self.site).adopt(path, document, self.now())

    def claim(self, prefix: str) -> int:
        """Take over old addresses that belong to no site; return how many."""
        if not self.site:
            return 0
        with self.tables.lock:
            return Adoption(self.tables, self.site).claim(prefix)

    def _old_path(self, state: State, place: Place) -> str | None:
        known = self.tables.document(state)
        return known.path if not known.uid and place.covers(known.path) else None
