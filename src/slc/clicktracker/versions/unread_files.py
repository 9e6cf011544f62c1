"""``UnreadFiles``: files that are read in the background, to know them by their data."""

from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Mapping
from contextlib import closing
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.versions.kept_digests import BlobState
from threading import Lock
from threading import Thread
from transaction import TransactionManager
from typing import Any
from ZODB import DB
from ZODB.Connection import Connection
from ZODB.POSException import POSKeyError
from ZODB.utils import oid_repr

import logging
import time


logger = logging.getLogger("slc.clicktracker")

#: Seconds before the first file: the request that asks for it has more to do.
_PATIENCE = 5

#: Seconds between two syncs of the disk, so what the end of a process can lose.
_TOGETHER = 2


class UnreadFiles:
    """What a request has no time to read: one thread does, file by file, and ends.

    ``find`` returns the digest of a blob, which it gets in a connection of the thread's
    own, or None where that has another state than the one that is asked for. ``keep``
    is called with what was found. What can't be read is in ``failed``, with the reason,
    until it is.
    """

    def __init__(
        self,
        find: Callable[[Any, BlobState], str | None],
        keep: Callable[[Mapping[BlobState, str]], None],
    ) -> None:
        self._find = find
        self._keep = keep
        self.start_anew()

    def start_anew(self) -> None:
        """Forget what waits, as what a process that was forked has from its parent."""
        self.failed: dict[BlobState, str] = {}
        self._lock = Lock()
        self._waiting: OrderedDict[BlobState, DB] = OrderedDict()
        self._thread: Thread | None = None
        self._said = OnceAMinute()

    def __contains__(self, state: BlobState) -> bool:
        return state in self._waiting

    def add(self, state: BlobState, database: DB) -> None:
        """Have a file read."""
        with self._lock:
            self._waiting.setdefault(state, database)
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
        found, since = {}, time.monotonic()
        while first := self._first():
            state, database = first
            digest = self._read(state, database)
            if digest is not None:
                found[state] = digest
            with self._lock:
                del self._waiting[state]
                is_last = not self._waiting
            if found and (is_last or time.monotonic() - since >= _TOGETHER):
                self._keep(found)
                found, since = {}, time.monotonic()

    def _first(self) -> tuple[BlobState, DB] | None:
        """Return what comes next; nothing ends the thread."""
        with self._lock:
            first = next(iter(self._waiting.items()), None)
            if first is None:
                self._thread = None
            return first

    def _read(self, state: BlobState, database: DB) -> str | None:
        """Return the digest of a blob, None where it isn't known now.

        Each has a connection of its own, as one that is open for long makes a database
        remember much.
        """
        try:
            with closing(database.open(TransactionManager())) as connection:
                return self._digest(state, connection)
        except Exception as error:
            # As while a server is away: who asks again has the file read again. A
            # database without a storage was closed, at the end of the process.
            if "storage" in vars(database):
                self._complain(state, error)
            return None

    def _digest(self, state: BlobState, connection: Connection) -> str | None:
        try:
            digest = self._find(connection.get(state.oid), state)
        except (POSKeyError, OSError) as error:
            self.failed[state] = f"{type(error).__name__}: {error}"
            self._complain(state, error)
            return None
        self.failed.pop(state, None)
        return digest

    def _complain(self, state: BlobState, error: Exception) -> None:
        if self._said.is_due("unread"):
            logger.warning(
                "The file with the oid %s in the database %s can't be read in the "
                "background, maybe others neither: %s: %s",
                oid_repr(state.oid),
                state.database,
                type(error).__name__,
                error,
            )
