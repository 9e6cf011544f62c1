"""Whoever runs the site finds in the log why readings can't be shown."""

from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.reports import problems
from slc.clicktracker.sites.storage import store_dsn

import pytest
import transaction


@pytest.fixture
def down(tracked, monkeypatch):
    monkeypatch.setattr(problems, "_said", OnceAMinute())
    store_dsn("dbname=tracking host=127.0.0.1 port=1 user=plone password=s3cret-word")
    transaction.commit()


@pytest.mark.parametrize(
    "path",
    [
        "/board/agenda/@@who-read-this",
        "/board/agenda/@@who-read-this.csv",
        "/board/agenda/@@clicktracker-minor-change",
        "/@@clicktracker-dashboard",
    ],
)
def test_the_log_says_once_why(down, visitor, caplog, path):
    manager = visitor("manager")
    for _ in range(2):
        manager.get(path)
    said = [each for each in caplog.messages if "Readings can't be shown" in each]
    assert len(said) == 1
    assert "127.0.0.1" in said[0]
    assert "s3cret-word" not in caplog.text
