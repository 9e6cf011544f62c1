"""``Pieces``: what was delivered of files that readers fetch in pieces."""

from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from slc.clicktracker.storage.sqlite.local_file import LocalFile

import json
import sqlite3
import time


#: Downloads that are remembered as long as they are not complete.
MOST_DOWNLOADS = 5_000

#: Pieces with gaps between them that are remembered of one.
MOST_PIECES = 200

#: Seconds from the first piece of a download until it is forgotten.
LIFETIME = 24 * 60 * 60

_SCHEMA = """
CREATE TABLE IF NOT EXISTS downloads (
    download TEXT PRIMARY KEY, since REAL NOT NULL, pieces TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS downloads_since ON downloads (since);
"""

#: Seconds that a request waits for another process, which writes for a thousandth of one.
_PATIENCE = 0.2

#: From a byte up to another one, which does not belong to it.
_Piece = tuple[int, int]


class PiecesUnavailable(Exception):
    """The file can't be used now."""


class Pieces:
    """Tells when all pieces of a file were delivered, by whichever process.

    One SQLite file for all processes that share a folder, as each piece may come from
    another of them. It is bounded: the oldest download is forgotten first, and a piece
    that there is no room for is left out. All are forgotten where the file is damaged.
    Then a file that was delivered may not be told as complete; one that was not never
    is. ``clock`` gives seconds, the same in all processes.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        # Nothing that has to survive a power cut; if that damages the file, another
        # one takes its place.
        self._file = LocalFile(folder / "pieces.sqlite", _SCHEMA, _PATIENCE, "OFF")
        self._clock = clock

    @property
    def path(self) -> Path:
        return self._file.path

    def add(self, download: Sequence[object], start: int, end: int, size: int) -> bool:
        """Take the bytes from ``start`` up to ``end``, without that, as delivered.

        ``download`` says of what, in which version, and to whom, in texts and numbers;
        ``size`` is that of the file. True once all of it was delivered, which begins
        anew then. Raises ``PiecesUnavailable``.
        """
        key = _pseudonym(download)
        with self._changing() as connection:
            now = self._clock()
            # The clock may have been ahead.
            connection.execute(
                "DELETE FROM downloads WHERE since <= ? OR since > ?",
                (now - LIFETIME, now),
            )
            since, pieces = self._known(connection, key) or (now, [])
            pieces = merged(pieces, (start, end))
            if pieces == [(0, size)]:
                connection.execute("DELETE FROM downloads WHERE download = ?", (key,))
                return True
            if len(pieces) <= MOST_PIECES:
                connection.execute(
                    "INSERT OR REPLACE INTO downloads VALUES (?, ?, ?)",
                    (key, since, json.dumps(pieces)),
                )
                self._make_room(connection)
            return False

    def forget_all(self) -> None:
        """Forget all downloads that are not complete. Raises ``PiecesUnavailable``."""
        if self._file.exists:
            with self._changing() as connection:
                connection.execute("DELETE FROM downloads")

    def _known(
        self, connection: sqlite3.Connection, key: str
    ) -> tuple[float, list[_Piece]] | None:
        found = connection.execute(
            "SELECT since, pieces FROM downloads WHERE download = ?", (key,)
        ).fetchone()
        if found is None:
            return None
        since, pieces = found
        return since, [(start, end) for start, end in json.loads(pieces)]

    def _make_room(self, connection: sqlite3.Connection) -> None:
        connection.execute(
            "DELETE FROM downloads WHERE download IN (SELECT download FROM downloads "
            "ORDER BY since DESC LIMIT -1 OFFSET ?)",
            (MOST_DOWNLOADS,),
        )

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: nobody else reads or writes meanwhile."""
        try:
            with self._file.opened() as connection:
                connection.execute("BEGIN IMMEDIATE")
                with connection:
                    yield connection
        except (sqlite3.OperationalError, OSError) as error:
            raise PiecesUnavailable(f"{self.path}: {error}") from error
        except (sqlite3.DatabaseError, ValueError) as error:
            for damaged in (self.path, Path(f"{self.path}-journal")):
                damaged.unlink(missing_ok=True)
            raise PiecesUnavailable(
                f"{self.path} was damaged ({error}) and is begun anew"
            ) from error


def _pseudonym(download: Sequence[object]) -> str:
    """Who it is need not be in a file that nobody has to read."""
    return sha256(json.dumps(download).encode()).hexdigest()


def merged(pieces: list[_Piece], added: _Piece) -> list[_Piece]:
    """Return the pieces with another one, in order, as few as possible.

    ``pieces`` are in order and have gaps between them. A piece without a byte adds
    nothing.
    """
    start, end = added
    if start >= end:
        return pieces
    # What touches it or overlaps with it becomes one with it.
    first = bisect_left(pieces, start, key=itemgetter(1))
    last = bisect_right(pieces, end, key=itemgetter(0))
    if first < last:
        start = min(start, pieces[first][0])
        end = max(end, pieces[last - 1][1])
    return [*pieces[:first], (start, end), *pieces[last:]]
