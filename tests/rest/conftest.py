"""A site whose services other software asks."""

from tests.browser.report.readings import NOON
from tests.browser.report.readings import record
from tests.rest.services import Client

import pytest
import transaction


@pytest.fixture
def client(visitor):
    """Return a function: software that is logged in as somebody."""
    return lambda name=None: Client(visitor(name))


@pytest.fixture
def read(tracked):
    """Alice and Bob have opened the agenda."""
    for number, user in enumerate(("alice", "bob")):
        record(tracked.agenda, user, NOON.replace(day=4 + number))
    transaction.commit()
    return tracked
