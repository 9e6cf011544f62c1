"""Servers of ``tests.faults.server``, a database for each test, and its faults."""

from collections.abc import Callable
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tests.faults.faulty import Faults
from tests.faults.server import Setup
from tests.faults.servers import Nursery
from tests.faults.servers import Server
from tests.faults.servers import wait_for
from tests.postgresql_server import free_port
from tests.postgresql_server import reachable_folder

import pytest
import shutil


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.end()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that anybody can reach, also a server that is not root any more."""
    folder = reachable_folder()
    for name in ("spool", "faults"):
        (folder / name).mkdir()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def faults(folder) -> Faults:
    return Faults(folder / "faults")


@pytest.fixture
def postgresql_dsn(postgresql_server) -> Iterator[str]:
    """The DSN of a database without rows, in which nobody is writing any more."""
    dsn = postgresql_server.emptied()
    yield dsn
    with postgresql_server.connection(dsn) as cursor:
        wait_for(lambda: not busy(cursor), "sessions go on without their servers")


def busy(cursor) -> int:
    """How many other sessions of this database are at work."""
    cursor.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend' "
        "AND application_name = 'slc.clicktracker'"
    )
    return cursor.fetchone()[0]


@pytest.fixture
def setup(folder, postgresql_dsn) -> Callable[..., Setup]:
    """Return a function: what a server is to do, on a port of its own."""

    numbers = count()

    def of(**more) -> Setup:
        values = {
            "port": free_port(),
            "log": str(folder / f"log-{next(numbers)}"),
            "dsn": postgresql_dsn,
            "spool": str(folder / "spool"),
            "faults": str(folder / "faults"),
        }
        return Setup(**values | more)

    return of


@pytest.fixture
def start(nursery, setup) -> Iterator[Callable[..., Server]]:
    """Return a function that starts a server. They all share one spool folder."""
    started: list[Server] = []

    def start(**more) -> Server:
        server = nursery.start(setup(**more))
        started.append(server)
        return server

    yield start
    for server in started:
        server.kill()
