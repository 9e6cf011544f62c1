"""How long the statistics of visits take, of a site with a million visits a month.

Made-up sums of thirteen months (``made_visits.py``), the same in PostgreSQL and in SQLite.
What is asked is what the report of visits asks: the figures of a month, of the one
before and of each day, or the same of a year by months; and a page of each list.
"""

from benchmarks.batches import server
from benchmarks.made_visits import fill
from benchmarks.made_visits import Size
from benchmarks.questions import REPEATS
from benchmarks.report import bar_of
from collections.abc import Callable
from datetime import date
from datetime import timedelta
from pathlib import Path
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.relational.storage import RelationalStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.statistics import SHARED_BY
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import time


MILLION = Size(visits=33_000, pages=5_000, members=10_000)
SMALLEST = Size(visits=30, pages=50, members=20)

#: Milliseconds that each of the questions may take.
BAR = 100

_A_DAY = timedelta(days=1)

A_YEAR = "a year"

#: A month as people choose it, the last thirty days, and a year.
_PERIODS = {
    "a month": Days(date(2025, 12, 1), date(2025, 12, 31)),
    "30 days": Days(date(2025, 11, 17), date(2025, 12, 16)),
    A_YEAR: Days(date(2025, 1, 1), date(2025, 12, 31)),
}


def run(size: Size) -> dict[str, Any]:
    """Return the figures of the databases, by question, and the bars."""
    with server() as databases, TemporaryDirectory() as folder:
        storages = {
            "PostgreSQL": PostgreSQLStorage(databases.create(empty=True), "site"),
            "SQLite": SQLiteStorage(Path(folder) / "visits.sqlite", "site"),
        }
        began = time.perf_counter()
        sums = fill(storages.values(), size)
        made = time.perf_counter() - began
        found = {name: _measured(storage) for name, storage in storages.items()}
        for storage in storages.values():
            storage.close()
    return {"databases": found, "bars": _bars(found), "sums": sums, "made": made}


def _measured(storage: RelationalStorage) -> dict[str, float]:
    spent = {}
    for name, days in _PERIODS.items():
        steps = _months(days) if name == A_YEAR else _days(days)
        periods = [days, _before(days), *steps]
        spent[f"visits of {name}, the one before, each step"] = _milliseconds(
            lambda periods=periods: storage.figures(periods)
        )
        spent[f"the slowest list of {name}"] = max(
            _milliseconds(
                lambda kind=kind, days=days: storage.shares(kind, days, size=10)
            )
            for kind in SHARED_BY
        )
    return spent


def _milliseconds(question: Callable[[], Any]) -> float:
    """Return the median of how long it takes, until the answer is there."""
    spent = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        question()
        spent.append(time.perf_counter() - began)
    return median(spent) * 1000


def _bars(found: dict[str, dict[str, float]]) -> list[dict[str, Any]]:
    return [
        bar_of(f"the slowest of them, ms, {where}", max(spent.values()), BAR, True)
        for where, spent in found.items()
    ]


def _before(days: Days) -> Days:
    """Return as many days before."""
    last = days.first - _A_DAY
    return Days(last - (days.last - days.first), last)


def _days(days: Days) -> list[Days]:
    """Return each day."""
    number = (days.last - days.first).days + 1
    return [Days(*(days.first + n * _A_DAY,) * 2) for n in range(number)]


def _months(days: Days) -> list[Days]:
    """Return the months of a year."""
    firsts = [date(days.first.year, month, 1) for month in range(1, 13)]
    lasts = [first - _A_DAY for first in [*firsts[1:], days.last + _A_DAY]]
    return list(map(Days, firsts, lasts))
