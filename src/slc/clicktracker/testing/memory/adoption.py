"""Giving the readings of an old address to a document or a site, the plain way."""

from datetime import datetime
from slc.clicktracker.storage.keys import identity
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.place import Place
from slc.clicktracker.testing.memory.tables import KnownDocument
from slc.clicktracker.testing.memory.tables import State
from slc.clicktracker.testing.memory.tables import Tables
from slc.clicktracker.testing.memory.visits import Visits


class Adoption:
    """Moves readings to a site, while the tables are locked."""

    def __init__(self, tables: Tables, site: str) -> None:
        self.tables = tables
        self.site = site

    def adopt(self, path: str, document: Document, now: datetime) -> int:
        """Give what is known of an old address, here and in the site "", to
        ``document``; return how many readings that are."""
        old = identity(Document("", path))
        if not self._remove_document(old, "", self.site):
            return 0
        known = self.tables.documents.setdefault(
            (self.site, document.uid), KnownDocument(document.uid, "", now)
        )
        known.path, known.path_at = document.path, now
        if document.title:
            known.title, known.title_at = document.title, now
        moved = self._move(old, document.uid, "", self.site)
        self._remove_unused_readers()
        return moved

    def claim(self, prefix: str) -> int:
        """Move old addresses of the site "" to this site; return how many."""
        place = Place.of(prefix)
        found = [
            (known_as, known)
            for (site, known_as), known in self.tables.documents.items()
            if site == "" and not known.uid and place.covers(known.path)
        ]
        for known_as, known in found:
            self._remove_document(known_as, "")
            self.tables.documents.setdefault((self.site, known_as), known)
            self._move(known_as, known_as, "")
        self._remove_unused_readers()
        return len(found)

    def _move(self, old: str, new: str, *sites: str) -> int:
        """Give what is known of a document in these sites to one of this site, and
        to readers of it; return how many readings that are."""
        for version in [v for v in self.tables.versions if v.document == old]:
            if version.site in sites:
                known = self.tables.versions.pop(version)
                moved = version._replace(site=self.site, document=new)
                self.tables.learn_version(moved, known.words, known.since)
        moving = [r for r in self.tables.of_sites(*sites) if r[0].document == old]
        at: dict[tuple, datetime] = {}
        for state, reading in moving:
            who = (state.account, state.generation)
            at[who] = max(reading.last, at.get(who, reading.last))
        for state, reading in moving:
            del self.tables.readings[state]
            target = self._target(state, new, at[state.account, state.generation])
            for access in reading.accesses.values():
                self.tables.reading(target).add(access)
            self.tables.reading(target).dropped |= reading.dropped
            for origin, times in reading.noted.items():
                self.tables.reading(target).note(origin, *times)
        return sum(reading.is_read for _state, reading in moving)

    def _target(self, state: State, document: str, at: datetime) -> State:
        """Return where a reading belongs that is given to a document of this site."""
        account = state.account._replace(site=self.site)
        number = state.generation
        if account != state.account:
            number = self.tables.generation(account, at)
            old = self.tables.accounts[state.account][state.generation]
            self.tables.accounts[account][number].learn(old.name, old.name_at)
        return state._replace(account=account, generation=number, document=document)

    def _remove_unused_readers(self) -> None:
        """Nothing is kept of readers of no site when their readings have one."""
        used = {(s.account, s.generation) for s, _reading in self.tables.of_sites("")}
        used |= {(s.account, s.generation) for s in self.tables.acknowledged_states}
        used |= Visits(self.tables, "").accounts()
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
