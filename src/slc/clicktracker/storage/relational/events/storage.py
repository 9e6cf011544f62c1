"""The part of a storage in a database that is about events of members."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.errors import UnstorableData
from slc.clicktracker.storage.events.model import MemberEvent
from slc.clicktracker.storage.events.plain import plain_event
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.events.transaction import EventsTransaction
from sqlalchemy import Connection


class EventsInDatabase:
    """The methods of ``IMemberEvents`` for a ``RelationalStorage``."""

    def record_events(self, events: Sequence[MemberEvent]) -> None:
        """Record events whole or not at all; see ``IMemberEvents``."""
        try:
            rows = [plain_event(event) for event in events]
        except (ValueError, TypeError) as error:
            raise UnstorableData(str(error)) from error
        if rows:
            with self._writing() as connection:
                refused = self._refused(
                    connection, (from_microseconds(row.occurred) for row in rows)
                )
                rows = [
                    row
                    for row in rows
                    if refused.takes_of(
                        self.site, Reader(row.reader), from_microseconds(row.occurred)
                    )
                ]
                if rows:
                    self._within(EventsTransaction, connection).record(rows)

    def events(
        self,
        since: datetime,
        until: datetime,
        *,
        reader: str | None = None,
        cohort: str | None = None,
    ) -> Iterator[MemberEvent]:
        """Return an iterator over events, which has a connection of its own until it is
        exhausted or closed; see ``IMemberEvents``."""
        with self._reading() as connection:
            yield from self._within(EventsTransaction, connection).events(
                since, until, reader, cohort
            )

    def drop_events(self, before: datetime, most: int) -> int:
        """Remove some old events; see ``IMemberEvents``."""
        with self._writing() as connection:
            return self._within(EventsTransaction, connection).drop(before, most)

    def old_events(self, before: datetime) -> int:
        """Count old events; see ``IMemberEvents``."""
        with self._reading() as connection:
            return self._within(EventsTransaction, connection).old(before)

    def _forget_events(
        self, connection: Connection, reader: Reader, until: datetime
    ) -> None:
        """Remove those of a reader until a time. Only who has an account in the site has
        any."""
        if not reader.folder:
            self._within(EventsTransaction, connection).forget(reader.user, until)
