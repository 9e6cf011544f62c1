"""The part of the storage in memory that is about events of members."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.errors import UnstorableData
from slc.clicktracker.storage.events.model import MemberEvent
from slc.clicktracker.storage.events.plain import member_events
from slc.clicktracker.storage.events.plain import plain_event
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.testing.memory.tables import Account


class EventsInMemory:
    """The methods of ``IMemberEvents`` for a ``MemoryStorage``."""

    def record_events(self, events: Sequence[MemberEvent]) -> None:
        """Record events whole or not at all; see ``IMemberEvents``."""
        try:
            kept = member_events(map(plain_event, events))
        except (ValueError, TypeError) as error:
            raise UnstorableData(str(error)) from error
        with self.tables.lock:
            takes = self.tables.refused(self.site, self.now()).takes_of
            for event in kept:
                at = from_microseconds(event.occurred)
                if not takes(self.site, Reader(event.reader), at):
                    continue
                if event.occurred > self._left(event.reader):
                    self.tables.events.setdefault((self.site, event.key), event)

    def _left(self, user: str) -> int:
        """Return when the last account of this id was deleted, -1 if none was."""
        known = self.tables.accounts.get(Account.of(self.site, Reader(user)), {})
        left = [one.retired for one in known.values() if one.retired is not None]
        return max(map(microseconds, left), default=-1)

    def events(
        self,
        since: datetime,
        until: datetime,
        *,
        reader: str | None = None,
        cohort: str | None = None,
    ) -> Iterator[MemberEvent]:
        """Return an iterator over events; see ``IMemberEvents``."""
        first, end = microseconds(since), microseconds(until)
        found = [
            event
            for event in self._events()
            if first <= event.occurred < end
            and reader in (None, event.reader)
            and cohort in (None, event.cohort)
        ]
        return iter(sorted(found, key=lambda e: (e.reader, e.occurred, e.key)))

    def drop_events(self, before: datetime, most: int) -> int:
        """Remove some old events; see ``IMemberEvents``."""
        with self.tables.lock:
            old = self._old(before)[:most]
            for event in old:
                del self.tables.events[self.site, event.key]
            return len(old)

    def old_events(self, before: datetime) -> int:
        """Count old events; see ``IMemberEvents``."""
        return len(self._old(before))

    def _forget_events(self, reader: Reader, until: datetime) -> None:
        for event in self._events():
            is_of = (event.reader, "") == (reader.user, reader.folder)
            if is_of and event.occurred <= microseconds(until):
                del self.tables.events[self.site, event.key]

    def _old(self, before: datetime) -> list[MemberEvent]:
        end = microseconds(before)
        old = (event for event in self._events() if event.occurred < end)
        return sorted(old, key=lambda event: event.occurred)

    def _events(self) -> list[MemberEvent]:
        with self.tables.lock:
            kept = list(self.tables.events.items())
        return [event for (site, _key), event in kept if site == self.site]
