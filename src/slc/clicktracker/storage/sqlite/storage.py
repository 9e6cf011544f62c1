"""``SQLiteStorage``: readings in one file."""

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from os import PathLike
from pathlib import Path
from slc.clicktracker.storage.errors import InvalidAddress
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.storage.relational.batch import Batch
from slc.clicktracker.storage.relational.dialect import Dialect
from slc.clicktracker.storage.relational.queries import Queries
from slc.clicktracker.storage.relational.recording import STEPS
from slc.clicktracker.storage.relational.storage import RelationalStorage
from slc.clicktracker.storage.sqlite.errors import translated
from slc.clicktracker.storage.sqlite.forks import CONNECTIONS
from sqlalchemy import Connection
from sqlalchemy import create_engine
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool
from typing import Any

import json
import os
import sqlite3


#: 1970 begins on this one of all days.
_FIRST_DAY = date(1970, 1, 1).toordinal()

_STEPS = tuple(step.name for step in STEPS if step.only in ("", "sqlite"))


def _rows(name: str, kinds: Mapping[str, str]) -> str:
    columns = ", ".join(
        f"json_extract(value, '$[{place}]') AS {column}"
        for place, column in enumerate(kinds)
    )
    return " ".join(("SELECT", columns, f"FROM json_each(:{name})"))


class SQLiteStorage(RelationalStorage):
    """Readings in the file ``path``, which is made on first use.

    For the processes of one host, as many as there are; the file system must
    be a local one. Raises ``InvalidAddress`` for what can't be a file.
    """

    dialect = Dialect(
        listed="SELECT value FROM json_each(:documents)",
        currents="SELECT value FROM json_each(:current)",
        among_keys="key IN (SELECT value FROM json_each(:keys))",
        uids=json.dumps,
        pairs=(
            "SELECT json_extract(value, '$[0]') AS source,"
            " json_extract(value, '$[1]') AS target FROM json_each(:readers)"
        ),
        expected=(
            "SELECT json_extract(value, '$[0]') AS folder,"
            " json_extract(value, '$[1]') AS member,"
            " json_extract(value, '$[2]') AS name,"
            " json_extract(value, '$[3]') AS name_key,"
            " json_extract(value, '$[4]') AS id_key FROM json_each(:expected)"
        ),
        rows=_rows,
        found="CROSS JOIN {0} {1} ON {{{2}}}".format,
        no_compiling="",
        in_order="",
        for_update="",
        contains="instr",
        least="min",
        greatest="max",
        # There is no aggregate for it.
        all_marks=" | ".join(f"max(marks & {mark:d})" for mark in Marks),
        newest_us=(
            "nullif(max(max(g.newest, coalesce(g.served_last, g.newest),"
            " coalesce(g.downloaded_last, g.newest),"
            " coalesce(g.acknowledged, g.newest),"
            " coalesce(g.attested, g.newest))), -9223372036854775808)"
        ),
        first_us=(
            "nullif(min(min(g.first, coalesce(g.downloaded_first, g.first))),"
            " 9223372036854775807)"
        ),
        last_us=(
            "nullif(max(max(g.last, coalesce(g.downloaded_last, g.last))),"
            " -9223372036854775808)"
        ),
        acknowledged_us="max(g.acknowledged)",
        attested_us="max(g.attested)",
        begun_us="g.oldest",
        ended_us="g.last",
        before_all="-9223372036854775808",
        after_all="9223372036854775807",
        row="rowid",
        elapsed="(max(g.last) - min(g.oldest)) / 1000",
        lasted="max((max(a.seen) - a.issued) / 1000, 0)",
        # From the year 1 on, as a division is cut towards 0.
        day="(a.issued + 62135596800000000) / 86400000000 - 719162",
        days_in_one=f"group_concat((y.day + {_FIRST_DAY}) || ' ' || y.accesses, ' ')",
        before_moment=":before",
        is_read=(
            "(g.count > 0 OR g.downloaded_last IS NOT NULL"
            " OR g.acknowledged IS NOT NULL OR g.attested IS NOT NULL)"
        ),
        is_seen="(g.count > 0 OR g.downloaded_last IS NOT NULL)",
        moment=microseconds,
        datetime=from_microseconds,
        number=int,
        date=lambda number: date.fromordinal(number + _FIRST_DAY),
        # As any transaction.
        one_moment={},
    )

    def __init__(
        self,
        path: str | PathLike[str],
        site: str = "",
        now: Callable[[], datetime] | None = None,
    ) -> None:
        if not str(path) or str(path) == ":memory:" or "\0" in str(path):
            raise InvalidAddress("The SQLite storage needs the path of a file.")
        self.path = Path(path).absolute()
        if self.path.is_dir():
            raise InvalidAddress(f"{self.path} is a folder, not a file.")
        engine = create_engine(
            "sqlite+pysqlite://",
            creator=lambda: CONNECTIONS.open(self.path),
            poolclass=QueuePool,
            max_overflow=20,
            hide_parameters=True,
        )
        CONNECTIONS.watch(engine)
        event.listen(engine, "begin", _begin)
        event.listen(engine, "connect", self._remember_file)
        event.listen(engine, "checkout", self._refuse_other_file)
        super().__init__(engine, site, now)
        self.steps = Queries(__package__, "record.sql", parts=self.dialect.parts)

    def setup(self) -> None:
        """Make the file and its tables; every other call does so, too."""
        self.status()

    def write_batch(self, connection: Connection, batch: Batch) -> None:
        for rows in ("documents", "readers"):
            connection.execute(self.steps.get(f"send_{rows}"), getattr(batch, rows))
        for rows in ("accesses", "served", "downloaded"):
            if sent := getattr(batch, rows):
                connection.exec_driver_sql(self.steps.sql(f"send_{rows}"), sent)
        for step in _STEPS:
            connection.execute(
                self.steps.get(step), {"site": self.site, "views": VIEWS_PER_TICKET}
            )

    def describe(self, connection: Connection) -> tuple[str, str, int]:
        schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        return f"SQLite {sqlite3.sqlite_version}", str(self.path), schema

    def leave_parent(self) -> None:
        CONNECTIONS.leave_parent()

    def translated(self, error: Exception) -> StorageError | None:
        return translated(error, str(self.path))

    def __repr__(self) -> str:
        return f"<SQLiteStorage {self.path}>"

    def _remember_file(self, connection: Any, record: Any) -> None:
        record.info["file"] = self._file()

    def _refuse_other_file(self, connection: Any, record: Any, proxy: Any) -> None:
        """A file that was moved away or replaced (a restored backup) is still
        open in the pool, and would swallow what is written to it."""
        if record.info["file"] != self._file():
            raise DisconnectionError(f"{self.path} is another file now")

    def _file(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _begin(connection: Connection) -> None:
    """A transaction that will write waits for its turn at once: one that reads
    first and writes then is refused when another one wrote in between."""
    writes = connection.get_execution_options().get("clicktracker_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
