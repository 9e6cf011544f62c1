"""``@reading-dashboard-members``: of whom least is known, by name."""

from slc.clicktracker import _
from slc.clicktracker.reports.dashboard.member_list import MemberList
from slc.clicktracker.reports.dashboard.sentences import BEHIND
from slc.clicktracker.reports.dashboard.sentences import incomplete
from slc.clicktracker.reports.dashboard.sentences import missing
from slc.clicktracker.reports.dashboard.sentences import no_member
from slc.clicktracker.reports.dashboard.sentences import NO_PROOF
from slc.clicktracker.reports.dashboard.sentences import NOBODY_EXPECTED
from slc.clicktracker.reports.dashboard.sentences import share
from slc.clicktracker.reports.dashboard.sentences import unable
from slc.clicktracker.reports.dashboard.sentences import unknown
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.rest.below import address_below
from slc.clicktracker.rest.below import Below
from slc.clicktracker.rest.dashboard_service import DashboardService
from slc.clicktracker.sites.openings import MEMBER
from slc.clicktracker.sites.openings import MEMBERS
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import note_opening
from slc.clicktracker.sites.openings import REST
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.versions.file_digest import reading_little
from typing import Any
from urllib.parse import urlencode
from zExceptions import NotFound


class GetDashboardMembers(Below, DashboardService):
    """Answers with a page of the members. Parameters are those of the screen: ``search``,
    ``b_start``, ``b_size``. With the id of a user behind it, it answers with what that one
    is not known to have opened; ``folder`` is that of the account.
    """

    lists = MemberList

    def answer(self) -> dict[str, Any]:
        if asks_for_reason():
            return self.refused(403, "Forbidden", NEEDS_REASON)
        asked = {**self.request.form, "member": self.asked_for}
        listed = MemberList(self.context, asked, self.size)
        with reading_little():
            if listed.found is None:
                return self.nothing(listed.problem, listed.incapable)
            said = self._member(listed) if self.path else self._members(listed)
        return {
            **said,
            "unable": listed.unable,
            "unknown": listed.unknown,
            "incomplete": listed.incomplete,
            "notes": self.sentences(
                (
                    *incomplete(listed.incomplete),
                    *unknown(listed.unknown),
                    *unable(listed.unable),
                )
            ),
        }

    def _members(self, listed: MemberList) -> dict[str, Any]:
        filters = (("reader", listed.search),) if listed.search else ()
        self._note_opening(MEMBERS, listed.total, filters=filters)
        return {
            **self.page(listed.total, listed.start),
            **self.head(),
            "says": self._says(listed),
            "columns": self.titled(
                name=_("Member"),
                missing=_("Not known to be read"),
                share=_("Known to be read"),
            ),
            "filters": self._filters(listed),
            "items": [
                {
                    **_person(row.reader),
                    "share": self.translated(share(row.opened, row.expected)),
                    "expected": row.expected,
                    "opened": row.opened,
                    "missing": row.expected - row.opened,
                }
                for row in listed.page
            ],
        }

    def _says(self, listed: MemberList) -> list[str]:
        """Return what the list means; of one without items, why it has none."""
        if listed.total:
            return self.sentences([BEHIND])
        if listed.search:
            return self.sentences([no_member(listed.search)])
        return self.sentences([] if listed.unknown else [NOBODY_EXPECTED])

    def _filters(self, listed: MemberList) -> list[dict[str, str]]:
        if not listed.offers_search:
            return []
        title = self.translated(_("Name or user id"))
        return [{"name": "search", "title": title, "kind": "text"}]

    def _member(self, listed: MemberList) -> dict[str, Any]:
        if listed.member is None:
            raise NotFound(self.asked_for)
        self._note_opening(MEMBER, 1, person=listed.member)
        found = listed.found
        to_url = self.request.physicalPathToURL
        return {
            "@id": self._of_member(listed.member),
            **_person(listed.member),
            **self.head(),
            "expected": found.expected,
            "sentence": self.translated(missing(found.expected, len(found.documents))),
            "says": self.sentences([NO_PROOF] if found.documents else []),
            "items": [
                {"@id": to_url(each.item.path), "title": self.value(each.item.title)}
                for each in found.documents
            ],
            "items_total": len(found.documents),
        }

    def _of_member(self, reader: Reader) -> str:
        query = f"?{urlencode({'folder': reader.folder})}" if reader.folder else ""
        return f"{address_below(self.url, reader.user)}{query}"

    def _note_opening(self, what: str, people: int, **more: Any) -> None:
        path = "/".join(self.context.getPhysicalPath())
        listed = NamedList(what, document_uid(self.context), path, as_file=REST, **more)
        note_opening(listed, people, self.request)


def _person(reader: Reader) -> dict[str, Any]:
    folder = reader.folder or None
    return {"user": reader.user, "user_folder": folder, "name": reader.name}
