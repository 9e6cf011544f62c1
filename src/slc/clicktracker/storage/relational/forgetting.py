"""The part of a storage in a database that closes accounts and forgets people."""

from collections.abc import Iterable
from datetime import datetime
from slc.clicktracker.storage.keys import account_key
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.refused import Refused
from slc.clicktracker.storage.relational.acknowledgements.transaction import (
    AcknowledgementsTransaction,
)
from slc.clicktracker.storage.relational.outbox.transaction import OutboxTransaction
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.relational.visits.recording import Recording
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
            self._forget_events(connection, reader)
            self._forget_exposures(connection, reader)
            if not connection.execute(self.queries.get("retire"), who).rowcount:
                connection.execute(self.queries.get("add_site"), {"site": self.site})
                connection.execute(
                    self.queries.get("add_retired"), {**who, "id_key": id_key(reader)}
                )

    def forget(self, reader: Reader) -> int:
        """Remove all generations of ``reader`` and all that is known of them."""
        with self._writing(self.site) as connection:
            self._within(Recording, connection).forget(reader)
            self._within(AcknowledgementsTransaction, connection).forget_vouching(
                reader
            )
            self._forget_what_names(connection, reader)
            for part in ("days", "empty_days", "accesses", "urls", "served"):
                connection.execute(self.queries.get(f"forget_{part}"), self._of(reader))
            removed = connection.execute(
                self.queries.get("forget_readings"), self._of(reader)
            )
            connection.execute(self.queries.get("forget_reader"), self._of(reader))
        return removed.rowcount

    def pseudonymise(self, reader: Reader, pseudonym: str) -> int:
        """Give all generations of ``reader`` another name; see ``IStorageMaintenance``."""
        name = storable(pseudonym, LIMITS["user"])
        who = {
            **self._of(reader),
            "pseudonym": name,
            "id_key": id_key(Reader(name)),
            "now": self.dialect.moment(self.now()),
        }
        with self._writing(self.site) as connection:
            self._within(Recording, connection).drop_of(reader)
            readings = connection.execute(
                self.queries.get("count_readings_of"), self._of(reader)
            ).scalar_one()
            self._forget_what_names(connection, reader)
            connection.execute(self.queries.get("pseudonymise_vouching"), who)
            connection.execute(self.queries.get("pseudonymise"), who)
        return int(readings)

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

    def _forget_what_names(self, connection: Connection, reader: Reader) -> None:
        """Remove what is of a reader by the id alone, tell sets of readers, and remember
        that nothing more is to be recorded that was on its way."""
        self._within(OutboxTransaction, connection).forget(reader)
        self._forget_events(connection, reader)
        self._forget_exposures(connection, reader)
        connection.execute(self.queries.get("reader_changes"), self._of(reader))
        connection.execute(self.queries.get("add_site"), {"site": self.site})
        connection.execute(
            self.queries.get("remember_forgotten"),
            {
                "site": self.site,
                "account": account_key(self.site, reader),
                "now": self.dialect.moment(self.now()),
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
