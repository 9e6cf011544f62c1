"""The part of a storage in a database that closes accounts and forgets people."""

from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from slc.clicktracker.storage.keys import account_key
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.refused import Refused
from slc.clicktracker.storage.relational.dividing import Dividing
from slc.clicktracker.storage.relational.outbox.transaction import OutboxTransaction
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.relational.visits.recording import Recording
from slc.clicktracker.storage.relational.visits.settling import LATEST
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.storage.traces import Traces
from sqlalchemy import Connection
from typing import Any


class ForgettingInDatabase:
    """``retire``, ``forget``, ``pseudonymise`` and ``traces`` for a ``RelationalStorage``,
    and what is refused of those who were forgotten."""

    def retire(self, reader: Reader) -> None:
        """Close the account of ``reader``, now: tickets issued from now on are
        of somebody else with the same id.

        One who is not known yet gets a closed account, as what was read before
        may still be on its way.
        """
        who = {**self._of(reader), "now": self.dialect.moment(self.now())}
        with self._writing(self.site) as connection:
            self._forget_events(connection, reader, LATEST)
            self._forget_exposures(connection, reader, LATEST)
            if not connection.execute(self.queries.get("retire"), who).rowcount:
                connection.execute(self.queries.get("add_site"), {"site": self.site})
                connection.execute(
                    self.queries.get("add_retired"), {**who, "id_key": id_key(reader)}
                )

    def forget(self, reader: Reader, until: datetime | None = None) -> int:
        """Remove all generations of ``reader`` and all that is known of them."""
        with (
            self._writing(self.site) as connection,
            self._who_came_later(connection, reader, until),
        ):
            self._within(Recording, connection).forget(reader)
            connection.execute(
                self.queries.get("forget_vouching"), self._before(reader, until)
            )
            self._forget_what_names(connection, reader, until)
            for part in ("days", "empty_days", "accesses", "urls", "served"):
                connection.execute(self.queries.get(f"forget_{part}"), self._of(reader))
            removed = connection.execute(
                self.queries.get("forget_readings"), self._of(reader)
            )
            connection.execute(self.queries.get("forget_reader"), self._of(reader))
        return removed.rowcount

    def pseudonymise(
        self, reader: Reader, pseudonym: str, until: datetime | None = None
    ) -> int:
        """Give all generations of ``reader`` another name; see ``IStorageMaintenance``."""
        name = storable(pseudonym, LIMITS["user"])
        who = {
            **self._before(reader, until),
            "pseudonym": name,
            "id_key": id_key(Reader(name)),
            "now": self.dialect.moment(self.now()),
        }
        with (
            self._writing(self.site) as connection,
            self._who_came_later(connection, reader, until),
        ):
            self._within(Recording, connection).drop_of(reader)
            readings = connection.execute(
                self.queries.get("count_readings_of"), self._of(reader)
            ).scalar_one()
            self._forget_what_names(connection, reader, until)
            connection.execute(self.queries.get("pseudonymise_vouching"), who)
            connection.execute(self.queries.get("pseudonymise"), who)
        return int(readings)

    @contextmanager
    def _who_came_later(
        self, connection: Connection, reader: Reader, until: datetime | None
    ) -> Iterator[None]:
        """Keep what somebody has done who has got the id after that time."""
        if until is None or not reader.user:
            yield
            return
        recording = self._within(Recording, connection)
        seen = recording.taken_out(reader, until)
        dividing = self._within(Dividing, connection)
        with dividing.set_aside(reader, until, was_seen=bool(seen)):
            yield
        if seen:
            recording.record(seen, self.now())

    def traces(self, reader: Reader) -> Traces:
        """Return how much is known of ``reader``; see ``IStorageMaintenance``."""
        if not reader.user:
            return Traces()
        with self._reading() as connection:
            row = connection.execute(self.queries.get("traces"), self._of(reader)).one()
        return Traces(**{name: int(n) for name, n in row._mapping.items()})

    def refused(self, since: datetime) -> Refused:
        """Return what is not recorded any more; see ``IStorageMaintenance``."""
        with self._reading() as connection:
            return self._refused_since(connection, since)

    def _before(self, reader: Reader, until: datetime | None) -> dict[str, Any]:
        """Return the parameters for what is known of a reader by the id alone."""
        return {**self._of(reader), "until": self.dialect.moment(until or LATEST)}

    def _forget_what_names(
        self, connection: Connection, reader: Reader, until: datetime | None
    ) -> None:
        """Remove what is of a reader by the id alone, tell sets of readers, and remember
        that nothing more is to be recorded that was on its way."""
        last = until or LATEST
        self._within(OutboxTransaction, connection).forget(reader, last)
        self._forget_events(connection, reader, last)
        self._forget_exposures(connection, reader, last)
        connection.execute(self.queries.get("reader_changes"), self._of(reader))
        connection.execute(self.queries.get("add_site"), {"site": self.site})
        connection.execute(
            self.queries.get("remember_forgotten"),
            {
                "site": self.site,
                "account": account_key(self.site, reader),
                "until": self.dialect.moment(until or self.now()),
            },
        )

    def _refused(self, connection: Connection, times: Iterable[datetime]) -> Refused:
        """Return what of these times is not recorded any more. Nobody is forgotten, and no
        readings are removed, from then until the commit."""
        self.lock_shared(connection)
        return self._refused_since(connection, min(times))

    def _refused_since(self, connection: Connection, since: datetime) -> Refused:
        asking = self._within(SiteTransaction, connection)
        rows = asking.run("refused", since=self.dialect.moment(since)).all()
        known = {row.account: self.dialect.datetime(row.until) for row in rows}
        return Refused(known.pop("", None), known).until(self.now())

    def _taken(
        self, connection: Connection, things: Iterable[Any], time: str = "at"
    ) -> list[Any]:
        """Return those of some things that have a ``reader``, and a time of that name, of
        which there is a reader who was not forgotten since."""
        things = list(things)
        if not things:
            return things
        refused = self._refused(connection, (getattr(each, time) for each in things))
        if not refused.forgotten:
            return things
        takes = refused.takes_of
        return [
            each
            for each in things
            if takes(self.site, each.reader, getattr(each, time))
        ]

    def lock_shared(self, connection: Connection) -> None:
        """Keep others from having the site for themselves, until the commit."""
