"""What a storage has to do, and what it may be able to do besides."""

from slc.clicktracker.storage.capabilities.acknowledgements import IAcknowledgements
from slc.clicktracker.storage.capabilities.click_storage import IClickStorage
from slc.clicktracker.storage.capabilities.goals import IGoals
from slc.clicktracker.storage.capabilities.maintenance import IStorageMaintenance
from slc.clicktracker.storage.capabilities.member_events import IMemberEvents
from slc.clicktracker.storage.capabilities.outbox import IOutbox
from slc.clicktracker.storage.capabilities.readings import IAccessRecorder
from slc.clicktracker.storage.capabilities.readings import IAudienceProgress
from slc.clicktracker.storage.capabilities.readings import IPastReadings
from slc.clicktracker.storage.capabilities.readings import IReadDocuments
from slc.clicktracker.storage.capabilities.readings import IReaderSets
from slc.clicktracker.storage.capabilities.readings import IReadingFigures
from slc.clicktracker.storage.capabilities.readings import IReadingLists
from slc.clicktracker.storage.capabilities.retention import IReadingRetention
from slc.clicktracker.storage.capabilities.visits import IVisitRetention
from slc.clicktracker.storage.capabilities.visits import IVisits
from slc.clicktracker.storage.capabilities.visits import IVisitStatistics


__all__ = [
    "IAccessRecorder",
    "IAcknowledgements",
    "IAudienceProgress",
    "IClickStorage",
    "IGoals",
    "IMemberEvents",
    "IOutbox",
    "IPastReadings",
    "IReadDocuments",
    "IReaderSets",
    "IReadingFigures",
    "IReadingLists",
    "IReadingRetention",
    "IStorageMaintenance",
    "IVisitRetention",
    "IVisitStatistics",
    "IVisits",
]
