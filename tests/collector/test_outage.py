"""The database stops and starts again under a running site."""

from slc.clicktracker.site_storage import site_storage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from tests.collector.test_callback import beacon
from tests.collector.test_callback import CALLBACK
from tests.collector.test_callback import ticket_on

import pytest
import time


@pytest.fixture
def server(new_postgresql_server, monkeypatch):
    server = new_postgresql_server()
    PostgreSQLStorage(server.dsn).setup()
    monkeypatch.setenv("CLICKTRACKER_DSN", server.dsn)
    return server


def test_pages_keep_coming_the_log_is_quiet_and_readings_resume(
    tracked, visitor, server, caplog
):
    bob = visitor("bob")
    messages = [beacon(ticket_on(bob)) for _ in range(3)]
    assert bob.post(CALLBACK, messages[0]).status_code == 204
    server.stop()
    for message in messages[1:] * 5:
        assert bob.post(CALLBACK, message).status_code == 503
        assert bob.get("/board/agenda").status_code == 200
    server.start()
    deadline = time.monotonic() + 30
    for message in messages:
        while bob.post(CALLBACK, message).status_code != 204:
            assert time.monotonic() < deadline, "readings do not resume"
    page = site_storage().readings(ReadingQuery((tracked.agenda.UID(),)))
    assert [(row.reader.user, row.count) for row in page.rows] == [("bob", 3)]
    said = [r for r in caplog.records if "Reads are not recorded now" in r.message]
    assert len(said) == 1
