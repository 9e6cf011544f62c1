"""Nothing is remembered of what content said before."""

from slc.clicktracker.versions import file_digest
from slc.clicktracker.versions import visible

import pytest


@pytest.fixture(autouse=True)
def nothing_is_known():
    visible._known.clear()


@pytest.fixture
def read(monkeypatch):
    """How often the data of a file was really read."""
    calls = []
    compute = file_digest._computed

    def counted(file):
        calls.append(file)
        return compute(file)

    monkeypatch.setattr(file_digest, "_computed", counted)
    return calls
