"""A document that some are expected to read."""

from tests.audience.people import expect

import pytest


@pytest.fixture
def agenda(tracked):
    """Alice, Bob and Carol are expected to read it."""
    expect(tracked.agenda, "alice", "bob", "carol")
    return tracked.agenda
