"""``clicktracker snapshot``: what cron runs, and what it prints."""

from datetime import timedelta
from functools import partial
from slc.clicktracker.storage.model import utc_now
from tests.deadlines.deadlines import give_deadline
from tests.snapshots.board import read_agenda

import pytest


DAY = timedelta(days=1)


@pytest.fixture
def run(clicktracker):
    """Return what the command prints, and its exit status."""
    return partial(clicktracker, "--site", "/plone", "snapshot")


SAID = "/plone: snapshots taken: of deadlines that are over: {}, of open ones for today: {}\n"


def test_it_takes_what_is_due_once(tracked, run):
    give_deadline(read_agenda(tracked), utc_now() + DAY)
    give_deadline(tracked.budget, utc_now())
    assert run() == (SAID.format(1, 1), 0)
    assert run() == (SAID.format(0, 0), 0)


def test_a_storage_that_is_down_is_an_error(tracked, run, monkeypatch):
    give_deadline(read_agenda(tracked), utc_now() + DAY)
    monkeypatch.setenv("CLICKTRACKER_DSN", "dbname=none host=127.0.0.1 port=1")
    said, status = run()
    assert "not done, the storage could not be used" in said
    assert status == 1
