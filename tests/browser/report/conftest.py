"""A document that some are expected to read."""

from slc.clicktracker.reports import figures
from tests.audience.people import expect

import pytest


@pytest.fixture
def chart_of_few(monkeypatch):
    """There is a chart of new readers, however few they are."""
    monkeypatch.setattr(figures, "FEWEST_READERS", 1)


@pytest.fixture
def agenda(tracked):
    """Alice, Bob and Carol are expected to read it."""
    expect(tracked.agenda, "alice", "bob", "carol")
    return tracked.agenda
