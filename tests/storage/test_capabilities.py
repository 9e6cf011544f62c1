"""Capabilities are apart: a storage records and lists, and has one more or none."""

from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.interfaces import IGoals
from slc.clicktracker.interfaces import IMemberEvents
from slc.clicktracker.interfaces import IReadDocuments
from slc.clicktracker.interfaces import IReadingFigures
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.interfaces import IReadingRetention
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.interfaces import IVisitRetention
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.interfaces import IVisitStatistics
from slc.clicktracker.testing import AudienceProgressContract
from slc.clicktracker.testing import MaintenanceContract
from slc.clicktracker.testing import MemberEventsContract
from slc.clicktracker.testing import ReadDocumentsContract
from slc.clicktracker.testing import ReadingFiguresContract
from slc.clicktracker.testing import ReadingListsContract
from slc.clicktracker.testing import ReadingRetentionContract
from slc.clicktracker.testing import RecorderContract
from slc.clicktracker.testing import VisitRetentionContract
from slc.clicktracker.testing import VisitsContract
from slc.clicktracker.testing import VisitStatisticsContract
from slc.clicktracker.testing.memory import MemoryStorage
from slc.clicktracker.testing.memory.tables import Tables
from tests.nightly import NIGHTLY
from tests.storage.part_of import PartOf

import pytest


class InMemory:
    """Records and lists; ``more`` are the capabilities that it has besides."""

    more = ()

    @pytest.fixture(autouse=True)
    def tables(self):
        self.tables = Tables()

    def make_storage(self, site=""):
        storage = MemoryStorage(site, tables=self.tables)
        return PartOf(storage, IAccessRecorder, IReadingLists, *self.more)


class TestListsAlone(InMemory, RecorderContract, ReadingListsContract):
    @pytest.mark.parametrize(
        "capability",
        [
            IReadingFigures,
            IAudienceProgress,
            IReadDocuments,
            IVisits,
            IVisitRetention,
            IVisitStatistics,
            IGoals,
            IReadingRetention,
            IStorageMaintenance,
        ],
    )
    def test_it_can_do_nothing_else(self, capability):
        storage = self.make_storage()
        assert not capability.providedBy(storage)
        assert not any(hasattr(storage, name) for name in capability.names())


if NIGHTLY:
    # By day all of these run on storages that have everything.
    class TestFigures(InMemory, ReadingFiguresContract):
        more = (IReadingFigures,)

    class TestProgress(InMemory, AudienceProgressContract):
        more = (IAudienceProgress,)

    class TestDocuments(InMemory, ReadDocumentsContract):
        more = (IReadDocuments,)

    class TestVisits(InMemory, VisitsContract):
        more = (IVisits,)

    class TestRetention(InMemory, VisitRetentionContract):
        more = (IVisitRetention,)

    class TestStatistics(InMemory, VisitStatisticsContract):
        more = (IVisitStatistics,)

    class TestMemberEvents(InMemory, MemberEventsContract):
        more = (IMemberEvents, IStorageMaintenance)

    class TestReadingRetention(InMemory, ReadingRetentionContract):
        more = (IReadingRetention, IReadingFigures, IGoals, IStorageMaintenance)

    class TestMaintenance(InMemory, MaintenanceContract):
        more = (IStorageMaintenance,)
