"""The database is gone for a while, or its connections break."""

from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from tests.faults.faulty import Fault
from tests.faults.load import Load
from tests.faults.servers import wait_for
from tests.faults.stored import assert_exactly
from tests.faults.stored import stored
from tests.nightly import NIGHTLY
from threading import Event
from threading import Thread

import psycopg2
import pytest
import time


#: Seconds that the database is stopped for. Eight are enough for the collector to
#: double its pause.
OUTAGE = 30 if NIGHTLY else 8

_PATIENCE = 30


@pytest.fixture(scope="module")
def database(new_postgresql_server):
    """A server of PostgreSQL that is stopped by tests."""
    server = new_postgresql_server()
    storage = PostgreSQLStorage(server.dsn)
    storage.setup()
    storage.close()
    return server


def test_postgresql_stopped_under_load_costs_no_read_and_refuses_none(start, database):
    server = start(dsn=database.dsn)
    # One browser: what counts is how long it takes.
    with Load(server.port, browsers=1) as load:
        load.wait_for_more(200)
        database.stop()
        stopped, before = time.monotonic(), len(load.accepted)
        wait_for(lambda: server.state()["problem"], "the outage is not noticed")
        load.wait_for_more(200)
        Event().wait(OUTAGE - (time.monotonic() - stopped))
        during = len(load.accepted) - before
        database.start()
        load.wait_for_more(200)
    server.wait_until_drained()
    print(f"{during} beacons were accepted while PostgreSQL was stopped {OUTAGE} s")
    assert not load.refused
    assert not load.doubtful
    assert_exactly(database.dsn, load.accepted)
    assert len(server.said("can't be stored now")) == 1
    assert server.said("are stored again")


def test_an_answer_that_is_lost_after_the_commit_counts_no_read_twice(
    start, postgresql_dsn, faults
):
    server = start()
    with Load(server.port) as load:
        faults.begin(Fault.CUT)
        load.wait_for_more(100)
        wait_for(lambda: stored(postgresql_dsn).keys, "nothing was committed")
        load.wait_for_more(100)
        faults.end(Fault.CUT)
        load.wait_for_more(100)
    server.wait_until_drained()
    assert server.said("the connection is gone")
    assert not load.refused
    assert not load.doubtful
    assert_exactly(postgresql_dsn, load.accepted)


def test_sessions_that_are_ended_while_they_record_cost_no_read(start, postgresql_dsn):
    server = start()
    cutter = Cutter(postgresql_dsn)
    with Load(server.port) as load:
        cutter.begin()
        load.wait_for_more(500)
        wait_for(lambda: cutter.cuts >= 3, lambda: f"only {cutter.cuts} were cut")
        cutter.end()
        load.wait_for_more(100)
    server.wait_until_drained()
    print(f"{cutter.cuts} sessions were ended while they recorded")
    assert not load.refused
    assert not load.doubtful
    assert_exactly(postgresql_dsn, load.accepted)


class Cutter:
    """Ends sessions that are recording, one after the other."""

    def __init__(self, dsn: str) -> None:
        self.cuts = 0
        self._dsn = dsn
        self._over = Event()
        self._thread = Thread(target=self._cut, daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join(_PATIENCE)

    def _cut(self) -> None:
        connection = psycopg2.connect(self._dsn)
        connection.autocommit = True
        with connection.cursor() as cursor:
            while not self._over.is_set():
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                    "datname = current_database() AND pid <> pg_backend_pid() AND "
                    "state <> 'idle' AND query ~ 'clicktracker_record'"
                )
                self.cuts += len(cursor.fetchall())
        connection.close()
