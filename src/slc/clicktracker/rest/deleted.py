"""``@deleted-documents``: what was read and is not there any more, and by whom."""

from AccessControl import Unauthorized
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.reports.dashboard.deleted_list import DeletedList
from slc.clicktracker.reports.dashboard.deleted_list import title_of
from slc.clicktracker.reports.dashboard.sentences import AS_RECORDED
from slc.clicktracker.reports.dashboard.sentences import no_title_or_address
from slc.clicktracker.reports.dashboard.sentences import NOTHING_DELETED
from slc.clicktracker.reports.deleted import address_in_site
from slc.clicktracker.reports.deleted import CAPABILITIES
from slc.clicktracker.reports.deleted import deleted_place
from slc.clicktracker.reports.deleted import deleted_seals
from slc.clicktracker.reports.deleted import may_see_deleted
from slc.clicktracker.reports.report import DeletedReport
from slc.clicktracker.rest.below import address_below
from slc.clicktracker.rest.dashboard_service import DashboardService
from slc.clicktracker.rest.readers import GetReaders
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.words.numbers import localized_number
from typing import Any
from urllib.parse import quote
from zExceptions import NotFound


class GetDeleted(GetReaders, DashboardService):
    """Answers with a page of the documents; parameters are ``search``, ``b_start`` and
    ``b_size``. With a UID behind it, it answers as ``@readers`` about that document, with
    the id of a user behind that, about this reader."""

    def answer(self) -> dict[str, Any]:
        if not may_see_deleted():
            raise Unauthorized
        if not self.path:
            return self._documents()
        self.uid = self.path.pop(0)
        return super().answer()

    @property
    def url(self) -> str:
        return address_below(super().url, self.uid)

    @property
    def report_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-deleted-document"

    @property
    def subject(self) -> dict[str, str]:
        return {"uid": self.uid}

    @cached_property
    def report(self) -> DeletedReport:
        knows = storage_with(*CAPABILITIES) is not None
        place = deleted_place(self.uid) if knows else None
        if place is None:
            raise NotFound(self.uid)
        return DeletedReport(place, knows_evidence=True)

    lists = DeletedList

    def _says(self, listed: DeletedList) -> list[str]:
        """Return what the list means; of one without items, why it has none."""
        if listed.rows:
            return self.sentences([AS_RECORDED])
        is_empty = not listed.found
        return self.sentences(
            [NOTHING_DELETED if is_empty else no_title_or_address(listed.search)]
        )

    def _filters(self, listed: DeletedList) -> list[dict[str, str]]:
        if not listed.found:
            return []
        title = self.translated(_("Title or address"))
        return [{"name": "search", "title": title, "kind": "text"}]

    def _readers(self, row: ReadDocument) -> str:
        if row.readers:
            return localized_number(row.readers)
        return self.translated(_("anonymous visitors only"))

    def _documents(self) -> dict[str, Any]:
        listed = DeletedList(self.context, self.request.form, self.size)
        if listed.found is None:
            return self.nothing(listed.problem, listed.incapable)
        place = self.context.absolute_url()
        return {
            **self.page(listed.total, listed.start),
            **self.head(),
            "says": self._says(listed),
            "columns": self.titled(
                title=_("Document"),
                readers=_("Readers"),
                last=_("Last opened or downloaded"),
            ),
            "filters": self._filters(listed),
            "seals": f"{place}/@@clicktracker-deleted-seals"
            if deleted_seals()
            else None,
            "items": [
                {
                    "@id": address_below(super(GetDeleted, self).url, row.document.uid),
                    "uid": row.document.uid,
                    "title": self.value(title_of(row)),
                    "address": self.value(address_in_site(row.document)),
                    "readers": row.readers,
                    "readers_text": self._readers(row),
                    "screen": f"{place}/@@clicktracker-deleted-document?uid={quote(row.document.uid)}",
                    "last": self.value(row.last),
                }
                for row in listed.page
            ],
        }
