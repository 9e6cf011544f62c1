"""How long a thread waits for its database: by cursors that look at the clock.

And for how long the processes of a PostgreSQL server on this machine keep a core busy,
which other programs disturb less.
"""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from functools import wraps
from pathlib import Path
from sqlalchemy import Engine
from sqlalchemy import event
from threading import local
from typing import Any

import os
import psycopg2.extensions
import sqlite3
import time


_spent = local()

#: The process of the server of each connection.
_servers: list[int] = []


def watch() -> None:
    """From now on, for all connections of this process that will be opened."""
    sqlite3.connect = partial(sqlite3.connect, factory=_TimedConnection)
    event.listen(Engine, "connect", _give_cursors)


def restart() -> None:
    """Count from 0, in this thread."""
    _spent.seconds = 0.0
    _spent.statements = 0


def spent() -> tuple[float, int]:
    """Return the seconds since then, and the number of statements."""
    return _spent.seconds, _spent.statements


@contextmanager
def paused() -> Iterator[None]:
    """What is asked meanwhile does not count."""
    before = spent()
    try:
        yield
    finally:
        _spent.seconds, _spent.statements = before


def server_seconds() -> float:
    """Return how long a PostgreSQL server has kept cores busy until now, with what has
    ended meanwhile; 0 before there was a connection, and for SQLite."""
    if not _servers:
        return 0.0
    server, ticks = _servers[-1], 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name of the program, in brackets, may have spaces in it.
            values = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(path.parent.name) == server:
            ticks += sum(map(int, values[11:15]))
        elif int(values[1]) == server:
            ticks += sum(map(int, values[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _timed(method: Callable) -> Callable:
    counts = method.__name__.startswith("execute")

    @wraps(method)
    def call(*args: Any) -> Any:
        began = time.perf_counter()
        try:
            return method(*args)
        finally:
            _spent.seconds = getattr(_spent, "seconds", 0) + time.perf_counter() - began
            _spent.statements = getattr(_spent, "statements", 0) + counts

    return call


def _cursor_like(base: type) -> type:
    """Return a class of cursors that takes the time of what waits."""
    names = ("execute", "executemany", "fetchone", "fetchmany", "fetchall", "__next__")
    return type("TimedCursor", (base,), {n: _timed(getattr(base, n)) for n in names})


_PostgreSQLCursor = _cursor_like(psycopg2.extensions.cursor)
SQLiteCursor = _cursor_like(sqlite3.Cursor)


class _TimedConnection(sqlite3.Connection):
    def cursor(self, factory: type = SQLiteCursor) -> Any:
        return super().cursor(factory)


def _give_cursors(connection: Any, record: Any) -> None:
    if isinstance(connection, psycopg2.extensions.connection):
        connection.cursor_factory = _PostgreSQLCursor
        stat = Path(f"/proc/{connection.info.backend_pid}/stat").read_text()
        _servers.append(int(stat.rpartition(")")[2].split()[1]))
