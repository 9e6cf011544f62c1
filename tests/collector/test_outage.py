"""The database stops and starts again under a running site."""

from slc.clicktracker.doors.process import collector
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from tests.both_doors import flush
from tests.both_doors import stored
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on

import pytest
import time


@pytest.fixture
def server(new_postgresql_server, monkeypatch):
    server = new_postgresql_server()
    PostgreSQLStorage(server.dsn).setup()
    monkeypatch.setenv("CLICKTRACKER_DSN", server.dsn)
    return server


def test_pages_and_reads_keep_coming_the_log_is_quiet_and_everything_is_stored(
    tracked, visitor, server, caplog
):
    bob = visitor("bob")
    messages = [beacon(ticket_on(bob)) for _ in range(4)]
    assert bob.post(CALLBACK, messages[0]).status_code == 200
    assert len(stored(tracked.agenda)) == 1
    server.stop()
    for message in messages[1:] * 5:
        assert bob.post(CALLBACK, message).status_code == 200
        assert bob.get("/board/agenda").status_code == 200
        flush()
    server.start()
    deadline = time.monotonic() + 30
    while collector().spools.own.counts():
        assert time.monotonic() < deadline, "readings do not resume"
        flush()
    (row,) = stored(tracked.agenda)
    assert (row.reader.user, row.count) == ("bob", 4)
    said = [r for r in caplog.records if "can't be stored now" in r.message]
    assert len(said) == 1
