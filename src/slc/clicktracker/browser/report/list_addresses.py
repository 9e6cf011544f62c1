"""Where a list leads: to itself in another order, to a file of it, to its readers."""

from functools import cached_property
from slc.clicktracker.browser.report.report_view import BACK
from slc.clicktracker.reports.bar_parts import Part
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.reports.reader_rows import ReaderRow
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.storage.model import SORT_KEYS
from typing import Any
from urllib.parse import urlencode


class ListAddresses:
    """The addresses of a list that is shown at ``here``.

    ``subject`` says in a request whose readers are asked for, besides its path;
    ``report_url`` is where the report is that files and single readers belong to.
    """

    def __init__(
        self, readers: ReaderList, here: str, report_url: str, subject: dict[str, str]
    ) -> None:
        self._readers = readers
        self._query = readers.asked.query
        self._here = here
        self._report_url = report_url
        self._subject = subject

    @property
    def whole(self) -> str:
        """Where the whole list is, without a search."""
        return self.of_tab(self._readers.tab)

    def of_tab(self, tab: Tab) -> str:
        """Return the address of another list of the report."""
        which = {"tab": tab.name} if self._readers.report.tabs else {"view": "list"}
        return f"{self._here}?{urlencode(self._subject | which)}"

    def of_part(self, part: Part) -> str:
        """Return the address of the list that has the people of a part of a bar."""
        address = self.of_tab(part.tab)
        return (
            f"{address}&{urlencode({'level': part.level})}" if part.level else address
        )

    def of_missing(self, tab: Tab) -> str:
        """Return the address of the same list with those alone who are missing."""
        return f"{self.of_tab(tab)}&{urlencode({'missing': '1'})}"

    def sorted_by(self, key: str) -> str:
        """Return the address of the list sorted by ``key``; again: the other way."""
        reverse = self._query.sort == key and not self._query.reverse
        return f"{self._here}?{urlencode(self._parameters(key, reverse))}"

    def file(self, ending: str) -> str:
        """Return the address of this list as a file, or on a page to be printed."""
        asked = self._parameters(self._query.sort, self._query.reverse)
        return f"{self._report_url}{ending}?{urlencode(asked)}"

    def of_reader(self, row: ReaderRow) -> str | None:
        """Where all is that is known of a reader; anonymous visitors are many."""
        if not (self._readers.report.knows_evidence and row.user):
            return None
        who = {"reader": row.user, "generation": row.generation}
        folder = {"folder": row.folder} if row.folder else {}
        back = {BACK: self._state} if self._state else {}
        asked = {**self._subject, **who, **folder, **back}
        return f"{self._report_url}-reader?{urlencode(asked)}"

    @cached_property
    def _state(self) -> str:
        """What was asked for as the query of an address, "" for the list as it is at
        first; the same for each row."""
        asked = self._parameters(self._query.sort, self._query.reverse)
        if self._readers.start:
            asked["b_start"] = self._readers.start
        if not self._readers.report.tabs:
            # Else the report of a folder is the table of people and papers.
            asked["view"] = "list"
        usual = {**self._subject, "tab": READ.name, "sort_on": SORT_KEYS[0]}
        return urlencode(
            {name: value for name, value in asked.items() if value != usual.get(name)}
        )

    def _parameters(self, sort: str, reverse: bool) -> dict[str, Any]:
        asked = self._readers.asked
        values = {**self._subject, "sort_on": sort}
        if self._readers.report.tabs:
            values["tab"] = self._readers.tab.name
        if reverse:
            values["sort_order"] = "reverse"
        values |= asked.filters
        if asked.page_size:
            values["b_size"] = asked.page_size
        return values
