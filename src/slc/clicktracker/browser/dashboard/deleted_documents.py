"""``@@clicktracker-deleted``: documents that were read and are not there any more."""

from AccessControl import Unauthorized
from functools import cached_property
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.dashboard.dashboard import Dashboard
from slc.clicktracker.reports.dashboard.deleted_list import DeletedList
from slc.clicktracker.reports.dashboard.deleted_list import title_of
from slc.clicktracker.reports.deleted import address_in_site
from slc.clicktracker.reports.deleted import deleted_seals
from slc.clicktracker.reports.deleted import may_see_deleted
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from urllib.parse import urlencode


class DeletedDocuments(Dashboard):
    """What the storage knows of that the site doesn't, the latest read first."""

    index = ViewPageTemplateFile("templates/deleted.pt")
    documents_part = ViewPageTemplateFile("templates/deleted-table.pt")
    lists = DeletedList
    localized = staticmethod(local_time)
    timezone = staticmethod(timezone_name)
    address = staticmethod(address_in_site)
    title = staticmethod(title_of)

    def __call__(self) -> str:
        if not may_see_deleted():
            raise Unauthorized
        return super().__call__()

    @property
    def has_seals(self) -> bool:
        """Are there sealed reports of deleted documents?"""
        return bool(deleted_seals())

    @cached_property
    def batch(self) -> Batch:
        return self.batch_of(self.listed.page)

    def report_url(self, row: ReadDocument) -> str:
        query = urlencode({"uid": row.document.uid})
        return f"{self.here}/@@clicktracker-deleted-document?{query}"
