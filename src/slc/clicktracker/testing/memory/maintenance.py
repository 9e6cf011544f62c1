"""The part of the storage in memory that looks after it."""

from datetime import date
from datetime import datetime
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import StorageStatus
from slc.clicktracker.storage.place import Place
from slc.clicktracker.testing.memory.adoption import Adoption
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
                accesses=self._accesses_by_day(),
                old_addresses=len(
                    {
                        s.document
                        for s, _reading in read
                        if not self.tables.document(s).uid
                    }
                ),
            )

    def _accesses_by_day(self) -> int:
        first = self.tables.days_from.get(self.site, date.min)
        days = [
            issued.date()
            for _state, reading in self.tables.of_sites(self.site)
            for _key, issued in reading.accesses
        ]
        gone = sum(
            number
            for (site, _document, day), number in self.tables.days.items()
            if site == self.site and day >= first
        )
        return sum(day >= first for day in days) + gone

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
