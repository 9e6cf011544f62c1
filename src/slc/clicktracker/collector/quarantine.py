"""``Quarantine``: accesses that no storage can keep, until somebody looks at them."""

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from datetime import timezone
from pathlib import Path
from slc.clicktracker.storage.sqlite.local_file import LocalFile

import sqlite3


_SCHEMA = """
CREATE TABLE IF NOT EXISTS quarantine (
    id INTEGER PRIMARY KEY AUTOINCREMENT, site TEXT NOT NULL, record BLOB NOT NULL,
    reason TEXT NOT NULL, since REAL NOT NULL, UNIQUE (site, record))
"""

#: Records that are looked at together.
_AT_ONCE = 500

#: Seconds that one process waits for another.
_PATIENCE = 5


class QuarantineUnavailable(Exception):
    """The file can't be used now; nothing was changed."""


@dataclass(frozen=True)
class Quarantined:
    """A record, why the storage refused it, and since when it is here."""

    id: int
    record: bytes
    reason: str
    since: datetime


class Quarantine:
    """One SQLite file for all processes that share a spool folder.

    Each call opens the file and closes it: it is needed rarely. It is made when the
    first record is put there. All methods raise ``QuarantineUnavailable``.
    """

    def __init__(self, folder: Path) -> None:
        self._file = LocalFile(folder / "quarantine.sqlite", _SCHEMA, _PATIENCE, "FULL")

    @property
    def path(self) -> Path:
        return self._file.path

    def put(self, site: str, record: bytes, reason: str) -> None:
        """Keep a record, on the disk when this returns; once if it comes twice.

        It gets a new id then, so that whoever has just taken it out to try it again
        does not remove it.
        """
        since = datetime.now(timezone.utc).timestamp()
        with self._opened() as connection:
            connection.execute(
                "INSERT INTO quarantine (site, record, reason, since) "
                "VALUES (?, ?, ?, ?) ON CONFLICT (site, record) DO UPDATE SET "
                "id = (SELECT max(id) + 1 FROM quarantine), reason = excluded.reason",
                (site, record, reason, since),
            )

    def count(self, site: str) -> int:
        """Return how many records of a site are here."""
        if not self._file.exists:
            return 0
        with self._opened() as connection:
            query = "SELECT count(*) FROM quarantine WHERE site = ?"
            return connection.execute(query, (site,)).fetchone()[0]

    def last(self, site: str) -> int:
        """Return the id of the newest record of a site, 0 without any."""
        if not self._file.exists:
            return 0
        with self._opened() as connection:
            query = "SELECT coalesce(max(id), 0) FROM quarantine WHERE site = ?"
            return connection.execute(query, (site,)).fetchone()[0]

    def first(self, site: str, most: int, until: int = 2**62) -> list[Quarantined]:
        """Return the oldest records of a site, ``most`` at most, to id ``until``."""
        if not self._file.exists:
            return []
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT id, record, reason, since FROM quarantine WHERE site = ? "
                "AND id <= ? ORDER BY id LIMIT ?",
                (site, until, most),
            ).fetchall()
        return [_quarantined(*row) for row in rows]

    def batches(self, site: str) -> Iterator[list[Quarantined]]:
        """Yield all records of a site, some at a time, the oldest first."""
        last = 0
        while self._file.exists:
            with self._opened() as connection:
                rows = connection.execute(
                    "SELECT id, record, reason, since FROM quarantine "
                    "WHERE site = ? AND id > ? ORDER BY id LIMIT ?",
                    (site, last, _AT_ONCE),
                ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield [_quarantined(*row) for row in rows]

    def remove(self, released: Sequence[Quarantined]) -> None:
        """Forget records."""
        with self._opened() as connection:
            connection.execute("BEGIN")
            connection.executemany(
                "DELETE FROM quarantine WHERE id = ?", [(one.id,) for one in released]
            )
            connection.execute("COMMIT")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._file.opened() as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise QuarantineUnavailable(f"{self.path}: {error}") from error


def _quarantined(number: int, record: bytes, reason: str, since: float) -> Quarantined:
    moment = datetime.fromtimestamp(since, timezone.utc)
    return Quarantined(number, record, reason, moment)
