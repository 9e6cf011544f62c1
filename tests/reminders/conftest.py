from tests.reminders.reminders import to_be_read

import pytest


@pytest.fixture
def papers(tracked):
    """Alice and Bob are to read the agenda, as Carol wants it, who may see who has."""
    tracked.manage_setLocalRoles("carol", ["Tracking Manager"])
    to_be_read(tracked.agenda, "alice", "bob")
    return tracked
