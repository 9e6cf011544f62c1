"""People and papers as a table: the first view of the report of a folder."""

from collections.abc import Iterator
from functools import cached_property
from html import escape
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.batches import batch_of
from slc.clicktracker.browser.report.report_view import ReportView
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.matrix import Column
from slc.clicktracker.reports.matrix import Matrix
from slc.clicktracker.reports.matrix import MatrixRow
from slc.clicktracker.reports.matrix import State
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from urllib.parse import urlencode
from zope.i18nmessageid import Message


#: People on one page, as many as fit on a sheet of paper.
PAGE_SIZE = 40

#: More columns than these need a sheet of paper that lies.
_MOST_UPRIGHT = 10

#: A mark for the eye, and what it says; colours are Bootstrap's.
_MARKS = {
    State.READ: ("✓", _("Read"), "text-success fw-bold"),
    State.SHORT: (
        "(✓)",
        _("Read, but not as far as is asked for"),
        "text-body",
    ),
    State.OLDER: (_("Older"), _("Older version"), "text-body small"),
    State.MISSING: ("–", _("not yet"), "text-danger"),
    State.NOT_EXPECTED: ("", _("not expected"), ""),
    State.UNKNOWN: ("?", _("The version is not known yet."), "text-body-secondary"),
}


_OVERDUE = _("Overdue")


class MatrixTable(ReportView):
    """The part of a page. It has ``size`` people at most."""

    _template = ViewPageTemplateFile("templates/matrix.pt")

    @property
    def legends(self) -> Iterator[Message]:
        """What the marks say."""
        if self.matrix.asks_for_more:
            yield _(
                "✓: the current version was read, as far as its deadline asks for. (✓): not "
                "as far as that."
            )
        else:
            yield _(
                "✓: the current version was opened or downloaded, or is acknowledged or "
                "attested to have been read."
            )
        yield _(
            "Older: only an older version. –: not yet, as far as is known. Empty: not "
            "expected."
        )
        if self.matrix.can_be_overdue:
            yield _("!: overdue.")

    size = PAGE_SIZE
    is_printed = False

    def of(self, matrix: Matrix) -> str:
        """Return the HTML of the table."""
        self.matrix = matrix
        return self._template()

    @cached_property
    def search(self) -> str:
        text = text_from(self.request.form.get("person"))
        return storable(text, LIMITS["name"]).strip()

    @cached_property
    def batch(self) -> Batch:
        """A page of people, or the last one."""
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        page, rows = self.matrix.page_of(self.search, start, self.size)
        if page.total and not rows:
            start = last_start(page.total, self.size)
            page, rows = self.matrix.page_of(self.search, start, self.size)
        return batch_of(rows, page.total, self.size, start)

    @property
    def total(self) -> int:
        return self.batch.sequence_length

    @property
    def columns(self) -> list[Column]:
        return self.matrix.columns

    @property
    def table_css(self) -> str:
        css = "table table-striped table-sm align-middle clicktracker-matrix"
        return f"{css} clicktracker-wide" if len(self.columns) > _MOST_UPRIGHT else css

    @property
    def print_url(self) -> str:
        """Where the table is to be printed."""
        return self.address_of("-print")

    def column_url(self, column: Column) -> str:
        return f"{column.document.brain.getURL()}/@@{self.view_name}"

    def reader_url(self, reader: Reader) -> str:
        """Return where it is listed what somebody has not read here."""
        query = urlencode({"member": reader.user, "folder": reader.folder})
        here = self.context.absolute_url()
        return f"{here}/@@clicktracker-dashboard-members?{query}"

    def cells(self, row: MatrixRow) -> str:
        its = zip(row.states, row.overdue, strict=True)
        return "".join(self._cells[each] for each in its)

    @cached_property
    def _cells(self) -> dict[tuple[State, bool], str]:
        """Each cell that there can be."""
        return {
            (state, is_overdue): self._cell(*mark, is_overdue)
            for state, mark in _MARKS.items()
            for is_overdue in (False, True)
        }

    def _mark(self, mark: str) -> str:
        return self.translated(mark) if isinstance(mark, Message) else mark

    def _cell(self, mark: str, said: Message, css: str, is_overdue: bool) -> str:
        told, shown = escape(self.translated(said)), escape(self._mark(mark))
        if is_overdue:
            told = f"{told}, {escape(self.translated(_OVERDUE))}"
            shown = f'{shown} <b class="text-danger">!</b>'
        return (
            f'<td class="text-center px-1 {css}" title="{told}">'
            f'<span aria-hidden="true">{shown}</span>'
            f'<span class="visually-hidden">{told}</span></td>'
        )
