"""Builds the site, asks for its screens on each database, and returns what is found."""

from benchmarks.instances import clean_environment
from benchmarks.large.bars import bars
from benchmarks.large.kept import folder
from benchmarks.large.kept import Kept
from benchmarks.large.size import FULL
from benchmarks.large.size import Size
from benchmarks.large.size import SMALLEST
from benchmarks.large.size import TENTH
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import json
import subprocess
import sys


ROOT = Path(__file__).parents[2]

POSTGRESQL, SQLITE = "PostgreSQL", "SQLite"

#: Seconds that a process may take: millions of readings were asked in minutes.
_PATIENCE = 3 * 3600


@dataclass(frozen=True)
class Extent:
    """The sizes of the site by database, the largest first; whether each screen is
    asked ``once`` only, and what is made is thrown away."""

    sizes: tuple[tuple[str, Size], ...] = (
        (POSTGRESQL, TENTH),
        (SQLITE, TENTH),
        (POSTGRESQL, FULL),
    )
    once: bool = False


AT_A_TENTH = Extent(((POSTGRESQL, TENTH), (SQLITE, TENTH)))
SMALLEST_EXTENT = Extent(((SQLITE, SMALLEST),), once=True)


def run(extent: Extent) -> dict[str, Any]:
    """Return the figures by database and size, and the bars.

    Raises ``RuntimeError`` and ``subprocess.SubprocessError``.
    """
    found: dict[str, dict[str, Any]] = {}
    with _place(extent) as place:
        for database, size in extent.sizes:
            kept = Kept(place, size, _Process(size))
            found[name_of(database, size)] = _asked(kept, database, extent.once)
    return {"asked": found, "bars": bars(found)}


def name_of(database: str, size: Size) -> str:
    """Return what the figures of one size in a database are found by."""
    return f"{database}, {size.share:g}"


def _asked(kept: Kept, database: str, once: bool) -> dict[str, Any]:
    instance, task = kept.instance(), "ask-once" if once else "ask"
    if database == SQLITE:
        file = str(kept.sqlite(instance))
        return json.loads(kept.run(instance, task, CLICKTRACKER_SQLITE=file))
    with kept.postgresql(instance) as dsn:
        return json.loads(kept.run(instance, task, CLICKTRACKER_DSN=dsn))


@contextmanager
def _place(extent: Extent) -> Iterator[Path]:
    """Where things are kept, or just for now."""
    if not extent.once:
        yield folder()
        return
    with TemporaryDirectory() as made:
        yield Path(made)


@dataclass(frozen=True)
class _Process:
    """Runs a Zope process, and says what it has printed last."""

    size: Size

    def __call__(self, instance: Path, task: str, **environ: str) -> str:
        words = [str(instance), f"{self.size.share:g}", task]
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.large.process", *words],
            cwd=ROOT,
            env=clean_environment() | environ,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            timeout=_PATIENCE,
        )
        return (done.stdout.splitlines() or [""])[-1]
