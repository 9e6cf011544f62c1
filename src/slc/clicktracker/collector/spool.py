"""``Spool``: what is acknowledged and not in a storage yet, on the local disk."""

from collections import deque
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from slc.clicktracker.storage.sqlite.private import keep_private
from threading import Lock

import math
import os
import sqlite3


_SCHEMA = """
CREATE TABLE IF NOT EXISTS site (number INTEGER PRIMARY KEY, uid TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS spool (id INTEGER PRIMARY KEY, record BLOB)
"""

_INSERT = "INSERT INTO spool VALUES (?, ?)"
_DELETE = "DELETE FROM spool WHERE id BETWEEN ? AND ?"

#: A site has so many ids for itself, from its number times that on. The ids of a
#: site follow each other, so that its batches are found and removed by
#: the primary key alone: an index of its own would cost as much as the record.
_IDS = 2**40

#: Records are a few hundred bytes, and each append writes a page.
_PAGE = 2048

#: Pages in the write-ahead log before it is written back.
_CHECKPOINT = 8000


class SpoolUnavailable(Exception):
    """The disk is full, read-only or broken: nothing was kept."""


class SpoolFull(SpoolUnavailable):
    """The spool holds as much as it may."""


@dataclass(frozen=True)
class SpooledBatch:
    """The oldest records of one site, of which ``last`` is the last one's number."""

    site: str
    last: int
    records: Sequence[bytes]


@dataclass
class _Site:
    """The ids of a site: of ``count`` records ``last`` is the newest one's."""

    number: int
    last: int
    count: int = 0

    @property
    def ids(self) -> tuple[int, int]:
        """All ids that it can have."""
        return self.number * _IDS, (self.number + 1) * _IDS - 1


class _Entry:
    """Records of a site on their way to the disk, all or none."""

    __slots__ = ("done", "error", "records", "site", "size")

    def __init__(self, site: str, records: Sequence[bytes]) -> None:
        self.site = site
        self.records = records
        self.size = sum(map(len, records))
        self.done = False
        # Until it is written: whoever was to do it may be gone.
        self.error: Exception | None = SpoolUnavailable("it was not written")


class Spool:
    """A queue in a SQLite file that one process has for itself.

    What is appended survives the end of the process at once, and a loss of power
    after ``sync``. Any number of threads may use it. ``path`` is the file, which
    is made where it is missing. Raises ``SpoolUnavailable`` where the file
    can't be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        # Apart, so that what does not wait for the disk need not wait for those who do.
        self._syncing = Lock()
        # Groups that were written, those of them that are on the disk, and those that
        # the disk may have lost although a later sync works.
        self._written = self._synced = self._lost = 0
        self._waiting: deque[_Entry] = deque()
        self._sites: dict[str, _Site] = {}
        self._log = -1
        self.size = 0
        self.dirty = False
        try:
            self._connection = _connect(path)
            self._files = {file: os.stat(file) for file in (path, Path(f"{path}-wal"))}
            self._count()
        except (sqlite3.Error, OSError) as error:
            raise SpoolUnavailable(f"{path} can't be used: {error}") from error

    def append(self, site: str, record: bytes, strict: bool, limit: float) -> None:
        """Keep a record of a site; it survives the process when this returns.

        ``strict`` waits until it survives a loss of power, too. Records that
        arrive while others are written are written together, and those that wait for
        the disk together share a sync. Raises
        ``SpoolFull`` beyond ``limit`` bytes, and ``SpoolUnavailable``.
        """
        self.append_all(site, [record], limit, strict)

    def append_all(
        self, site: str, records: Sequence[bytes], limit: float, strict: bool = False
    ) -> None:
        """Keep records of a site together, all or none, as ``append`` does.

        Raises ``SpoolFull`` beyond ``limit`` bytes, and ``SpoolUnavailable``.
        """
        if not records:
            return
        written = self._append(_Entry(site, records), limit)
        if strict:
            self._sync_up_to(written)

    def is_lost(self) -> bool:
        """Was the file, or its log, deleted or replaced? Then what is appended goes
        with this process, though SQLite doesn't notice."""
        return any(_is_other(file, known) for file, known in self._files.items())

    @contextmanager
    def handing_over(self) -> Iterator[dict[str, list[bytes]]]:
        """Give all records by site to somebody else; the spool is closed afterwards.

        Nothing can be appended meanwhile. Where the block raises, all stays as it was.
        Raises ``SpoolUnavailable``.
        """
        with self._lock:
            with self._typed_errors():
                rows = {
                    uid: self._connection.execute(
                        "SELECT record FROM spool WHERE id BETWEEN ? AND ? ORDER BY id",
                        site.ids,
                    ).fetchall()
                    for uid, site in self._sites.items()
                }
            yield {uid: [record for (record,) in found] for uid, found in rows.items()}
            for site in self._sites.values():
                site.count = 0
            self.size, self.dirty = 0, False
            self._close()

    def sites(self) -> list[str]:
        """Return the sites that have records here."""
        with self._lock:
            return [uid for uid, site in self._sites.items() if site.count]

    def counts(self) -> dict[str, int]:
        """Return how many records there are of each site."""
        with self._lock:
            return {uid: site.count for uid, site in self._sites.items() if site.count}

    def batch(self, site: str, most: int) -> SpooledBatch:
        """Return the oldest records of a site, ``most`` at most; raises
        ``SpoolUnavailable``."""
        with self._lock, self._typed_errors():
            known = self._sites.get(site)
            if known is None or not known.count:
                return SpooledBatch(site, 0, [])
            rows = self._connection.execute(
                "SELECT id, record FROM spool WHERE id BETWEEN ? AND ? "
                "ORDER BY id LIMIT ?",
                (*known.ids, most),
            ).fetchall()
        last = rows[-1][0] if rows else 0
        return SpooledBatch(site, last, [record for _, record in rows])

    def first(self, site: str) -> bytes | None:
        """Return the oldest record of a site; raises ``SpoolUnavailable``."""
        records = self.batch(site, 1).records
        return records[0] if records else None

    def remove(self, batch: SpooledBatch) -> None:
        """Forget a batch, which is in the storage; raises ``SpoolUnavailable``."""
        if not batch.records:
            return
        with self._lock, self._typed_errors():
            site = self._sites[batch.site]
            ids = site.ids[0], batch.last
            try:
                self._connection.execute(_DELETE, ids)
            except sqlite3.OperationalError:
                # Removing takes room in the log: on a full disk, write it back first.
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self._connection.execute(_DELETE, ids)
            site.count -= len(batch.records)
            self.size -= sum(map(len, batch.records))

    def sync(self) -> None:
        """Make what was appended survive a loss of power; raises
        ``SpoolUnavailable``."""
        self._sync_up_to(math.inf)

    def close(self) -> None:
        """Close the file, which stays."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        self._connection.close()
        if self._log >= 0:
            os.close(self._log)
            self._log = -1

    def _append(self, entry: _Entry, limit: float) -> int:
        """Write an entry in one transaction; return how much was written so far."""
        if self.size + entry.size > limit:
            raise SpoolFull(f"{self.path} holds {self.size} bytes already")
        self._waiting.append(entry)
        with self._lock:
            if not entry.done:
                self._write_waiting()
            written = self._written
        if entry.error is not None:
            raise SpoolUnavailable(f"{self.path}: {entry.error}") from entry.error
        return written

    def _write_waiting(self) -> None:
        """Write all that is waiting, for other threads too, in one transaction."""
        group = []
        while self._waiting:
            group.append(self._waiting.popleft())
        try:
            self._insert(group)
            self._written += 1
            self.dirty = True
            outcome = None
        except Exception as error:
            # Whatever it is: the others of the group must not take it for done.
            outcome = error
        for entry in group:
            entry.error = outcome
            entry.done = True

    def _insert(self, group: list[_Entry]) -> None:
        rows = []
        for entry in group:
            site = self._sites.get(entry.site) or self._add_site(entry.site)
            for record in entry.records:
                # A number that was given to what failed is not given again.
                site.last += 1
                rows.append((site.last, record))
        if len(rows) == 1:
            self._connection.execute(_INSERT, rows[0])
        else:
            self._insert_together(rows)
        for entry in group:
            self._sites[entry.site].count += len(entry.records)
            self.size += entry.size

    def _insert_together(self, rows: list[tuple[int, bytes]]) -> None:
        execute = self._connection.execute
        execute("BEGIN")
        try:
            self._connection.executemany(_INSERT, rows)
            execute("COMMIT")
        except sqlite3.Error:
            if self._connection.in_transaction:
                execute("ROLLBACK")
            raise

    def _add_site(self, uid: str) -> _Site:
        added = self._connection.execute("INSERT INTO site (uid) VALUES (?)", (uid,))
        number = added.lastrowid
        site = self._sites[uid] = _Site(number, number * _IDS)
        return site

    def _sync_up_to(self, group: float) -> None:
        """Sync unless another thread has done so since the group was written.

        A sync that fails is reported once by the system: who waited meanwhile has to
        be told by us.
        """
        with self._syncing:
            if self._synced >= group:
                return
            if self._lost >= group:
                raise SpoolUnavailable(f"{self.path} could not be synced")
            written, self.dirty = self._written, False
            try:
                self._sync()
            except OSError as error:
                self.dirty = True
                self._lost = self._written
                raise SpoolUnavailable(
                    f"{self.path} can't be synced: {error}"
                ) from error
            self._synced = written

    def _sync(self) -> None:
        if self._log < 0:
            self._log = os.open(f"{self.path}-wal", os.O_RDONLY)
        os.fsync(self._log)

    def _count(self) -> None:
        """Find out what an earlier process has left."""
        sites = self._connection.execute("SELECT number, uid FROM site").fetchall()
        for number, uid in sites:
            site = self._sites[uid] = _Site(number, number * _IDS)
            count, size, last = self._connection.execute(
                "SELECT count(*), coalesce(sum(length(record)), 0), max(id) "
                "FROM spool WHERE id BETWEEN ? AND ?",
                site.ids,
            ).fetchone()
            site.count, site.last = count, last or site.last
            self.size += size

    @contextmanager
    def _typed_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise SpoolUnavailable(f"{self.path}: {error}") from error


def _is_other(path: Path, known: os.stat_result) -> bool:
    try:
        return not os.path.samestat(os.stat(path), known)
    except FileNotFoundError:
        return True
    except OSError:
        # Nobody knows; it may be back in a moment.
        return False


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        # Who has read what is for nobody else on this host.
        keep_private(path)
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise OSError(
                f"its file system gives {mode!r} instead of a write-ahead log"
            )
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
        connection.executescript(_SCHEMA)
    except BaseException:
        connection.close()
        raise
    _sync_folder(path.parent)
    return connection


def _sync_folder(folder: Path) -> None:
    """Make the new file's entry in the folder survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
