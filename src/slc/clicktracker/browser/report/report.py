"""``@@who-read-this``: the readers of content, for those who may see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.batches import batch_of
from slc.clicktracker.browser.chart import charts_url
from slc.clicktracker.browser.chart import render_chart
from slc.clicktracker.browser.report.report_view import BACK
from slc.clicktracker.browser.report.report_view import ReportView
from slc.clicktracker.browser.shorter_address import shorter_address
from slc.clicktracker.exports.formats import FORMATS
from slc.clicktracker.reports.asked import Day
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.explanation import notice_of_untracked
from slc.clicktracker.reports.minor_changes import may_declare
from slc.clicktracker.reports.minor_changes import rows_that_count
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.reports.reader_rows import ReaderRow
from slc.clicktracker.reports.report import MOST_CHARTED
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import EXCUSED
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.tracking.choice import is_working_copy
from slc.clicktracker.tracking.choice import Tracking
from slc.clicktracker.tracking.choice import tracking_of
from slc.clicktracker.words.names import name_of
from typing import Any
from urllib.parse import urlencode
from zope.i18nmessageid import Message


#: On a phone the page stands below the name, and the last time is enough.
_WIDE = "d-none d-md-table-cell"


@dataclass(frozen=True)
class Column:
    """A column of the table: what it sorts by, its title, its CSS classes."""

    key: str
    title: Message
    css: str | None = None


@dataclass(frozen=True)
class DayField:
    """A field for a day: what it is called in addresses, its title, what is in it."""

    name: str
    title: Message
    day: Day


class WhoReadThis(ReportView):
    """The report on its own page."""

    def __call__(self) -> str:
        self.refuse_what_is_hidden()
        address = shorter_address(self.request, self.report_url)
        if address:
            self.request.response.redirect(address)
            return ""
        return super().__call__()

    index = ViewPageTemplateFile("templates/who-read-this.pt")
    readers_table = ViewPageTemplateFile("templates/readers.pt")
    _page_link = ViewPageTemplateFile("templates/page-link.pt")
    _readings = ViewPageTemplateFile("templates/readings-table.pt")
    _absent = ViewPageTemplateFile("templates/absent-table.pt")
    _excused = ViewPageTemplateFile("templates/excused-table.pt")
    _summary = ViewPageTemplateFile("templates/summary.pt")
    _profile = ViewPageTemplateFile("templates/depth-profile.pt")
    exports = ViewPageTemplateFile("templates/exports.pt")
    name_with_id = staticmethod(name_of)
    most_charted = MOST_CHARTED
    formats = FORMATS
    _minor_changes = ViewPageTemplateFile("templates/minor-changes.pt")

    @cached_property
    def readers(self) -> ReaderList:
        """The list that the request asks for. Raises ``StorageError``."""
        return ReaderList.of(self.report, self.request.form, self.timezone)

    @property
    def _query(self) -> ReadingQuery:
        return self.readers.asked.query

    @cached_property
    def problem(self) -> Message | None:
        """Why nothing can be said, None where something can."""
        try:
            self.readers.ask()
        except PROBLEMS as error:
            return problem_of(error)
        return None

    @property
    def columns(self) -> Iterator[Column]:
        yield Column("name", _("Reader"))
        if self.report.knows_evidence:
            yield Column("level", _("Evidence"))
            yield Column("engaged", _("Time read"), _WIDE)
        yield Column("count", _("Times opened"), _WIDE)
        if self.readers.has_downloads:
            yield Column("last", _("Last opened or downloaded"))
        else:
            yield Column("last", _("Last opened"))
        if self.shows_pages:
            yield Column("url", _("Page"), _WIDE)

    @property
    def shows_pages(self) -> bool:
        """Can readings be of different pages?"""
        return len(self.place.uids) > 1 or not self.report.knows_evidence

    @cached_property
    def tracking(self) -> Tracking:
        return tracking_of(self.context)

    @property
    def tabs(self) -> list[tuple[Tab, int, str]]:
        """Each tab with the number of its entries and its address."""
        return [
            (tab, total, f"{self.report_url}?{urlencode({'tab': tab.name})}")
            for tab, total in self.readers.figures.totals.items()
        ]

    @property
    def notices(self) -> Iterator[Message]:
        """What a reader of the report has to know to understand it."""
        if not self.tracking.tracked:
            yield notice_of_untracked(self._has_records, is_working_copy(self.context))
        if not self.problem and self.report.tabs and self.place.hides_translations:
            yield _(
                "There are translations of which you may not see the readers. Who has "
                "read one of them is not missing here, but not listed either."
            )

    @property
    def _has_records(self) -> bool:
        """Was anything recorded here, as far as can be told?"""
        return bool(self.problem) or self.readers.has_records

    def minor_changes(self) -> str:
        """What makes earlier versions count as the current one."""
        return self._minor_changes(rows=rows_that_count(self.place))

    @property
    def minor_change_url(self) -> str | None:
        """Where the viewer can say that earlier versions count, if he may."""
        if not (self.readers.tab is OLDER and may_declare(self.context)):
            return None
        return f"{self.context.absolute_url()}/@@clicktracker-minor-change"

    def evidence_summary(self) -> str:
        summary = self.readers.figures.summary
        if summary is None or not (self.tracking.tracked or self._has_records):
            return ""
        return self._summary(summary=summary)

    @property
    def charts_url(self) -> str | None:
        """Where the script for the chart is, None where there is none to draw."""
        return None if self.problem or not self.readers.figures.chart else charts_url()

    def readings_over_time(self) -> str:
        chart = self.readers.figures.chart
        return render_chart(chart, self.request) if chart else ""

    def depth_profile(self) -> str:
        profile = self.readers.figures.profile
        return self._profile(profile=profile) if profile else ""

    @property
    def filtered(self) -> str:
        """What narrows the list, in words; "" for the whole list."""
        return "; ".join(map(self._translate, self.readers.filters))

    @property
    def says_once_for_each(self) -> bool:
        """Is a reader of two translations in the list twice?"""
        return bool(self.place.translations) and self.readers.tab in (READ, OLDER)

    def table(self) -> str:
        if self.readers.tab is ABSENT:
            return self._absent()
        return self._excused() if self.readers.tab is EXCUSED else self._readings()

    @cached_property
    def batch(self) -> Batch:
        readers = self.readers
        return batch_of(self.rows, readers.total, self._query.size, readers.start)

    @property
    def rows(self) -> list[Any]:
        return self.readers.rows(self.timezone)

    def history_url(self, row: ReaderRow) -> str | None:
        """Where all is that is known of a reader; anonymous visitors are many."""
        if not (self.report.knows_evidence and row.user):
            return None
        who = {"reader": row.user, "generation": row.generation}
        folder = {"folder": row.folder} if row.folder else {}
        back = {BACK: self._state} if self._state else {}
        return self.address_of("-reader", **who, **folder, **back)

    @cached_property
    def _state(self) -> str:
        """What was asked for as the query of an address, "" for the list as it is at
        first."""
        asked = self._parameters(self._query.sort, self._query.reverse)
        if self.readers.start:
            asked["b_start"] = self.readers.start
        usual = {**self.subject, "tab": READ.name, "sort_on": SORT_KEYS[0]}
        return urlencode(
            {name: value for name, value in asked.items() if value != usual.get(name)}
        )

    def page_link(self, row: ReaderRow) -> str:
        return self._page_link(row=row)

    @property
    def report_url(self) -> str:
        return f"{self.context.absolute_url()}/@@{self.__name__}"

    def sort_url(self, key: str) -> str:
        """Return the address of the list sorted by ``key``; again: the other way."""
        reverse = self._query.sort == key and not self._query.reverse
        return f"{self.report_url}?{urlencode(self._parameters(key, reverse))}"

    def aria_sort(self, key: str) -> str | None:
        if self._query.sort != key:
            return None
        return "descending" if self._query.reverse else "ascending"

    @property
    def all_url(self) -> str:
        """Where the whole list is, without a search."""
        tab = {"tab": self.readers.tab.name} if self.report.tabs else {}
        return f"{self.report_url}?{urlencode(self.subject | tab)}"

    @property
    def page_size(self) -> int | None:
        """How many rows of a page are asked for, None for as many as usual."""
        size = self._query.size
        return None if size == PAGE_SIZE else size

    @property
    def days(self) -> tuple[DayField, ...]:
        """The fields for the time of the last opening, or download."""
        since, until = _("Last opened from"), _("Last opened until")
        if self.readers.has_downloads:
            since = _("Last opened or downloaded from")
            until = _("Last opened or downloaded until")
        return (
            DayField("since", since, self.readers.asked.since),
            DayField("until", until, self.readers.asked.until),
        )

    def export_url(self, ending: str) -> str:
        """Return the address of this list as a file, or on a page to be printed."""
        if self.problem:
            return self.address_of(ending)
        parameters = self._parameters(self._query.sort, self._query.reverse)
        return self.address_of(ending, **parameters)

    def _parameters(self, sort: str, reverse: bool) -> dict[str, Any]:
        values = {**self.subject, "sort_on": sort}
        if self.report.tabs:
            values["tab"] = self.readers.tab.name
        if reverse:
            values["sort_order"] = "reverse"
        values |= self.readers.asked.filters
        if self.page_size:
            values["b_size"] = self.page_size
        return values
