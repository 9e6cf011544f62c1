"""``@@clicktracker-deleted-document``: who has read a document that is deleted."""

from AccessControl import Unauthorized
from collections.abc import Iterator
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.report.export import ReadersExport
from slc.clicktracker.browser.report.printable import PrintableReport
from slc.clicktracker.browser.report.reader_history import ReaderHistoryView
from slc.clicktracker.browser.report.report import WhoReadThis
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.deleted import CAPABILITIES
from slc.clicktracker.reports.deleted import deleted_place
from slc.clicktracker.reports.deleted import may_see_deleted
from slc.clicktracker.reports.notices import OF_DELETED
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.report import DeletedReport
from slc.clicktracker.seals.chain import seals_of
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.tracking.allowed import allowed
from typing import Any
from urllib.parse import urlencode
from zope.i18nmessageid import Message


class OfDeletedDocument:
    """What makes of a view about readers one of a deleted document: the one with the
    ``uid`` in the request.

    Of a document that is in the site it says the same as of one that never was. Who may
    see the readers of that has its own report.
    """

    view_name = "clicktracker-deleted-document"
    nothing = ViewPageTemplateFile("templates/deleted-nothing.pt")

    def __call__(self) -> Any:
        if not may_see_deleted():
            raise Unauthorized
        try:
            knows = storage_with(*CAPABILITIES) is not None
            place = deleted_place(self.uid) if knows else None
        except StorageError as error:
            return self._refused(503, problem_of(error))
        if place is None:
            return self._refused(404)
        self.place = place
        self.report = DeletedReport(place, knows_evidence=True)
        return super().__call__()

    def _refused(self, status: int, problem: Message | None = None) -> str:
        self.request.response.setStatus(status)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.nothing(problem=problem)

    @property
    def uid(self) -> str:
        return text_from(self.request.form.get("uid"))

    @property
    def subject(self) -> dict[str, str]:
        return {"uid": self.place.uid}

    @property
    def notices(self) -> Iterator[Message]:
        yield OF_DELETED

    @property
    def all_deleted_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-deleted"

    @property
    def seals_url(self) -> str | None:
        """Where its sealed reports are, None where there are none."""
        if not seals_of(self.place.uid):
            return None
        query = urlencode(self.subject)
        return f"{self.context.absolute_url()}/@@clicktracker-deleted-seals?{query}"

    @property
    def live_report_url(self) -> str | None:
        """Where the readers are of a document that is in the site, if the viewer may see
        them there."""
        catalog = api.portal.get_tool("portal_catalog")
        brains = catalog.searchResults(UID=self.uid, show_inactive=True)
        for each in allowed(brains, VIEW_READERS) if self.uid else ():
            return f"{each.content.absolute_url()}/@@who-read-this"
        return None


class DeletedDocumentReport(OfDeletedDocument, WhoReadThis):
    """The list of its readers, one without tabs."""

    index = ViewPageTemplateFile("templates/deleted-document.pt")


class DeletedDocumentReader(OfDeletedDocument, ReaderHistoryView):
    """The screen behind each name."""


class DeletedDocumentPrintable(OfDeletedDocument, PrintableReport):
    """The list to be printed."""


class DeletedDocumentExport(OfDeletedDocument, ReadersExport):
    """The list as a file."""
