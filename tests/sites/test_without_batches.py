"""A storage that takes one access at a time is sent nothing that only comes in batches."""

from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IMemberEvents
from slc.clicktracker.interfaces import IOutbox
from slc.clicktracker.sites.cohorts import keeps_events
from slc.clicktracker.sites.forwarding import keeps_outbox
from slc.clicktracker.testing.memory import MemoryStorage
from tests.storage.part_of import PartOf
from zope.component import getGlobalSiteManager

import pytest


@pytest.fixture
def use():
    """Return a function that registers a storage with some capabilities."""
    components = getGlobalSiteManager()

    def register(capabilities):
        storage = PartOf(MemoryStorage("site"), *capabilities)
        components.registerUtility(storage, IClickStorage)

    yield register
    components.unregisterUtility(provided=IClickStorage)


@pytest.mark.parametrize(
    ("capabilities", "keeps"),
    [
        ((IOutbox, IMemberEvents), False),
        ((IAccessRecorder,), False),
        ((IAccessRecorder, IOutbox, IMemberEvents), True),
    ],
)
def test_hits_and_events_are_made_for_who_can_keep_them(use, capabilities, keeps):
    use(capabilities)
    assert (keeps_outbox(), keeps_events()) == (keeps, keeps)
