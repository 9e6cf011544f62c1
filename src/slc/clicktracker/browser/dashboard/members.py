"""``@@clicktracker-dashboard-members``: of whom least is known, by name."""

from dataclasses import replace
from functools import cached_property
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.dashboard.dashboard import BATCH_SIZE
from slc.clicktracker.browser.dashboard.dashboard import Dashboard
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.progress import behind_of
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.progress import expected_of
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.reports.progress import Missing
from slc.clicktracker.reports.progress import missing_of
from slc.clicktracker.sites.openings import MEMBER
from slc.clicktracker.sites.openings import MEMBERS
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import MemberProgress
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.words.addresses import view_name


class MembersDashboard(Dashboard):
    """Members by how much of what they are expected to read they are not known to have
    opened; with ``member`` in the request, what that is for one of them."""

    index = ViewPageTemplateFile("templates/members.pt")
    members_part = ViewPageTemplateFile("templates/members-table.pt")
    member_part = ViewPageTemplateFile("templates/member.pt")
    capabilities = (IAudienceProgress,)

    @cached_property
    def asks_reason(self) -> bool:
        return asks_for_reason()

    def note_opening(self) -> None:
        if self.found is None:
            return
        if not self.asked:
            asked = {"reader": self.search} if self.search else {}
            self.note_names(MEMBERS, self.found.total, asked)
        elif self.member is not None:
            self.note_names(MEMBER, 1, person=self.member)

    def ask(self) -> MemberProgressPage | Missing:
        """Return a page of members, or what one of them is not known to have opened.

        Raises ``StorageError``.
        """
        if self.asked:
            return self._missing()
        page = self._page()
        if page.total and not page.rows:
            self.stay_within(page.total)
            page = self._page()
        return page

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        return expected_readers(self.documents, self.audiences)

    def _page(self) -> MemberProgressPage:
        known = _known(self.expected)
        return behind_of(known, self.search, self.start, BATCH_SIZE)

    def _missing(self) -> Missing:
        reader, his = self._member
        missing = missing_of(_known(his), reader) if reader else Missing((), 0)
        by_title = sorted(missing.documents, key=lambda each: folded(each.item.title))
        return replace(missing, documents=tuple(by_title))

    @property
    def asked(self) -> str:
        """The id of the member who is asked about, or ""."""
        return text_from(self.request.form.get("member"))

    @cached_property
    def _member(self) -> tuple:
        """Who that is, None if nobody expects that one, and what he is to read."""
        folder = text_from(self.request.form.get("folder"))
        return expected_of(self.expected, self.asked, folder)

    @property
    def member(self) -> Reader | None:
        return self._member[0]

    @property
    def unknown(self) -> int:
        """Of those that the member who is asked about is to read, else of all."""
        asked = self._member[1] if self.asked else self.expected
        return len(asked) - len(_known(asked))

    @cached_property
    def incomplete(self) -> int:
        """Of how many documents the audience may have more members than are known."""
        return sum(not each.audience.complete for each in self.expected)

    @property
    def unable(self) -> int:
        """How many readings are expected of people who can't view the document."""
        return sum(each.audience.unable for each in self.expected)

    @cached_property
    def batch(self) -> Batch:
        return self.batch_of(self.found.rows, self.found.total)

    @cached_property
    def _names_of_views(self) -> dict[str, str]:
        """What shows content of each type."""
        return {}

    def link(self, document: TrackedDocument) -> str:
        """Return where a document is shown: of one member there may be thousands."""
        kind = document.item.known("portal_type")
        if kind not in self._names_of_views:
            self._names_of_views[kind] = view_name(kind)
        url = self.request.physicalPathToURL(document.item.path)
        name = self._names_of_views[kind]
        return f"{url}/{name}" if name else url

    def missing(self, row: MemberProgress) -> int:
        return row.expected - row.opened

    def percent(self, row: MemberProgress) -> int:
        return 100 * row.opened // row.expected if row.expected else 0

    def member_url(self, reader: Reader) -> str:
        return self.url_with(member=reader.user, folder=reader.folder)


def _known(expected: tuple[Expected, ...]) -> tuple[Expected, ...]:
    """Leave out documents whose version is not known yet."""
    return tuple(each for each in expected if each.standing)
