"""Of whom least is known, and what one of them is missing."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.dashboard.dashboard_list import DashboardList
from slc.clicktracker.reports.progress import behind_of
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.progress import expected_of
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.reports.progress import Missing
from slc.clicktracker.reports.progress import missing_of
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import MemberProgress
from slc.clicktracker.storage.progress import MemberProgressPage


class MemberList(DashboardList):
    """Members by how much of what they are expected to read they are not known to have
    opened; with ``member`` in the form, what that is for one of them."""

    permission = VIEW_READERS
    capabilities = (IAudienceProgress,)
    incapable = _(
        "The storage of this site doesn't know which documents members have not opened. "
        "The report of each document shows what it knows."
    )

    def ask(self) -> MemberProgressPage | Missing:
        """Return a page of members, or what one of them is not known to have opened.

        Raises ``StorageError``.
        """
        if self.asked:
            return self._missing()
        page = self._page(self.asked_start)
        if page.total and not page.rows:
            page = self._page(self.start_within(page.total))
        return page

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        return expected_readers(self.documents, self.audiences)

    def _page(self, start: int) -> MemberProgressPage:
        return behind_of(_known(self.expected), self.search, start, self.size)

    def _missing(self) -> Missing:
        reader, his = self._member
        missing = missing_of(_known(his), reader) if reader else Missing((), 0)
        by_title = sorted(missing.documents, key=lambda each: folded(each.item.title))
        return replace(missing, documents=tuple(by_title))

    @property
    def total(self) -> int:
        return self.found.total

    @property
    def page(self) -> Sequence[MemberProgress]:
        return self.found.rows

    @property
    def offers_search(self) -> bool:
        """Is there more than somebody sees at a look, or is somebody searched for?"""
        return self.total >= PAGE_SIZE or bool(self.search)

    @property
    def asked(self) -> str:
        """The id of the member who is asked about, or ""."""
        return text_from(self.form.get("member"))

    @cached_property
    def _member(self) -> tuple:
        """Who that is, None if nobody expects that one, and what he is to read."""
        folder = text_from(self.form.get("folder"))
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


def _known(expected: tuple[Expected, ...]) -> tuple[Expected, ...]:
    """Leave out documents whose version is not known yet."""
    return tuple(each for each in expected if each.standing)
