"""``UnreadFiles``: files that are read in the background, to know them by their data."""

from collections.abc import Callable
from collections.abc import Mapping
from slc.clicktracker.evidence.kept_digests import BlobState
from threading import Lock
from threading import Thread
from transaction import TransactionManager
from typing import Any
from ZODB import DB

import logging
import time


logger = logging.getLogger("slc.clicktracker")

#: Seconds before the first file: the request that asks for it has more to do.
_PATIENCE = 5

#: Digests that are kept with one sync of the disk.
_TOGETHER = 100


class UnreadFiles:
    """What a request has no time to read: one thread does, file by file, and ends.

    ``find`` returns the digest of a blob, which it gets in a connection of the thread's
    own, or None where that has another state than the one that is asked for. ``keep``
    is called with what was found. What can't be read is in ``failed`` from then on.
    """

    def __init__(
        self,
        find: Callable[[Any, BlobState], str | None],
        keep: Callable[[Mapping[BlobState, str]], None],
    ) -> None:
        self.failed: set[BlobState] = set()
        self._find = find
        self._keep = keep
        self._lock = Lock()
        self._waiting: dict[BlobState, DB] = {}
        self._thread: Thread | None = None

    def __contains__(self, state: BlobState) -> bool:
        return state in self._waiting

    def add(self, state: BlobState, database: DB) -> None:
        """Have a file read."""
        with self._lock:
            self._waiting.setdefault(state, database)
            # Threads don't come along when a process forks.
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(
                    target=self._run, name="clicktracker-files", daemon=True
                )
                self._thread.start()

    def wait(self) -> None:
        """Return when all that was added before has been read."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        time.sleep(_PATIENCE)
        while batch := self._next():
            try:
                self._keep(self._read(batch))
            except Exception as error:
                # As when the database was closed, at the end of the process.
                self._complain(batch, error)
            with self._lock:
                for state in batch:
                    del self._waiting[state]

    def _next(self) -> list[BlobState]:
        """Return what comes next, all of one database; nothing ends the thread."""
        with self._lock:
            database = next(iter(self._waiting.values()), None)
            if database is None:
                self._thread = None
            waiting = self._waiting.items()
            return [state for state, its in waiting if its is database][:_TOGETHER]

    def _read(self, batch: list[BlobState]) -> dict[BlobState, str]:
        """Return the digests of blobs that could be read, and still have these states."""
        found = {}
        connection = self._waiting[batch[0]].open(TransactionManager())
        try:
            for state in batch:
                try:
                    digest = self._find(connection.get(state.oid), state)
                except Exception as error:
                    self._complain([state], error)
                    continue
                if digest is not None:
                    found[state] = digest
        finally:
            connection.close()
        return found

    def _complain(self, states: list[BlobState], error: Exception) -> None:
        # Whatever it is: who asks again reads the file himself, and is told.
        self.failed.update(states)
        logger.warning("Files can't be read in the background: %r", error)
