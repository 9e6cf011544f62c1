"""What SQLite and PostgreSQL share: a storage over an SQLAlchemy engine."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import datetime
from slc.clicktracker.storage.capabilities import IAccessRecorder
from slc.clicktracker.storage.capabilities import IAcknowledgements
from slc.clicktracker.storage.capabilities import IAudienceProgress
from slc.clicktracker.storage.capabilities import IGoals
from slc.clicktracker.storage.capabilities import IMemberEvents
from slc.clicktracker.storage.capabilities import IOutbox
from slc.clicktracker.storage.capabilities import IPastReadings
from slc.clicktracker.storage.capabilities import IReadDocuments
from slc.clicktracker.storage.capabilities import IReaderSets
from slc.clicktracker.storage.capabilities import IReadingFigures
from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.capabilities import IReadingRetention
from slc.clicktracker.storage.capabilities import IStorageMaintenance
from slc.clicktracker.storage.capabilities import IVisitRetention
from slc.clicktracker.storage.capabilities import IVisits
from slc.clicktracker.storage.capabilities import IVisitStatistics
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.levels import level_in_sql
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import StorageStatus
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.past import PastReadings
from slc.clicktracker.storage.place import INDEXED
from slc.clicktracker.storage.place import Place
from slc.clicktracker.storage.relational.acknowledgements.storage import (
    AcknowledgementsInDatabase,
)
from slc.clicktracker.storage.relational.adoption import Adoption
from slc.clicktracker.storage.relational.asked import asked
from slc.clicktracker.storage.relational.asked import Transaction
from slc.clicktracker.storage.relational.batch import Batch
from slc.clicktracker.storage.relational.dialect import Dialect
from slc.clicktracker.storage.relational.events.storage import EventsInDatabase
from slc.clicktracker.storage.relational.forgetting import ForgettingInDatabase
from slc.clicktracker.storage.relational.goals.storage import GoalsInDatabase
from slc.clicktracker.storage.relational.outbox.storage import OutboxInDatabase
from slc.clicktracker.storage.relational.outbox.transaction import outbox_parts
from slc.clicktracker.storage.relational.past import AskingForThePast
from slc.clicktracker.storage.relational.queries import Queries
from slc.clicktracker.storage.relational.questions import Questions
from slc.clicktracker.storage.relational.retention import RetentionInDatabase
from slc.clicktracker.storage.relational.sets.loaded import LoadedSets
from slc.clicktracker.storage.relational.sets.storage import SetsInDatabase
from slc.clicktracker.storage.relational.visits.storage import VisitsInDatabase
from slc.clicktracker.storage.relational.visits.transaction import visits_parts
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from sqlalchemy import Connection
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from threading import Lock
from uuid import uuid4
from zope.interface import implementer

import os


#: The version of the tables that this code works with.
SCHEMA = 7

#: The oldest one that can be brought up to date: those before were never released.
OLDEST_SCHEMA = 7

_LOG_ORDER = {
    "member": "r.member",
    "url": "u.url",
    "count": "sum(u.count)",
    "lastaccess": "max(u.last)",
}


@implementer(
    IAccessRecorder,
    IReadingLists,
    IReadingFigures,
    IAudienceProgress,
    IReadDocuments,
    IPastReadings,
    IReaderSets,
    IReadingRetention,
    IVisits,
    IVisitRetention,
    IVisitStatistics,
    IOutbox,
    IMemberEvents,
    IGoals,
    IAcknowledgements,
    IStorageMaintenance,
)
class RelationalStorage(
    SetsInDatabase,
    VisitsInDatabase,
    OutboxInDatabase,
    EventsInDatabase,
    GoalsInDatabase,
    AcknowledgementsInDatabase,
    ForgettingInDatabase,
    RetentionInDatabase,
):
    """The queries, and the flow of a transaction.

    A storage is bound to one site; what other sites have in the same
    database does not exist for it. ``now`` tells the time (for tests).
    Subclasses bring an engine, a dialect, ``write_batch``, ``setup``, ``lock``,
    ``lock_shared``, ``lock_visits``, ``lock_goals``, ``lock_sets`` and ``describe``, and say in
    ``translated`` which errors mean what.
    """

    dialect: Dialect

    def __init__(
        self,
        engine: Engine,
        site: str = "",
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.engine = engine
        self._pid = os.getpid()
        self._forked = Lock()
        self._writer = engine.execution_options(clicktracker_writes=True)
        self._unchanged = engine.execution_options(**self.dialect.one_moment)
        self._loaded_sets = LoadedSets()
        self.site = storable(site, LIMITS["uid"])
        self.now = now or utc_now
        parts = {
            **self.dialect.parts,
            **visits_parts(self.dialect),
            **outbox_parts(self.dialect),
            "level": level_in_sql(),
        }
        self.queries = Queries(__package__, parts=parts)

    def write_batch(self, connection: Connection, batch: Batch) -> None:
        """Record a batch in the running transaction."""
        raise NotImplementedError

    def setup(self) -> None:
        """Create or bring up to date what the storage needs."""
        raise NotImplementedError

    def lock(self, connection: Connection, *sites: str) -> None:
        """Wait until nobody else writes to these sites, until the commit."""

    def leave_parent(self) -> None:
        """Do what is needed with inherited connections, in a child that was forked,
        before it opens its own."""

    def describe(self, connection: Connection) -> tuple[str, str, int]:
        """Return kind, place and schema version for the status."""
        raise NotImplementedError

    def translated(self, error: Exception) -> StorageError | None:
        """Return the typed error for one of the database's, None for a bug."""
        raise NotImplementedError

    def logAccess(self, user: str, path: str, url: str) -> bool:
        """Record one access, now, by somebody of the site's own user folder.

        All that is known is a path. The reading belongs to the document whose
        latest access was at this path; where none is known it belongs to
        the old address, which ``adopt`` gives to a document. ``record`` knows
        the document and should be used instead.
        """
        now = self.now()
        path = storable(path, LIMITS["path"])
        with self._reading() as connection:
            row = connection.execute(
                self.queries.get("document_at"),
                {"site": self.site, "path": path, "path_start": path[:INDEXED]},
            ).first()
        uid = row.uid if row else ""
        self.record(
            [
                Access(
                    key=uuid4().hex,
                    issued=now,
                    opened=now,
                    seen=now,
                    document=Document(uid, path),
                    reader=Reader(user),
                    url=url,
                )
            ]
        )
        return True

    def record(self, accesses: Sequence[Access]) -> None:
        """Record accesses whole or not at all; see ``IAccessRecorder``."""
        batch = Batch.of(accesses, self.dialect.moment)
        if not batch:
            return
        with self._writing() as connection:
            refused = self._refused(connection, (each.issued for each in accesses))
            if refused:
                takes = refused.takes_access
                taken = [a for a in accesses if takes(self.site, a.reader, a.issued)]
                batch = Batch.of(taken, self.dialect.moment)
            if batch:
                self.write_batch(connection, batch)

    def getLog(
        self, prefix: str, order_by: str | None = None, order_reverse: bool = False
    ) -> list[LogRow]:
        """Return ``LogRow`` for a place; see ``IClickStorage``."""
        order = _LOG_ORDER.get(order_by or "", _LOG_ORDER["member"])
        covered, parameters = self._covered(prefix)
        query = self.queries.get(
            "log",
            order=order,
            direction="DESC" if order_reverse else "ASC",
            covered=covered,
        )
        with self._reading() as connection:
            rows = connection.execute(query, parameters).all()
        moment = self.dialect.datetime
        return [
            LogRow(row.member, int(row.count), moment(row.lastaccess), row.url)
            for row in rows
        ]

    history = asked(Questions, Questions.history)
    texts = asked(Questions, Questions.texts)
    document_uids = asked(Questions, Questions.document_uids)
    read_documents = asked(Questions, Questions.read_documents)
    depths = asked(Questions, Questions.depths)
    first_readings = asked(Questions, Questions.first_readings)

    def past_readings(
        self, documents: Sequence[str], moment: datetime, rule: EngagementRule
    ) -> PastReadings:
        """Return what was known at a moment; see ``IPastReadings``."""
        with self._of_one_moment() as connection:
            asking = self._within(AskingForThePast, connection)
            return asking.past_readings(documents, moment, rule)

    def status(self) -> StorageStatus:
        """Ask the database for version and counts of this site."""
        with self._reading() as connection:
            kind, place, schema = self.describe(connection)
            if self.dialect.no_compiling:
                connection.exec_driver_sql(self.dialect.no_compiling)
            row = connection.execute(
                self.queries.get("status"), {"site": self.site}
            ).one()
        counts = {name: int(count) for name, count in row._mapping.items()}
        return StorageStatus(kind=kind, place=place, schema=schema, **counts)

    def old_addresses(self, prefix: str) -> list[tuple[str, datetime]]:
        """Return (path, last access), ordered by path; see
        ``IStorageMaintenance``."""
        covered, parameters = self._covered(prefix)
        query = self.queries.get("old_addresses", covered=covered)
        with self._reading() as connection:
            rows = connection.execute(query, parameters).all()
        return [(row.path, self.dialect.datetime(row.last)) for row in rows]

    def adopt(self, path: str, document: Document) -> int:
        """Give the readings of an old address to ``document``; return how many."""
        if not document.uid:
            raise ValueError("an old address can't be adopted by another one")
        with self._writing("", self.site) as connection:
            return self._within(Adoption, connection).adopt(
                Document("", path), document, self.now()
            )

    def claim(self, prefix: str) -> int:
        """Take over old addresses that belong to no site; return how many."""
        if not self.site:
            return 0
        covered, parameters = self._covered(prefix)
        with self._writing("", self.site) as connection:
            rows = connection.execute(
                self.queries.get("unclaimed", covered=covered), parameters
            ).all()
            self._within(Adoption, connection).claim(
                {row.id: Document("", row.path) for row in rows}, self.now()
            )
        return len(rows)

    def close(self) -> None:
        """Let go of all connections; the next call opens new ones."""
        self._use_own_connections()
        self.engine.dispose()

    def _within(self, kind: type[Transaction], connection: Connection) -> Transaction:
        return kind(connection, self.queries, self.dialect, self.site)

    def _of(self, reader: Reader) -> dict[str, str]:
        return {"site": self.site, "folder": reader.folder, "member": reader.user}

    def _covered(self, prefix: str) -> tuple[str, dict[str, str]]:
        place = Place.of(prefix)
        if not place.path:
            return "", {"site": self.site}
        return "{below}", {"site": self.site, **place.parameters}

    def _use_own_connections(self) -> None:
        """In a child that was forked, leave the pool to the parent.

        Asked for with each use: uWSGI forks without Python's hooks. An event of the
        pool would come too late, as it has pinged the parent's connection by then,
        and a lock of the pool may have been held by a thread that is not here.
        """
        if self._pid == os.getpid():
            return
        with self._forked:
            if self._pid != os.getpid():
                self.leave_parent()
                self._loaded_sets = self._loaded_sets.for_child()
                self.engine.dispose(close=False)
                self._pid = os.getpid()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._use_own_connections()
        with self._typed_errors(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def _of_one_moment(self) -> Iterator[Connection]:
        """The same, where no question sees what another one didn't."""
        self._use_own_connections()
        with self._typed_errors(), self._unchanged.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self, *locked: str) -> Iterator[Connection]:
        self._use_own_connections()
        with self._typed_errors(), self._writer.begin() as connection:
            if locked:
                self.lock(connection, *sorted(set(locked)))
            yield connection

    @contextmanager
    def _typed_errors(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, OverflowError) as error:
            typed = self.translated(error)
            if typed is None:
                raise
            raise typed from error
