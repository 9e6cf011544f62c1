"""A storage that records and lists, and can't do anything else."""

from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.testing.memory import MemoryStorage
from zope.interface import implementer


@implementer(IAccessRecorder, IReadingLists)
class ListsOnly:
    """What of a storage in memory is needed for two capabilities."""

    def __init__(self, storage: MemoryStorage) -> None:
        self.logAccess = storage.logAccess
        self.getLog = storage.getLog
        self.record = storage.record
        self.readings = storage.readings
        self.each_reading = storage.each_reading
        self.absent = storage.absent
        self.history = storage.history
