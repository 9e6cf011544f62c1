"""How long a database needs to answer, beside what 0.4 asked of its own tables.

Made-up readings of a year (``generated.py``): six millions in PostgreSQL, and one in
SQLite and in PostgreSQL. Each question is put through the storage, and its statements are
then repeated on the connection: what counts is the median of the time until all rows
are there. PostgreSQL is a new server as it comes. 0.4 could only return the whole log of
a place, which its screens then sorted and cut; so it is asked for that, in the same
database and with the same readings, and what Python did afterwards is not counted. For a
dashboard it would have needed the log of the site. It knew no SQLite: there its two
tables are put into the file, to have something beside it.
"""

from benchmarks.batches import server
from benchmarks.generated import FOLDER
from benchmarks.generated import generate
from benchmarks.generated import MadeDocument
from benchmarks.generated import MadeSite
from benchmarks.generated import SITE
from benchmarks.generated import Size
from benchmarks.report import bar_of
from collections.abc import Callable
from datetime import date
from pathlib import Path
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.progress import Expectation
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.storage.relational.queries import Queries
from slc.clicktracker.storage.relational.storage import RelationalStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from sqlalchemy import event
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import time


LARGE = Size(documents=3_000, members=10_000, readings=6_000_000)
YEAR = Size(documents=1_000, members=5_000, readings=1_000_000)
SMALLEST = Size(documents=300, members=20, readings=70_000)

#: So often each statement is repeated.
REPEATS = 5

MINUTES = "one document"
FOLDER_PAGE = "first page of a folder's list"
DASHBOARD = "a year's dashboard"
BEHIND = "members most behind"

#: Milliseconds, by database and question.
BARS = {
    ("PostgreSQL, 6 M", MINUTES): 10,
    ("PostgreSQL, 1 M", FOLDER_PAGE): 150,
    ("SQLite, 1 M", FOLDER_PAGE): 150,
    ("SQLite, 1 M", DASHBOARD): 100,
}

_SINCE, _UNTIL = date(2025, 1, 1), date(2025, 12, 31)
_PAGE = 25


def run(large: Size, year: Size) -> dict[str, Any]:
    """Return the figures of the databases, by question, and the bars."""
    with server() as databases, TemporaryDirectory() as folder:
        six = PostgreSQLStorage(databases.create(empty=True), SITE)
        one = PostgreSQLStorage(databases.create(empty=True), SITE)
        file = SQLiteStorage(Path(folder) / "year.sqlite", SITE)
        found = {
            "PostgreSQL, 6 M": _measured(six, large, (MINUTES,)),
            "PostgreSQL, 1 M": _measured(one, year),
            "SQLite, 1 M": _measured(file, year),
        }
    return {"databases": found, "bars": _bars(found), "repeats": REPEATS}


def _bars(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        bar_of(f"{name}, ms, {where}", found[where]["now"][name], most, True)
        for (where, name), most in BARS.items()
    ]


def _measured(
    storage: RelationalStorage, size: Size, only: tuple[str, ...] = ()
) -> dict[str, Any]:
    storage.setup()
    began = time.perf_counter()
    site = generate(storage, size)
    made = time.perf_counter() - began
    asked = _questions(storage, site)
    found = {name: asked[name] for name in only or asked}
    clock = Clock(storage)
    spent = {name: clock.milliseconds(call) for name, call in found.items()}
    places = {
        MINUTES: site.minutes.path,
        FOLDER_PAGE: FOLDER,
        DASHBOARD: "/Plone",
    }
    former = {
        name: clock.of_getlog(place) for name, place in places.items() if name in spent
    }
    storage.close()
    return {"readings": site.readings, "made": made, "now": spent, "0.4": former}


def _questions(
    storage: RelationalStorage, site: MadeSite
) -> dict[str, Callable[[], Any]]:
    """Return the questions by name; indented: what belongs to the one above, or is a
    part of it."""
    folder = tuple(made.uid for made in site.folder)
    uids = tuple(made.uid for made in site.documents)
    minutes, rule = site.minutes, EngagementRule()
    page = ReadingQuery((minutes.uid,), current=(minutes.current,))
    first = site.documents[-2 * _PAGE : -_PAGE]
    parts: dict[str, Callable[[], Any]] = {
        "  its coverage": lambda: storage.coverage(folder, rule),
        "  sorted by level": lambda: storage.readings(
            ReadingQuery(folder, sort="level", reverse=True)
        ),
        "  trend, most and least opened": lambda: storage.activity(
            uids, _SINCE, _UNTIL
        ),
        "  how far the audiences of a page are": lambda: storage.progress(
            _expected(site, first)
        ),
    }
    covered, sorted_by, trend, progress = parts
    return {
        MINUTES: lambda: storage.readings(page),
        FOLDER_PAGE: lambda: storage.readings(ReadingQuery(folder)),
        **{name: parts[name] for name in (covered, sorted_by)},
        DASHBOARD: lambda: (parts[trend](), parts[progress]()),
        **{name: parts[name] for name in (trend, progress)},
        BEHIND: lambda: storage.behind(_expected(site, site.documents)),
    }


def _expected(site: MadeSite, documents: tuple[MadeDocument, ...]) -> ProgressQuery:
    """Return who is to read documents: everybody, departments, or a few, by turns."""
    everybody = site.members
    audiences = (everybody, everybody[::5], everybody[:400], everybody[10:40])
    items = tuple(
        Expectation((made.uid,), (made.current,), number % len(audiences))
        for number, made in enumerate(documents)
    )
    return ProgressQuery(items, audiences)


class Clock:
    """Takes the time of the statements of a storage."""

    def __init__(self, storage: RelationalStorage) -> None:
        self.storage = storage
        self._sent: list[tuple[str, Any]] = []
        event.listen(storage.engine, "before_cursor_execute", self._note)

    def milliseconds(self, question: Callable[[], Any]) -> float:
        """Return the sum of the medians of what a question needs."""
        self._sent.clear()
        question()
        sent = [(sql, values) for sql, values in self._sent if sql != "BEGIN"]
        return sum(self._median(sql, values) for sql, values in sent)

    def of_getlog(self, place: str) -> float:
        """Return the median of 0.4's question."""
        statement = Queries(__package__, "getlog_0_4.sql").get("getlog")
        with self.storage.engine.connect() as connection:
            return self.milliseconds(
                lambda: connection.execute(statement, {"prefix": place + "%"}).all()
            )

    def _median(self, sql: str, values: Any) -> float:
        connection = self.storage.engine.raw_connection()
        try:
            cursor = connection.cursor()
            spent = []
            for _ in range(REPEATS):
                began = time.perf_counter()
                cursor.execute(sql, values)
                cursor.fetchall()
                spent.append(time.perf_counter() - began)
            return median(spent) * 1000
        finally:
            connection.close()

    def _note(self, connection, cursor, sql, values, context, many) -> None:
        self._sent.append((sql, values))
