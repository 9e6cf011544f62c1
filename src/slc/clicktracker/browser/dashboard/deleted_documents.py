"""``@@clicktracker-deleted``: documents that were read and are not there any more."""

from AccessControl import Unauthorized
from functools import cached_property
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.dashboard.dashboard import BATCH_SIZE
from slc.clicktracker.browser.dashboard.dashboard import Dashboard
from slc.clicktracker.reports.deleted import address_in_site
from slc.clicktracker.reports.deleted import CAPABILITIES
from slc.clicktracker.reports.deleted import deleted_documents
from slc.clicktracker.reports.deleted import may_see_deleted
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from urllib.parse import urlencode


class DeletedDocuments(Dashboard):
    """What the storage knows of that the site doesn't, the latest read first."""

    index = ViewPageTemplateFile("templates/deleted.pt")
    documents_part = ViewPageTemplateFile("templates/deleted-table.pt")
    lead = _("Deleted documents that were opened or downloaded in this site.")
    capabilities = CAPABILITIES
    localized = staticmethod(local_time)
    timezone = staticmethod(timezone_name)
    address = staticmethod(address_in_site)

    def __call__(self) -> str:
        if not may_see_deleted():
            raise Unauthorized
        return super().__call__()

    def ask(self) -> list[ReadDocument]:
        """Return all of them. Raises ``StorageError``."""
        return deleted_documents()

    @cached_property
    def rows(self) -> list[ReadDocument]:
        """Those with what is searched for in title or address."""
        part = folded(self.search)
        return [each for each in self.found if part in _searched(each)]

    @cached_property
    def batch(self) -> Batch:
        total = len(self.rows)
        self.stay_within(total)
        page = self.rows[self.start : self.start + BATCH_SIZE]
        return self.batch_of(page, total)

    def title(self, row: ReadDocument) -> str:
        return row.document.title or self.address(row.document)

    def report_url(self, row: ReadDocument) -> str:
        query = urlencode({"uid": row.document.uid})
        return f"{self.here}/@@clicktracker-deleted-document?{query}"


def _searched(row: ReadDocument) -> str:
    return folded(f"{row.document.title}\n{address_in_site(row.document)}")
