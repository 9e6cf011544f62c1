"""The connections of this process to SQLite files, and what a fork makes of them.

SQLite remembers in memory which files it has locked for its process. A child
inherits the memory and not the locks: what it opens beside an inherited connection
takes no lock at all, and when the parent closes the file, or another process does, it
removes the log (WAL) that the child commits to. So a child closes what it has
inherited before it opens anything. As it has no locks of its own that takes none from
the parent, and the log is left alone while anybody else has the file open.

That is impossible for a connection that another thread was using at the moment of the
fork (its locks in memory are those of a transaction, and closing would undo that in
the parent), and where there is another log by now, which SQLite would remove. There
the child may not use the file.
"""

from dataclasses import dataclass
from pathlib import Path
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.sqlite.connection import connect
from sqlalchemy import Engine
from sqlalchemy import event
from threading import Lock
from typing import Any

import os
import sqlite3


@dataclass
class _Open:
    path: Path
    log: int | None = None
    busy: bool = True

    @property
    def is_closable(self) -> bool:
        """May a child close it?"""
        return not self.busy and _log(self.path) in (self.log, None)


class Connections:
    """Opens connections and knows those that are open, of all storages."""

    def __init__(self) -> None:
        self._pid = os.getpid()
        self._open: dict[Any, _Open] = {}
        self._lock = Lock()
        self._lost: set[Path] = set()
        #: Never closed, also not by garbage collection.
        self._inherited: list[dict[Any, _Open]] = []

    def watch(self, engine: Engine) -> None:
        """Note what the pool of an engine does with what ``open`` returned."""
        event.listen(engine, "checkout", self._checked_out)
        event.listen(engine, "checkin", self._checked_in)
        event.listen(engine, "close", self._closed)
        event.listen(engine, "close_detached", self._closed)

    def open(self, path: Path) -> sqlite3.Connection:
        """Return a new connection. Raises what ``connect`` raises, and
        ``StorageUnavailable`` where this process may not use the file."""
        self.leave_parent()
        if path in self._lost:
            raise StorageUnavailable(
                f"This process was forked while its parent used {path}, and SQLite "
                "can't be used by both. Let the server load the site after it has "
                "forked (lazy-apps = true for uWSGI), or use a PostgreSQL database"
            )
        opening = object()
        self._open[opening] = _Open(path)
        try:
            connection = connect(path)
            self._open[connection] = _Open(path, _log(path))
        finally:
            del self._open[opening]
        return connection

    def leave_parent(self) -> None:
        """In a child, close what it has inherited."""
        if self._pid == os.getpid():
            return
        with self._lock:
            if self._pid == os.getpid():
                return
            inherited, self._open = self._open, {}
            self._lost |= {
                one.path for one in inherited.values() if not one.is_closable
            }
            for connection, one in inherited.items():
                if one.path not in self._lost:
                    connection.close()
            self._inherited.append(inherited)
            self._pid = os.getpid()

    def _checked_out(self, connection: Any, record: Any, proxy: Any) -> None:
        self._open[connection].busy = True

    def _checked_in(self, connection: Any, record: Any) -> None:
        if connection in self._open:
            self._open[connection].busy = False

    def _closed(self, connection: Any, record: Any = None) -> None:
        self._open.pop(connection, None)


def _log(path: Path) -> int | None:
    """Which file is the log? An open one keeps its number."""
    try:
        return os.stat(f"{path}-wal").st_ino
    except OSError:
        return None


CONNECTIONS = Connections()
