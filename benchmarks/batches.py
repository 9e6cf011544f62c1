"""How many accesses a second a storage records, beside what 0.4 did.

The same made-up visits for all: by known readers of known documents, as on a site
that has been tracked for a while, each a view of its own. PostgreSQL is a
new server with its default settings, so each commit waits for the disk.
Every run is checked: what was sent has to be there, else it raises.
"""

from benchmarks.report import bar_of
from benchmarks.report import LOGCLICK
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.plain import accesses
from slc.clicktracker.storage.plain import plain
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.relational.storage import RelationalStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from statistics import median
from tempfile import TemporaryDirectory
from tests.postgresql_server import created
from tests.postgresql_server import Databases
from tests.postgresql_server import find_binaries
from tests.postgresql_server import reachable_folder
from typing import Any

import json
import psycopg2
import shutil
import time


_PATIENCE = 60

#: 0.4's tables and its logclick; what it did to a site is in the tests.
OLD = Path(__file__).parents[1] / "tests" / "storage" / "clicktracker_0_4.sql"

#: What all accesses have to be found in, afterwards.
_COUNTED = (
    "sum(count) FROM clicktracker_reading",
    "sum(count) FROM clicktracker_reading_url",
    "count(*) FROM clicktracker_access",
)

_SUBJECTS = ("Minutes", "Travel expenses", "Safety instruction", "Übersicht", "Report")
_NAMES = ("Alice Anders", "Bob Berg", "Çelik Demir", "Zoë Young", "Jürgen Meier")


@dataclass(frozen=True)
class Scale:
    """How much is recorded, in batches of which sizes, and how often that is tried."""

    members: int = 200
    documents: int = 50
    accesses: int = 60_000
    batches: tuple[int, ...] = (1_000, 5_000)
    connections: int = 4
    repeats: int = 3

    @property
    def pairs(self) -> int:
        """Of readers and documents, each of which is a reading."""
        return self.members * self.documents


SMALLEST = Scale(2, 2, accesses=8, batches=(3,), connections=2, repeats=1)


def people(scale: Scale) -> list[Reader]:
    """Return all readers, with names as Plone knows them."""
    return [
        Reader(f"member-{n:03}", name=f"{_NAMES[n % len(_NAMES)]} {n:03}")
        for n in range(scale.members)
    ]


def contents(scale: Scale) -> list[Document]:
    """Return all documents, in folders as deep as they usually are."""
    return [
        Document(
            f"{Random(n).getrandbits(128):032x}",  # noqa: S311 (only made up)
            f"/Plone/intranet/department-{n % 7}/{2020 + n % 6}/document-{n:02}",
            f"{_SUBJECTS[n % len(_SUBJECTS)]} {n:02}",
        )
        for n in range(scale.documents)
    ]


def visits(scale: Scale, count: int, seed: int) -> list[Access]:
    """Return so many visits by random readers to random documents."""
    random = Random(seed)  # noqa: S311 (only made up)
    readers, documents = people(scale), contents(scale)
    return [
        access(random, number, random.choice(readers), random.choice(documents))
        for number in range(count)
    ]


def first_visits(scale: Scale) -> list[Access]:
    """Return one visit by every reader to every document."""
    random = Random(0)  # noqa: S311 (only made up)
    pairs = [(one, each) for one in people(scale) for each in contents(scale)]
    random.shuffle(pairs)
    return [access(random, number, *pair) for number, pair in enumerate(pairs)]


def access(random: Random, number: int, reader: Reader, document: Document) -> Access:
    """Return the visit ``number``: a view and an issue time of its own."""
    issued = _now() + timedelta(milliseconds=number, microseconds=random.randrange(999))
    opened = issued + timedelta(milliseconds=random.randrange(300, 3000))
    return Access(
        key=f"{random.getrandbits(128):032x}",
        issued=issued,
        opened=opened,
        seen=opened + timedelta(seconds=random.randrange(120)),
        document=document,
        reader=reader,
        url=document.path.removeprefix("/Plone"),
        version=Version(str(int(document.uid[:2], 16) % 3)),
        engaged=random.randrange(120_000),
        depth=random.randrange(101),
    )


def building(scale: Scale) -> dict[str, float]:
    """What a queue does before it records: accesses out of values that were read."""
    made = visits(scale, scale.accesses, seed=1)
    rows = json.loads(json.dumps([plain(access) for access in made]))
    cpu = time.process_time()
    _check(len(accesses(rows)), len(made))
    cpu = time.process_time() - cpu
    return {"rate": len(made) / cpu, "python_us": cpu / len(made) * 1e6}


def logclick(scale: Scale, dsn: str, connections: int) -> dict[str, float]:
    """0.4: one call and one commit an access.

    Calls that fail, as two that insert the same thing at once do, are
    counted and not repeated.
    """
    _click(psycopg2.connect(dsn), first_visits(scale))
    rate, failed = _at_once(scale, partial(_send_clicks, dsn), connections)
    with psycopg2.connect(dsn) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT sum(count) FROM click")
        recorded = int(cursor.fetchone()[0]) - scale.pairs
    _check(recorded, scale.accesses - failed)
    return {"rate": rate, "recorded": recorded, "failed": failed}


def batches(
    scale: Scale,
    open_storage: Callable[[], RelationalStorage],
    size: int,
    connections: int,
) -> dict[str, float]:
    """Batches of ``size``: ``rate``; ``rate_new`` is that of readings that are new.

    ``python_us`` is the time that an access takes of the process that sends it,
    in microseconds, without waiting for the database.
    """
    storage = open_storage()
    storage.setup()
    new = first_visits(scale)
    began = time.perf_counter()
    for start in range(0, len(new), size):
        storage.record(new[start : start + size])
    rate_new = len(new) / (time.perf_counter() - began)
    storage.close()
    rate, cpu = _at_once(scale, partial(_send_batches, open_storage, size), connections)
    with open_storage().engine.connect() as connection:
        for what in _COUNTED:
            found = connection.exec_driver_sql(f"SELECT {what}").scalar()
            _check(int(found), len(new) + scale.accesses)
    spent = cpu / scale.accesses * 1e6
    return {"rate": rate, "rate_new": rate_new, "python_us": spent}


def measure(
    scale: Scale, dsn: Callable[[], str], folder: Path
) -> dict[str, dict[str, float]]:
    """Return the medians; ``dsn`` gives a new, empty database each time.

    Everything is measured once before anything is measured again, as other work
    of the machine comes and goes.
    """
    measured = {
        f"0.4's logclick, {_connections(n)}": partial(_on_old, scale, dsn, n)
        for n in (1, scale.connections)
    }
    for size in scale.batches:
        for n in (1, scale.connections):
            measured[f"PostgreSQL, batches of {size:,}, {_connections(n)}"] = partial(
                _on_postgresql, scale, dsn, size, n
            )
        measured[f"SQLite, batches of {size:,}, {_connections(1)}"] = partial(
            _on_sqlite, scale, folder, size
        )
    measured["accesses made of plain values"] = partial(building, scale)
    rounds = [
        {name: function() for name, function in measured.items()}
        for _ in range(scale.repeats)
    ]
    return {name: _medians([found[name] for found in rounds]) for name in measured}


def run(scale: Scale) -> dict[str, Any]:
    """Measure everything on a server of its own; return the figures and the bar."""
    with server() as databases, TemporaryDirectory() as folder:
        recorded = measure(scale, lambda: databases.create(empty=True), Path(folder))
    base = recorded[LOGCLICK]["rate"]
    slowest = min(
        figures["rate"] / base
        for name, figures in recorded.items()
        if name.startswith("PostgreSQL") and name.endswith(_connections(1))
    )
    bar = bar_of("batches into PostgreSQL / logclick, 1 connection", slowest, 10)
    return {"recorded": recorded, "bars": [bar]}


def _connections(number: int) -> str:
    return f"{number} connection" + "s" * (number > 1)


@contextmanager
def server() -> Iterator[Databases]:
    """A new server as it comes: with fsync and synchronous_commit."""
    scratch = reachable_folder()
    made = created(find_binaries(scratch), scratch / "server", options=())
    try:
        made.start()
        yield Databases(made.dsn)
    finally:
        made.end()
        shutil.rmtree(scratch, ignore_errors=True)


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {word: median(run[word] for run in runs) for word in runs[0]}


def _on_old(scale: Scale, dsn: Callable[[], str], connections: int) -> dict[str, float]:
    new = dsn()
    with psycopg2.connect(new) as connection, connection.cursor() as cursor:
        cursor.execute(OLD.read_text())
    return logclick(scale, new, connections)


def _on_postgresql(
    scale: Scale, dsn: Callable[[], str], size: int, connections: int
) -> dict[str, float]:
    opened = partial(PostgreSQLStorage, dsn(), "site")
    return batches(scale, opened, size, connections)


def _on_sqlite(scale: Scale, folder: Path, size: int) -> dict[str, float]:
    path = folder / f"{time.monotonic_ns()}.sqlite"
    return batches(scale, partial(SQLiteStorage, path, "site"), size, 1)


def _at_once(
    scale: Scale,
    work: Callable[[list[Access], Callable[[], None]], float],
    connections: int,
) -> tuple[float, float]:
    """Share the accesses among processes, as threads would wait for each other;
    return accesses a second and the sum of what the processes return."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(
        connections, context, _remember, (context.Barrier(connections),)
    ) as pool:
        waiting = [
            pool.submit(_process, scale, work, scale.accesses // connections, seed)
            for seed in range(1, connections + 1)
        ]
        results = [future.result() for future in waiting]
    began, ended, returned = zip(*results, strict=True)
    return scale.accesses / (max(ended) - min(began)), sum(returned)


def _remember(start: Any) -> None:
    global _start
    _start = start


def _process(
    scale: Scale, work: Callable, count: int, seed: int
) -> tuple[float, float, float]:
    """Work when all are ready; return when it began and ended, and the result."""
    mine = visits(scale, count, seed)
    began = []

    def begin() -> None:
        _start.wait(_PATIENCE)
        began.append(time.monotonic())

    result = work(mine, begin)
    return began[0], time.monotonic(), result


def _send_clicks(dsn: str, mine: list[Access], begin: Callable[[], None]) -> int:
    """Return how many calls failed."""
    connection = psycopg2.connect(dsn)
    begin()
    return _click(connection, mine)


def _click(connection: Any, mine: list[Access]) -> int:
    failed = 0
    with connection.cursor() as cursor:
        for access in mine:
            try:
                cursor.execute(
                    "SELECT logclick(%s, %s, %s)",
                    (access.reader.user, access.document.path, access.url),
                )
                connection.commit()
            except psycopg2.Error:
                connection.rollback()
                failed += 1
    connection.close()
    return failed


def _send_batches(
    open_storage: Callable[[], RelationalStorage],
    size: int,
    mine: list[Access],
    begin: Callable[[], None],
) -> float:
    """Return the seconds of this process's own time that it took."""
    storage = open_storage()
    storage.status()
    begin()
    cpu = time.process_time()
    for first in range(0, len(mine), size):
        storage.record(mine[first : first + size])
    cpu = time.process_time() - cpu
    storage.close()
    return cpu


def _check(found: float, expected: float) -> None:
    if found != expected:
        raise AssertionError(f"{found} accesses are recorded, not {expected}")


def _now() -> datetime:
    return datetime.now(timezone.utc)
