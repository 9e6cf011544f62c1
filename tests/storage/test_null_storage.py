"""Recording is switched off."""

from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IReadingReport
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.storage.null import NullStorage
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit
from zope.interface.verify import verifyObject

import pytest


@pytest.mark.parametrize(
    "interface", [IAccessRecorder, IReadingReport, IStorageMaintenance]
)
def test_everything_can_be_asked(interface):
    assert verifyObject(interface, NullStorage())


def test_nothing_is_recorded_and_nobody_has_to_try_again():
    storage = NullStorage()
    storage.record([visit(1)])
    assert storage.logAccess("bob", "/site/doc", "/doc") is True
    assert storage.getLog("/") == []
    assert readings(storage) == []
    assert storage.old_addresses("") == []
    assert storage.adopt("/site/doc", DOC) == storage.claim("") == 0
    assert storage.forget(visit(1).reader) == 0
    assert storage.status().accesses == 0
