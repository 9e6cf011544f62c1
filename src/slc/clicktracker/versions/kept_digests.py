"""``KeptDigests``: digests of files that outlive the process that computed them."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from slc.clicktracker.storage.sqlite.local_file import LocalFile

import sqlite3


#: The digest of one state of each blob, the one that was asked for last.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS digests (
    database TEXT NOT NULL, oid BLOB NOT NULL, serial BLOB NOT NULL,
    digest TEXT NOT NULL, PRIMARY KEY (database, oid)) WITHOUT ROWID
"""

#: Seconds that a request waits for another process that writes.
_PATIENCE = 1


class KeptDigestsUnavailable(Exception):
    """The file can't be used now."""


@dataclass(frozen=True)
class BlobState:
    """A blob as one transaction left it: its data never changes.

    ``oid`` and ``serial`` are eight bytes each. Whatever writes into a blob gives it a
    new serial, and what replaces it has another oid, so no digest is ever out of date.
    """

    database: str
    oid: bytes
    serial: bytes


class KeptDigests:
    """One SQLite file for all processes that share a folder. It can be deleted.

    Each call opens the file and closes it: a process that remembers a digest asks for
    it once. All methods raise ``KeptDigestsUnavailable``.
    """

    def __init__(self, folder: Path) -> None:
        self._file = LocalFile(folder / "digests.sqlite", _SCHEMA, _PATIENCE, "FULL")

    @property
    def path(self) -> Path:
        return self._file.path

    def get(self, state: BlobState) -> str | None:
        """Return the digest of a blob, None where it was not kept."""
        return self.get_all([state]).get(state)

    def get_all(self, states: Iterable[BlobState]) -> dict[BlobState, str]:
        """Return the digests of those of which it was kept."""
        if not self._file.exists:
            return {}
        query = (
            "SELECT digest FROM digests WHERE database = ? AND oid = ? AND serial = ?"
        )
        found = {}
        with self._opened() as connection:
            for state in states:
                values = state.database, state.oid, state.serial
                for (digest,) in connection.execute(query, values):
                    found[state] = digest
        return found

    def put(self, digests: Mapping[BlobState, str]) -> None:
        """Keep digests of blobs, in the place of those of any other state of them."""
        rows = [
            (state.database, state.oid, state.serial, digest)
            for state, digest in digests.items()
        ]
        with self._opened() as connection:
            connection.execute("BEGIN")
            connection.executemany(
                "INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?)", rows
            )
            connection.execute("COMMIT")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._file.opened() as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise KeptDigestsUnavailable(f"{self.path}: {error}") from error
