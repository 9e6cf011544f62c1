"""Opening a SQLite file the way that readings need it."""

from collections.abc import Iterator
from pathlib import Path
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.keys import url_key
from slc.clicktracker.storage.relational.storage import OLDEST_SCHEMA
from slc.clicktracker.storage.relational.storage import SCHEMA
from slc.clicktracker.storage.sqlite.private import keep_private
from slc.clicktracker.storage.sqlite.private import restrict

import sqlite3
import time


#: Seconds that a writer waits for another one.
BUSY_TIMEOUT = 10

#: Some of what a statement finds is kept while it runs (AS MATERIALIZED).
_OLDEST_SQLITE = (3, 35)

_FOLDER = Path(__file__).parent


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to the file, which is made where it is missing.

    In WAL mode and with a disk sync at each commit, so that what is recorded
    survives a loss of power. Raises ``StorageError`` where the file system or
    the file can't be used, ``StorageUnavailable`` where the folder can't be
    made, and what SQLite raises.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StorageError(
            f"SQLite {sqlite3.sqlite_version} is too old: 3.35 is the oldest that works."
        )
    _make_folder(path.parent)
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
    )
    keep_private(path)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        _use_wal(connection, path)
        _set_up(connection, path)
        connection.create_function(
            "clicktracker_url_key", 1, url_key, deterministic=True
        )
        connection.executescript((_FOLDER / "batch.sql").read_text("utf-8"))
    except BaseException:
        connection.close()
        raise
    return connection


def _make_folder(folder: Path) -> None:
    """Make the folder; who has read what is for nobody else on this host.

    One that was here before may have other things in it, so only one that is named
    after us is closed.
    """
    try:
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
        elif folder.name == "clicktracker":
            restrict(folder, 0o700)
    except OSError as error:
        raise StorageUnavailable(
            f"The folder {folder} can't be made: {error.strerror}."
        ) from error


def _use_wal(connection: sqlite3.Connection, path: Path) -> None:
    """Switch to WAL; while several processes open a new file at once, SQLite
    says that it is locked without waiting."""
    deadline = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    if mode != "wal":
        raise StorageError(
            f"SQLite can't use write-ahead logging (WAL) for {path}, its file system "
            f"gives {mode!r}. Choose a local disk, or a PostgreSQL database."
        )


def _set_up(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables or bring them up to date; refuse those that are not known."""
    found = _version(connection)
    if found > SCHEMA:
        raise StorageError(
            f"{path} was made by a newer version of slc.clicktracker "
            f"(tables {found}, this is {SCHEMA}). Update the package."
        )
    if 0 < found < OLDEST_SCHEMA:
        raise StorageError(
            f"{path} was made by a development version of slc.clicktracker (tables "
            f"{found}, this is {SCHEMA}), and no release knows its tables. Move it "
            "away: a new one is made."
        )
    if found == SCHEMA:
        return
    # Who was waiting for somebody else to do it finds it done.
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        for name in _missing(_version(connection)):
            script = (_FOLDER / name).read_text("utf-8")
            for statement in _statements(script):
                connection.execute(statement)


def _missing(found: int) -> list[str]:
    """Return the scripts that tables of this version, 0 for none, need to be those of
    today. ``migrations/5.sql`` makes those of 5 out of those of 4; each script ends by
    setting ``user_version``."""
    if found == 0:
        return ["schema.sql"]
    return [f"migrations/{version}.sql" for version in range(found + 1, SCHEMA + 1)]


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _statements(script: str) -> Iterator[str]:
    """``executescript`` would commit what was begun before it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
