"""Documents that were read and are not there any more."""

from collections.abc import Sequence
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.dashboard.dashboard_list import DashboardList
from slc.clicktracker.reports.deleted import address_in_site
from slc.clicktracker.reports.deleted import CAPABILITIES
from slc.clicktracker.reports.deleted import deleted_documents
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.storage.folding import folded


class DeletedList(DashboardList):
    """What the storage knows of that the site doesn't, the latest read first, for those who
    ``may_see_deleted``."""

    permission = VIEW_READERS
    capabilities = CAPABILITIES
    incapable = _(
        "The storage of this site doesn't know which documents were read, so deleted ones "
        "can't be listed."
    )

    def ask(self) -> list[ReadDocument]:
        """Return all of them. Raises ``StorageError``."""
        return deleted_documents()

    @cached_property
    def rows(self) -> list[ReadDocument]:
        """Those with what is searched for in title or address."""
        part = folded(self.search)
        return [each for each in self.found if part in _searched(each)]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def page(self) -> Sequence[ReadDocument]:
        return self.rows[self.start : self.start + self.size]


def title_of(row: ReadDocument) -> str:
    """Return what a document was called, its address if nobody knows that."""
    return row.document.title or address_in_site(row.document)


def _searched(row: ReadDocument) -> str:
    return folded(f"{row.document.title}\n{address_in_site(row.document)}")
