"""``@@clicktracker-dashboard-members``: of whom least is known, by name."""

from collections.abc import Callable
from functools import cache
from functools import cached_property
from html import escape
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.dashboard.dashboard import Dashboard
from slc.clicktracker.reports.dashboard.member_list import MemberList
from slc.clicktracker.sites.openings import MEMBER
from slc.clicktracker.sites.openings import MEMBERS
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import MemberProgress
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.words.addresses import view_name
from urllib.parse import quote


class MembersDashboard(Dashboard):
    """Members by how much of what they are expected to read they are not known to have
    opened; with ``member`` in the request, what that is for one of them."""

    index = ViewPageTemplateFile("templates/members.pt")
    members_part = ViewPageTemplateFile("templates/members-table.pt")
    member_part = ViewPageTemplateFile("templates/member.pt")
    lists = MemberList

    @cached_property
    def asks_reason(self) -> bool:
        return asks_for_reason()

    def note_opening(self) -> None:
        listed = self.listed
        if listed.found is None:
            return
        if not listed.asked:
            asked = {"reader": listed.search} if listed.search else {}
            self.note_names(MEMBERS, listed.total, asked)
        elif listed.member is not None:
            self.note_names(MEMBER, 1, person=listed.member)

    @cached_property
    def batch(self) -> Batch:
        return self.batch_of(self.listed.page)

    def missing_documents(self) -> str:
        """The documents that the member who is asked about is missing, as items of a list:
        there may be thousands."""
        return "\n".join(map(self._item, self.listed.found.documents))

    def _item(self, document: TrackedDocument) -> str:
        item = document.item
        name = self._name_of_view(item.known("portal_type"))
        url = (
            f"{self._url_of_folder(item.folder)}/{quote(item.path.rpartition('/')[2])}"
        )
        address = f"{url}/{name}" if name else url
        return (
            f'<li><a dir="auto" href="{escape(address)}">{escape(item.title)}</a></li>'
        )

    @cached_property
    def _name_of_view(self) -> Callable[[str], str]:
        """Returns what shows content of a type."""
        return cache(view_name)

    @cached_property
    def _url_of_folder(self) -> Callable[[str], str]:
        return cache(self.request.physicalPathToURL)

    def missing(self, row: MemberProgress) -> int:
        return row.expected - row.opened

    def percent(self, row: MemberProgress) -> int:
        return 100 * row.opened // row.expected if row.expected else 0

    def member_url(self, reader: Reader) -> str:
        return self.url_with(member=reader.user, folder=reader.folder)
