"""Sites and databases that were made, kept for the next time.

Below ``CLICKTRACKER_KEPT``, else in a folder of the system's own for what stays. A site is
made anew when what makes it is another one, readings also when tables are. What is
half made is removed. A database server has to reach the folder, as another user.
"""

from benchmarks.large.made_accesses import MadeAccesses
from benchmarks.large.population import Population
from benchmarks.large.population import SEED
from benchmarks.large.process import read
from benchmarks.large.size import Size
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from demo.instance import prepare
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.relational.storage import RelationalStorage
from slc.clicktracker.storage.relational.storage import SCHEMA
from slc.clicktracker.storage.sqlite import SQLiteStorage
from tests.postgresql_server import created
from tests.postgresql_server import find_binaries
from tests.postgresql_server import PostgreSQLServer
from tests.postgresql_server import reachable_folder

import os
import psycopg2
import shutil
import slc.clicktracker
import sys
import time


DEFAULT = Path("/var/tmp/slc.clicktracker")  # noqa: S108 (for everybody)

#: What is recorded at once.
_BATCH = 20_000

_HERE = Path(__file__).parent
_PACKAGE = Path(slc.clicktracker.__file__).parent

#: What decides about readings, beside who and what is in the site.
_OF_READINGS = (
    *sorted(_PACKAGE.glob("storage/sqlite/*.sql")),
    *(_PACKAGE / "storage" / "relational" / f"{n}.py" for n in ("batch", "recording")),
    *sorted(_PACKAGE.glob("storage/sets/*.py")),
    _PACKAGE / "storage" / "relational" / "sets.sql",
    _PACKAGE / "sql" / "db.sql",
    _HERE / "made_accesses.py",
)

#: What is lost when the power is, is made anew.
_FAST = ("fsync=off", "full_page_writes=off", "max_wal_size=4GB")


@dataclass(frozen=True)
class Kept:
    """What is kept in ``folder`` of a site of one size; ``run`` runs the Zope process with
    these words."""

    folder: Path
    size: Size
    run: Callable[..., str]

    def instance(self) -> Path:
        """Return the instance with the site."""
        by = _HERE / "made_site.py", version("Plone")
        instance = self._place("site", by)
        if not (instance / "var" / "large.json").exists():
            shutil.rmtree(instance, ignore_errors=True)
            prepare(instance)
            with _told(f"the site at {self.size.share:g} of its size"):
                self.run(instance, "make")
        prepare(instance)
        _open_unchanged(instance)
        return instance

    def sqlite(self, instance: Path) -> Path:
        """Return the file with the readings."""
        folder = self._readings("sqlite", instance)
        file = folder / "readings.sqlite"
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            self._record(instance, lambda site: SQLiteStorage(file, site))
            (folder / "complete").touch()
        return file

    @contextmanager
    def postgresql(self, instance: Path) -> Iterator[str]:
        """The DSN of a server as it comes, with the readings, which runs meanwhile."""
        folder = self._readings("postgresql", instance)
        complete = folder / "complete"
        if not complete.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            with _running(folder, _FAST) as dsn:
                self._record(instance, lambda site: PostgreSQLStorage(dsn, site))
                _tidy(dsn)
            complete.touch()
        with _running(folder) as dsn:
            yield dsn

    def _record(
        self, instance: Path, storage_of: Callable[[str], RelationalStorage]
    ) -> None:
        site, versions = read(instance / "var" / "large.json")
        storage = storage_of(site)
        storage.setup()
        made = iter(MadeAccesses(Population(self.size), versions))
        with _told(f"readings at {self.size.share:g} of the size"):
            while batch := list(islice(made, _BATCH)):
                storage.record(batch)
            # As the writer does while nothing else is to be done.
            storage.catch_up()
        storage.close()

    def _readings(self, kind: str, instance: Path) -> Path:
        # They belong to this very site.
        site, _versions = read(instance / "var" / "large.json")
        return self._place(f"{kind}-{SCHEMA}", (*_OF_READINGS, site))

    def _place(self, kind: str, made_by: tuple[Path | str, ...]) -> Path:
        texts = [by if isinstance(by, str) else by.read_text("utf-8") for by in made_by]
        all_in_it = vars(Population(self.size)) | {"size": None}
        texts.append(repr(all_in_it))
        digest = sha256("\0".join(texts).encode()).hexdigest()[:8]
        return self.folder / f"{kind}-{SEED}-{self.size.share:g}-{digest}"


def _open_unchanged(instance: Path) -> None:
    """What is written while the site is asked is gone with the process, or its child."""
    conf = instance / "etc" / "zope.conf"
    before, opens, rest = conf.read_text().partition("<filestorage>")
    inner, closes, after = rest.partition("</filestorage>")
    if not closes:
        raise RuntimeError(f"{conf} is not as it was")
    opened = f"{opens}{inner}    read-only true\n  {closes}"
    conf.write_text(f"{before}<demostorage>\n  {opened}\n  </demostorage>{after}")


def folder() -> Path:
    """Return where things are kept, which is made."""
    found = Path(os.environ.get("CLICKTRACKER_KEPT", DEFAULT))
    found.mkdir(parents=True, exist_ok=True)
    return found


@contextmanager
def _running(folder: Path, options: tuple[str, ...] = ()) -> Iterator[str]:
    """The DSN of a server with its data in a folder, new where there is none."""
    scratch = reachable_folder()
    try:
        binaries = find_binaries(scratch)
        make = PostgreSQLServer if folder.exists() else created
        server = make(binaries, folder, options)
        try:
            server.start()
            yield server.dsn
        finally:
            server.stop()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _tidy(dsn: str) -> None:
    """Do what autovacuum will have done."""
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    connection.close()


@contextmanager
def _told(what: str) -> Iterator[None]:
    print(f"Making {what} …", file=sys.stderr, flush=True)
    began = time.monotonic()
    yield
    took = time.monotonic() - began
    print(f"… which took {took:,.0f} s", file=sys.stderr, flush=True)
