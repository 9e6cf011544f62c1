"""What happens to readings when PostgreSQL stops, dies or hangs."""

from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import visit
from tests.postgresql_server import Databases
from threading import Thread

import psycopg2
import pytest
import time


PATIENCE = 30


@pytest.fixture(scope="module")
def server(new_postgresql_server):
    """A server that these tests may stop."""
    return new_postgresql_server()


@pytest.fixture
def dsn(server):
    server.start()
    return Databases(server.dsn).create()


class Clock:
    """Seconds that pass when a test says so."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def storage(dsn, clock):
    made = PostgreSQLStorage(dsn, "site", clock=clock)
    yield made
    made.close()


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_server_that_is_down_is_unavailable_and_work_goes_on_afterwards(
    server, storage, clock, end
):
    storage.record([visit(1)])
    getattr(server, end)()
    for call in (
        lambda: storage.record([visit(2)]),
        lambda: storage.getLog("/"),
        lambda: counts(storage),
        lambda: storage.logAccess("bob", "/site/doc", "/doc"),
        lambda: storage.forget(BOB),
        storage.status,
        storage.setup,
    ):
        with pytest.raises(StorageUnavailable):
            call()
        clock.now += 60
    server.start()
    storage.record([visit(1), visit(2)])
    assert counts(storage) == [("alice", 2)]


def test_a_dead_server_is_not_asked_for_every_page(server, storage, clock):
    attempts = []
    connect = storage.address.connect
    storage.address.connect = lambda **more: (attempts.append(1), connect(**more))[1]
    server.stop()
    for _ in range(3):
        with pytest.raises(StorageUnavailable):
            storage.getLog("/")
    assert len(attempts) == 1
    server.start()
    with pytest.raises(StorageUnavailable):
        storage.getLog("/")
    assert len(attempts) == 1
    clock.now += 6
    assert storage.getLog("/") == []


def test_whoever_looks_at_the_status_does_not_wait_for_the_pause(server, storage):
    server.stop()
    with pytest.raises(StorageUnavailable):
        storage.getLog("/")
    server.start()
    assert storage.status().readings == 0
    assert storage.getLog("/") == []


@pytest.fixture
def held_batch(dsn, storage):
    """A batch that waits in the middle, for a reading that somebody locks.

    Gives the process id of its session, and a function for its error.
    """
    storage.record([visit(1)])
    holder = psycopg2.connect(dsn)
    observer = psycopg2.connect(dsn)
    observer.autocommit = True
    errors = []

    def record():
        try:
            storage.record([visit(2, BOB), visit(3), visit(4, BOB, engaged=1)])
        except StorageUnavailable as error:
            errors.append(error)

    with holder.cursor() as cursor, observer.cursor() as watch:
        cursor.execute("SELECT FROM clicktracker_reading FOR UPDATE")
        thread = Thread(target=record)
        thread.start()
        deadline = time.monotonic() + PATIENCE
        waiting = None
        while waiting is None and time.monotonic() < deadline:
            watch.execute(
                "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                "AND datname = current_database() AND query ~ 'clicktracker_record'"
            )
            waiting = watch.fetchone()
        assert waiting, "the batch does not wait"

        def error():
            thread.join(PATIENCE)
            return errors

        yield waiting[0], error
    holder.close()
    observer.close()
    thread.join(PATIENCE)


def test_a_batch_whose_session_is_ended_is_not_half_recorded(
    server, held_batch, storage
):
    session, error = held_batch
    with psycopg2.connect(server.dsn) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [session])
    assert error()
    assert counts(storage) == [("alice", 1)]
    assert storage.status().readers == 1


def test_a_batch_whose_server_is_killed_is_not_half_recorded(
    server, held_batch, storage, clock
):
    _session, error = held_batch
    server.kill()
    assert error()
    server.start()
    clock.now += 60
    assert counts(storage) == [("alice", 1)]
    assert storage.status().readers == 1
    storage.record([visit(2, BOB), visit(3)])
    assert counts(storage, DOC.uid) == [("alice", 2), ("bob", 1)]
