"""``LocalFile``: a small SQLite file that the processes of a host share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from slc.clicktracker.storage.sqlite.private import keep_private

import sqlite3


class LocalFile:
    """Opened and closed with each use, as it is needed rarely; made with the first.

    ``patience`` is how many seconds a use waits for another process that writes;
    ``synchronous`` is SQLite's pragma of that name: what a power cut may take away.
    """

    def __init__(
        self, path: Path, schema: str, patience: float, synchronous: str
    ) -> None:
        self.path = path
        self._schema = schema
        self._patience = patience
        self._synchronous = synchronous

    @property
    def exists(self) -> bool:
        return self.path.exists()

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Give a connection without a transaction. Raises ``sqlite3.Error`` and
        ``OSError``."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self.path, timeout=self._patience, isolation_level=None
        )
        try:
            # Who has read what is for nobody else on this host.
            keep_private(self.path)
            connection.execute(f"PRAGMA synchronous = {self._synchronous}")
            connection.executescript(self._schema)
            yield connection
        finally:
            connection.close()
