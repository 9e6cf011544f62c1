"""``@deleted-documents``: what was read and is not there any more, and by whom."""

from AccessControl import Unauthorized
from functools import cached_property
from slc.clicktracker.reports.dashboard.deleted_list import DeletedList
from slc.clicktracker.reports.dashboard.deleted_list import title_of
from slc.clicktracker.reports.deleted import address_in_site
from slc.clicktracker.reports.deleted import CAPABILITIES
from slc.clicktracker.reports.deleted import deleted_place
from slc.clicktracker.reports.deleted import may_see_deleted
from slc.clicktracker.reports.report import DeletedReport
from slc.clicktracker.rest.readers import GetReaders
from slc.clicktracker.sites.storage import storage_with
from typing import Any
from zExceptions import NotFound


class GetDeleted(GetReaders):
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
        return f"{super().url}/{self.uid}"

    @cached_property
    def report(self) -> DeletedReport:
        knows = storage_with(*CAPABILITIES) is not None
        place = deleted_place(self.uid) if knows else None
        if place is None:
            raise NotFound(self.uid)
        return DeletedReport(place, knows_evidence=True)

    def _documents(self) -> dict[str, Any]:
        listed = DeletedList(self.context, self.request.form, self.size)
        if listed.found is None:
            return self.nothing(listed.problem, listed.incapable)
        return {
            **self.page(listed.total, listed.start),
            "items": [
                {
                    "@id": f"{super(GetDeleted, self).url}/{row.document.uid}",
                    "uid": row.document.uid,
                    "title": self.value(title_of(row)),
                    "address": self.value(address_in_site(row.document)),
                    "readers": row.readers,
                    "last": self.value(row.last),
                }
                for row in listed.page
            ],
        }
