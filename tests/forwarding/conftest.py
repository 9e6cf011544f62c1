"""A service to forward to, and an outbox in memory whose clock stands."""

from slc.clicktracker.testing.memory import MemoryStorage
from slc.clicktracker.testing.outbox import NOW
from tests.forwarding.services import Service

import pytest


@pytest.fixture
def service():
    service = Service()
    yield service
    service.end()


class Outbox(MemoryStorage):
    """One whose time a test sets."""

    time = NOW

    def __init__(self):
        super().__init__("site", now=lambda: self.time)


@pytest.fixture
def outbox():
    return Outbox()
