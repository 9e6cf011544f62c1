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
from slc.clicktracker.browser.shorter_address import shorter_address
from slc.clicktracker.doors.page_ticket import is_file
from slc.clicktracker.reports.asked import Day
from slc.clicktracker.reports.asked import LEVELS_ASKED
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.explanation import explanation
from slc.clicktracker.reports.explanation import explanation_of_untracked
from slc.clicktracker.reports.explanation import filters_in_words
from slc.clicktracker.reports.explanation import notice_of_untracked
from slc.clicktracker.reports.explanation_of_downloads import emptiness_of_downloads
from slc.clicktracker.reports.levels import DOWNLOADED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.minor_changes import may_declare
from slc.clicktracker.reports.minor_changes import rows_that_count
from slc.clicktracker.reports.reader_list import MOST_CHARTED
from slc.clicktracker.reports.reader_list import people_in
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.reports.reader_rows import ReaderRow
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import EXCUSED
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
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


class WhoReadThis(ReaderList):
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
    _minor_changes = ViewPageTemplateFile("templates/minor-changes.pt")

    @property
    def columns(self) -> Iterator[Column]:
        yield Column("name", _("Reader"))
        if self.knows_evidence:
            yield Column("level", _("Evidence"))
            yield Column("engaged", _("Time read"), _WIDE)
        yield Column("count", _("Times opened"), _WIDE)
        if self._has_downloads:
            yield Column("last", _("Last opened or downloaded"))
        else:
            yield Column("last", _("Last opened"))
        if self.shows_pages:
            yield Column("url", _("Page"), _WIDE)

    @property
    def shows_pages(self) -> bool:
        """Can readings be of different pages?"""
        return len(self.place.uids) > 1 or not self.knows_evidence

    @cached_property
    def tracking(self) -> Tracking:
        return tracking_of(self.context)

    @property
    def tabs(self) -> list[tuple[Tab, int, str]]:
        """Each tab with the number of its entries and its address."""
        return [
            (tab, total, f"{self.report_url}?{urlencode({'tab': tab.name})}")
            for tab, total in self._figures.totals.items()
        ]

    @property
    def notices(self) -> Iterator[Message]:
        """What a reader of the report has to know to understand it."""
        if not self.tracking.tracked:
            yield notice_of_untracked(self._has_records, is_working_copy(self.context))
        if self.audience and self.place.hides_translations:
            yield _(
                "There are translations of which you may not see the readers. Who has "
                "read one of them is not missing here, but not listed either."
            )

    @property
    def _has_records(self) -> bool:
        """Was anything recorded here, as far as can be told?"""
        if self.page is None:
            return True
        totals = self._figures.totals or {READ: self.page.total}
        summary = self._figures.summary
        return bool(
            totals[READ] or totals.get(OLDER) or (summary and summary.has_evidence)
        )

    def minor_changes(self) -> str:
        """What makes earlier versions count as the current one."""
        return self._minor_changes(rows=rows_that_count(self.place))

    @property
    def minor_change_url(self) -> str | None:
        """Where the viewer can say that earlier versions count, if he may."""
        if not (self.tab is OLDER and may_declare(self.context)):
            return None
        return f"{self.context.absolute_url()}/@@clicktracker-minor-change"

    def evidence_summary(self) -> str:
        summary = self._figures.summary
        if summary is None or not (self.tracking.tracked or self._has_records):
            return ""
        return self._summary(summary=summary)

    @property
    def charts_url(self) -> str | None:
        """Where the script for the chart is, None where there is none to draw."""
        has_chart = self.page is not None and self._figures.chart
        return charts_url() if has_chart else None

    @property
    def lacks_chart(self) -> bool:
        """Does the whole list have no chart as it is of too many items?"""
        whole = self.knows_evidence and bool(self.page.total) and self._is_beginning
        return whole and self.is_too_large_for_chart

    def readings_over_time(self) -> str:
        chart = self._figures.chart
        return render_chart(chart, self.request) if chart else ""

    def depth_profile(self) -> str:
        profile = self._figures.profile
        return self._profile(profile=profile) if profile else ""

    @property
    def explanation(self) -> Message | None:
        """What the entries of the list are, and what they don't prove; None where some
        are left out, so that they aren't taken for all."""
        if self.asked.filters and self.tab is not ABSENT:
            return None
        if self.tab is ABSENT and not (self.tracking.tracked or self._has_records):
            return explanation_of_untracked()
        total = people_in(self.page) if self.audience else self.page.total
        found = self.tab, total, self.audience, self.what_counts
        return explanation(*found, self._has_downloads)

    @property
    def filtered(self) -> str:
        """What narrows the list, in words; "" for the whole list."""
        words = filters_in_words(self.asked, self._has_downloads)
        return "; ".join(map(self._translate, words))

    @property
    def says_once_for_each(self) -> bool:
        """Is a reader of two translations in the list twice?"""
        return bool(self.place.translations) and self.tab in (READ, OLDER)

    @property
    def emptiness(self) -> Message:
        """What a list without entries says, and no more than is known."""
        if self.audience is None:
            return _("Nobody is known to have opened this yet.")
        if self.tab is ABSENT and not self.audience.members:
            return _("Nobody is listed as expected to read this.")
        return (
            emptiness_of_downloads(self.tab) if self._has_downloads else self.tab.empty
        )

    def table(self) -> str:
        if self.tab is ABSENT:
            return self._absent()
        return self._excused() if self.tab is EXCUSED else self._readings()

    @cached_property
    def batch(self) -> Batch:
        total, query = self.page.total, self.query
        return batch_of(self.rows, total, query.size, query.start)

    def history_url(self, row: ReaderRow) -> str | None:
        """Where all is that is known of a reader; anonymous visitors are many."""
        if not (self.knows_evidence and row.user):
            return None
        who = {"reader": row.user, "generation": row.generation}
        folder = {"folder": row.folder} if row.folder else {}
        back = {BACK: self._state} if self._state else {}
        return self.address_of("-reader", **who, **folder, **back)

    @cached_property
    def _state(self) -> str:
        """What was asked for as the query of an address, "" for the list as it is at
        first."""
        asked = self._parameters(self.query.sort, self.query.reverse)
        if self.query.start:
            asked["b_start"] = self.query.start
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
        reverse = self.query.sort == key and not self.query.reverse
        return f"{self.report_url}?{urlencode(self._parameters(key, reverse))}"

    def aria_sort(self, key: str) -> str | None:
        if self.query.sort != key:
            return None
        return "descending" if self.query.reverse else "ascending"

    @property
    def all_url(self) -> str:
        """Where the whole list is, without a search."""
        tab = {"tab": self.tab.name} if self.audience else {}
        return f"{self.report_url}?{urlencode(self.subject | tab)}"

    @property
    def page_size(self) -> int | None:
        """How many rows of a page are asked for, None for as many as usual."""
        size = self.asked.query.size
        return None if size == PAGE_SIZE else size

    @property
    def days(self) -> tuple[DayField, ...]:
        """The fields for the time of the last opening, or download."""
        since, until = _("Last opened from"), _("Last opened until")
        if self._has_downloads:
            since = _("Last opened or downloaded from")
            until = _("Last opened or downloaded until")
        return (
            DayField("since", since, self.asked.since),
            DayField("until", until, self.asked.until),
        )

    @property
    def levels_asked(self) -> list[Level]:
        """The levels that the list can be narrowed to: only those of pages or of files
        where it is of one document, unless somebody has got to others."""
        coverage, content = self._figures.coverage, self.place.content
        possible = set(LEVELS_ASKED) - {DOWNLOADED}
        if content is not None and is_file(content):
            possible = {DOWNLOADED}
        return [
            each
            for each in LEVELS_ASKED
            if each in possible
            or each.name == self.query.level
            or (coverage and getattr(coverage, each.name))
        ]

    def export_url(self, ending: str) -> str:
        """Return the address of this list as a file, or on a page to be printed."""
        parameters = self._parameters(self.query.sort, self.query.reverse)
        return self.address_of(ending, **parameters)

    def _parameters(self, sort: str, reverse: bool) -> dict[str, Any]:
        values = {**self.subject, "sort_on": sort}
        if self.audience:
            values["tab"] = self.tab.name
        if reverse:
            values["sort_order"] = "reverse"
        values |= self.asked.filters
        if self.page_size:
            values["b_size"] = self.page_size
        return values
