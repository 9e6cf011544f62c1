"""A storage that keeps events of members, in memory."""

from slc.clicktracker.interfaces import IMemberEvents
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.sqlite import SQLiteStorage
from tests.activities.events import in_order
from zope.interface import alsoProvides

import pytest


@pytest.fixture(autouse=True)
def events_in_memory(monkeypatch):
    kept = []

    class WithEvents(SQLiteStorage):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            alsoProvides(self, IMemberEvents)

        def record_events(self, events):
            kept.extend(events)

        def events(self, since, until):
            first, end = microseconds(since), microseconds(until)
            yield from (each for each in in_order(kept) if first <= each.occurred < end)

    monkeypatch.setattr(
        "slc.clicktracker.storage.backends.SQLiteStorage", WithEvents, raising=True
    )
