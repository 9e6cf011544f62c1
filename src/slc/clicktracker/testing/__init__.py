"""What proves a storage: subclass a contract and run it with pytest."""

from slc.clicktracker.testing.capabilities import AcknowledgementsContract
from slc.clicktracker.testing.capabilities import AudienceProgressContract
from slc.clicktracker.testing.capabilities import CapabilityContract
from slc.clicktracker.testing.capabilities import GoalsContract
from slc.clicktracker.testing.capabilities import MaintenanceContract
from slc.clicktracker.testing.capabilities import MemberEventsContract
from slc.clicktracker.testing.capabilities import OutboxContract
from slc.clicktracker.testing.capabilities import PastReadingsContract
from slc.clicktracker.testing.capabilities import ReadDocumentsContract
from slc.clicktracker.testing.capabilities import ReaderSetsContract
from slc.clicktracker.testing.capabilities import ReadingFiguresContract
from slc.clicktracker.testing.capabilities import ReadingListsContract
from slc.clicktracker.testing.capabilities import ReadingRetentionContract
from slc.clicktracker.testing.capabilities import RecorderContract
from slc.clicktracker.testing.capabilities import VisitRetentionContract
from slc.clicktracker.testing.capabilities import VisitsContract
from slc.clicktracker.testing.capabilities import VisitStatisticsContract
from slc.clicktracker.testing.contract import StorageContract


__all__ = [
    "AcknowledgementsContract",
    "AudienceProgressContract",
    "CapabilityContract",
    "GoalsContract",
    "MaintenanceContract",
    "MemberEventsContract",
    "OutboxContract",
    "PastReadingsContract",
    "ReadDocumentsContract",
    "ReaderSetsContract",
    "ReadingFiguresContract",
    "ReadingListsContract",
    "ReadingRetentionContract",
    "RecorderContract",
    "StorageContract",
    "VisitRetentionContract",
    "VisitStatisticsContract",
    "VisitsContract",
]
