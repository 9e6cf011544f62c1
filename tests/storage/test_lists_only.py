"""Capabilities are apart: a storage may record and list, and do nothing else."""

from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.interfaces import IReadDocuments
from slc.clicktracker.interfaces import IReadingFigures
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.testing import ReadingListsContract
from slc.clicktracker.testing import RecorderContract
from slc.clicktracker.testing.memory import MemoryStorage
from slc.clicktracker.testing.memory.tables import Tables
from tests.storage.lists_only import ListsOnly

import pytest


class TestListsOnly(RecorderContract, ReadingListsContract):
    @pytest.fixture(autouse=True)
    def tables(self):
        self.tables = Tables()

    def make_storage(self, site=""):
        return ListsOnly(MemoryStorage(site, tables=self.tables))

    @pytest.mark.parametrize(
        "capability",
        [IReadingFigures, IAudienceProgress, IReadDocuments, IStorageMaintenance],
    )
    def test_it_can_do_nothing_else(self, capability):
        storage = self.make_storage()
        assert not capability.providedBy(storage)
        assert not any(hasattr(storage, name) for name in capability.names())
