"""All storages side by side, emptied between the examples of a property."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.relational.storage import RelationalStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.memory import MemoryStorage
from slc.clicktracker.testing.memory.tables import Tables


TABLES = (
    "site",
    "document",
    "version",
    "reader",
    "reading",
    "reading_url",
    "access",
    "day",
    "page",
    "agent",
    "visit",
    "view",
    "kept",
    "forgotten",
    "word",
    "sum",
    "change",
    "sets",
    "place",
    "derived",
)


class Backends:
    """Gives, for a site, one storage of each kind; they have the same clock."""

    def __init__(self, sqlite: Path, *dsns: str) -> None:
        self.now: datetime | None = None
        self._tables = Tables()
        self._makers: list[Callable[[str], RelationalStorage]] = [
            lambda site: SQLiteStorage(sqlite, site, now=self._now),
            *(self._maker(dsn) for dsn in dsns),
        ]
        self._relational: dict[str, list[RelationalStorage]] = {}

    def of(self, site: str = "") -> list:
        """Return the storages of a site, the reference first."""
        if site not in self._relational:
            self._relational[site] = [make(site) for make in self._makers]
        memory = MemoryStorage(site, now=self._now, tables=self._tables)
        return [memory, *self._relational[site]]

    @contextmanager
    def emptied(self):
        """Nothing is recorded inside, at first."""
        self._tables = Tables()
        statements = [f"DELETE FROM clicktracker_{table}" for table in TABLES]
        for storage in self.of()[1:]:
            with storage.engine.begin() as connection:
                # A server is told all at once.
                together = connection.dialect.name == "postgresql"
                for statement in ["; ".join(statements)] if together else statements:
                    connection.exec_driver_sql(statement)
        yield self

    def close(self) -> None:
        for storages in self._relational.values():
            for storage in storages:
                storage.close()

    def _maker(self, dsn: str) -> Callable[[str], RelationalStorage]:
        return lambda site: PostgreSQLStorage(dsn, site, now=self._now)

    def _now(self) -> datetime:
        return self.now
