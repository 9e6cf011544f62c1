"""A site with alice, bob and carol, and the papers of the board."""

from plone import api
from plone.app.testing import TEST_USER_ID
from slc.clicktracker.evidence import file_digest
from slc.clicktracker.evidence import visible
from tests.layers import add_board
from tests.layers import add_members

import pytest


@pytest.fixture(autouse=True)
def nothing_is_known():
    visible._known.clear()


@pytest.fixture
def board(portal):
    """The published folder, in a site whose only members are alice, bob and carol."""
    add_members()
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(user=api.user.get(userid=TEST_USER_ID))
        yield add_board()


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
