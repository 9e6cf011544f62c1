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
from slc.clicktracker.browser.day_fields import DayField
from slc.clicktracker.browser.day_fields import render_day_fields
from slc.clicktracker.browser.level_bar import level_bar
from slc.clicktracker.browser.page_links import PageLink
from slc.clicktracker.browser.page_links import render_page_links
from slc.clicktracker.browser.report.list_addresses import ListAddresses
from slc.clicktracker.browser.report.matrix_table import MatrixTable
from slc.clicktracker.browser.report.reading_rows import ReadingRows
from slc.clicktracker.browser.report.report_view import ReportView
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.exports.formats import FORMATS
from slc.clicktracker.reports.answer import Answer
from slc.clicktracker.reports.bar_parts import Part
from slc.clicktracker.reports.explanation import OF_ONE_VERSION
from slc.clicktracker.reports.explanation import ONCE_FOR_EACH
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.levels import SERVED
from slc.clicktracker.reports.matrix import Matrix
from slc.clicktracker.reports.matrix import matrix_of
from slc.clicktracker.reports.matrix import MOST_DOCUMENTS
from slc.clicktracker.reports.matrix import MOST_ITEMS
from slc.clicktracker.reports.matrix import TooManyDocuments
from slc.clicktracker.reports.minor_changes import may_declare
from slc.clicktracker.reports.minor_changes import rows_that_count
from slc.clicktracker.reports.notices import notices_of
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.reports.reader_rows import ReaderRow
from slc.clicktracker.reports.report import MOST_CHARTED
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import EXCUSED
from slc.clicktracker.reports.tabs import MISSING
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.sites.openings import MATRIX
from slc.clicktracker.sites.openings import READERS
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.names import name_of
from typing import Any
from zope.i18nmessageid import Message


#: What asks for the list of readings of a folder, in place of its table.
LIST = "list"
_OF_LIST = frozenset(
    ("reader", "level", "since", "until", "sort_on", "sort_order", "b_size", "tab")
)

#: On a phone the page stands below the name, and the last time is enough.
_WIDE = "d-none d-md-table-cell"


@dataclass(frozen=True)
class Column:
    """A column of the table: what it sorts by, its title, its CSS classes.

    ``sorted`` is "ascending" or "descending" where the list is sorted by it.
    """

    key: str
    title: Message
    sorted: str | None
    css: str | None = None


class WhoReadThis(ReportView):
    """The report on its own page."""

    def __call__(self) -> str:
        if self.request.form.get("tab") == MISSING:
            tab = self._missing
            more = {"missing": "1"} if tab is READ and self.report.tabs else {}
            self.request.response.redirect(self.address_of(tab=tab.name, **more))
            return ""
        return "" if self.is_sent_on() else super().__call__()

    @property
    def _missing(self) -> Tab:
        """The list of those who are missing; one that says so where that isn't known."""
        try:
            return self.report.tab_of_missing
        except PROBLEMS:
            return ABSENT

    def note_opening(self, as_file: str = "") -> None:
        if self.problem:
            return
        if self.matrix:
            table = self._matrix_table
            asked = {"reader": table.search} if table.search else {}
            self.note_names(MATRIX, table.total, asked, as_file=as_file)
        else:
            asked, names = self.readers.narrowed_by, self.readers.people
            self.note_names(READERS, names, asked, as_file=as_file)

    index = ViewPageTemplateFile("templates/who-read-this.pt")
    _answer = ViewPageTemplateFile("templates/answer.pt")
    deadline_text = staticmethod(deadline_text)
    level_of = staticmethod(level_of)
    _answer_of_matrix = ViewPageTemplateFile("templates/matrix-answer.pt")
    _readers = ViewPageTemplateFile("templates/readers.pt")
    _page_link = ViewPageTemplateFile("templates/page-link.pt")
    _readings = ViewPageTemplateFile("templates/readings-table.pt")
    _evidence_cell = ViewPageTemplateFile("templates/evidence-cell.pt")
    _times_cell = ViewPageTemplateFile("templates/times-cell.pt")
    _absent = ViewPageTemplateFile("templates/absent-table.pt")
    _excused = ViewPageTemplateFile("templates/excused-table.pt")
    _summary = ViewPageTemplateFile("templates/summary.pt")
    _profile = ViewPageTemplateFile("templates/depth-profile.pt")
    exports = ViewPageTemplateFile("../export-menu.pt")
    name_with_id = staticmethod(name_of)
    most_charted = MOST_CHARTED
    once_for_each = ONCE_FOR_EACH
    of_one_version = OF_ONE_VERSION
    most_documents = MOST_DOCUMENTS

    #: Are there too many documents for a table, once ``matrix`` was asked for?
    lacks_matrix = False

    #: Is the evidence shown without a click?
    opens_evidence: bool | None = None
    is_on_paper = False
    formats = FORMATS
    is_printable = True
    _minor_changes = ViewPageTemplateFile("templates/minor-changes.pt")

    @cached_property
    def readers(self) -> ReaderList:
        """The list that the request asks for. Raises ``StorageError``."""
        return ReaderList.of(self.report, self.request.form, self.timezone)

    @cached_property
    def matrix(self) -> Matrix | None:
        """People and papers, if this is what the request asks for and there is such a
        table of the place. Raises ``StorageError``."""
        if self.asks_for_list or self.place.content is None or self.report.tabs:
            return None
        try:
            return matrix_of(self.context, len(self.place.uids))
        except TooManyDocuments:
            self.lacks_matrix = True
        return None

    @property
    def asks_for_list(self) -> bool:
        """Does the request ask for the list of readings?"""
        form = self.request.form
        return form.get("view") == LIST or not _OF_LIST.isdisjoint(form)

    @property
    def deadline(self) -> Deadline | None:
        """By when it has to be read, None where there is no deadline."""
        content = self.report.place.content
        return None if content is None else deadline_of(content)

    def answer_part(self) -> str:
        if self.problem or not self.matrix:
            return self._answer()
        return self._answer_of_matrix() + self.kinds_of_lists()

    def readers_table(self) -> str:
        """The lists, or the table in their place."""
        if self.problem or not self.matrix:
            return self._readers()
        return self._matrix_table.of(self.matrix)

    @cached_property
    def _matrix_table(self) -> MatrixTable:
        table = MatrixTable(self.context, self.request)
        table.__name__ = self.__name__
        # How many people are in it is asked before it is shown.
        table.matrix = self.matrix
        return table

    def kinds_of_lists(self) -> str:
        """Links between the table of people and papers and the list of readings."""
        if self.problem or self.report.tabs or self.place.content is None:
            return ""
        if len(self.place.uids) > MOST_ITEMS:
            return ""
        matrix = PageLink(_("People and papers"), self.url, not self.asks_for_list)
        listed = PageLink(
            _("All readings"), f"{self.url}?view={LIST}", self.asks_for_list
        )
        return render_page_links(
            [matrix, listed], _("Views of this report"), self.request
        )

    @property
    def dashboard_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-dashboard"

    @cached_property
    def problem(self) -> Message | None:
        """Why nothing can be said, None where something can."""
        try:
            if not self.matrix:
                self.readers.ask()
        except PROBLEMS as error:
            return problem_of(error)
        return None

    @property
    def columns(self) -> Iterator[Column]:
        yield self._column("name", _("Reader"))
        if self.report.knows_evidence:
            yield self._column("level", _("Evidence"))
            yield self._column("engaged", _("Time read"), _WIDE)
        yield self._column("count", _("Times opened"), _WIDE)
        if self.readers.has_downloads:
            yield self._column("last", _("Last opened or downloaded"))
        else:
            yield self._column("last", _("Last opened"))
        if self.shows_pages:
            yield self._column("url", _("Page"), _WIDE)

    def _column(self, key: str, title: Message, css: str | None = None) -> Column:
        query = self.readers.asked.query
        order = "descending" if query.reverse else "ascending"
        return Column(key, title, order if query.sort == key else None, css)

    @property
    def shows_pages(self) -> bool:
        """Can readings be of different pages?"""
        return len(self.place.uids) > 1 or not self.report.knows_evidence

    @property
    def tabs(self) -> list[tuple[Tab, int, str]]:
        """Each tab with the number of its entries and its address."""
        return [
            (tab, total, self.addresses.of_tab(tab))
            for tab, total in self.readers.figures.totals.items()
        ]

    @property
    def notices(self) -> Iterator[Message]:
        """What a reader of the report has to know to understand it."""
        report = None if self.problem else self.report
        return notices_of(self.context, report, self.has_records)

    @property
    def has_records(self) -> bool:
        """Was anything recorded here, as far as can be told?"""
        return bool(self.problem or self.matrix) or self.readers.has_records

    def minor_changes(self) -> str:
        """What makes earlier versions count as the current one."""
        return self._minor_changes(rows=rows_that_count(self.place))

    @property
    def minor_change_url(self) -> str | None:
        """Where the viewer can say that earlier versions count, if he may."""
        if not (self.readers.tab is OLDER and may_declare(self.context)):
            return None
        return f"{self.context.absolute_url()}/@@clicktracker-minor-change"

    @property
    def answer(self) -> Answer | None:
        """How far those are who are expected, None where that isn't known or asked."""
        return self.readers.figures.answer if self._has_something_to_say else None

    @property
    def _has_something_to_say(self) -> bool:
        return self.report.is_tracked or self.has_records

    def answer_bar(self) -> str:
        """The answer for the eye; its parts lead to the lists of those people."""
        answer = self.answer
        return level_bar(
            answer.parts, answer.expected, self.translated, self.part_address
        )

    def part_address(self, part: Part) -> str:
        return f"{self.addresses.of_part(part)}#readers"

    @property
    def short_address(self) -> str:
        """Where those are who have read it, but not as far as is asked for."""
        return f"{self.addresses.of_missing(READ)}#readers"

    def evidence_summary(self) -> str:
        summary = self.readers.figures.summary
        if summary is None or not self._has_something_to_say:
            return ""
        return self._summary(summary=summary)

    @property
    def charts_url(self) -> str | None:
        """Where the script for the chart is, None where there is none to draw."""
        if self.problem or self.matrix or not self.readers.figures.chart:
            return None
        return charts_url()

    def readings_over_time(self) -> str:
        chart = self.readers.figures.chart
        return render_chart(chart, self.request) if chart else ""

    def bar_colour(self, level: Level) -> str:
        """Return one that can be told from an empty bar."""
        return "secondary" if level is SERVED else level.colour

    def depth_profile(self) -> str:
        profile = self.readers.figures.profile
        return self._profile(profile=profile) if profile else ""

    @property
    def filtered(self) -> str:
        """What narrows the list, in words; "" for the whole list."""
        return "; ".join(map(self._translate, self.readers.filters))

    def table(self) -> str:
        if self.readers.tab is ABSENT:
            return self._absent()
        return self._excused() if self.readers.tab is EXCUSED else self._readings()

    @cached_property
    def batch(self) -> Batch:
        readers = self.readers
        return batch_of(self.rows, readers.total, readers.size, readers.start)

    def reading_rows(self) -> str:
        """The body of the table."""
        cells = (
            lambda row: self._evidence_cell(row=row),
            lambda row: self._times_cell(row=row),
        )
        rows = ReadingRows(
            self, *cells, self.reader_address, self.shows_pages, self.is_on_paper
        )
        return "".join(map(rows.html, self.batch))

    def reader_address(self, row: ReaderRow) -> str | None:
        """Return where all is that is known of a reader, None where that is nowhere."""
        return self.addresses.of_reader(row)

    @property
    def rows(self) -> list[Any]:
        return self.readers.rows(self.timezone)

    def page_link(self, row: ReaderRow) -> str:
        return self._page_link(row=row)

    @cached_property
    def addresses(self) -> ListAddresses:
        """Where the list leads."""
        report_url = f"{self.context.absolute_url()}/@@{self.view_name}"
        return ListAddresses(self.readers, self.url, report_url, self.subject)

    @property
    def opens_filters(self) -> bool | None:
        """Does more than a search narrow the list, or was something not understood?"""
        asked = self.readers.asked
        days = (asked.since, asked.until)
        given = asked.only or any(day.text for day in days)
        return True if given else None

    @property
    def _days(self) -> tuple[DayField, ...]:
        """The fields for the time of the last opening, or download."""
        since, until = self.readers.day_titles
        return (
            DayField("since", since, self.readers.asked.since),
            DayField("until", until, self.readers.asked.until),
        )

    def day_fields(self) -> str:
        return render_day_fields(self._days, self.request)

    def export_url(self, ending: str) -> str:
        """Return the address of this list as a file, or on a page to be printed."""
        try:
            return self.addresses.file(ending)
        except PROBLEMS:
            # Not even the kind of the report is known.
            return self.address_of(ending)
