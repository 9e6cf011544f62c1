"""``@@who-read-this.csv``: the report as a file for a spreadsheet."""

from dataclasses import replace
from datetime import datetime
from io import StringIO
from slc.clicktracker import _
from slc.clicktracker.browser.reader_rows import ReaderRow
from slc.clicktracker.browser.report import Page
from slc.clicktracker.browser.report import WhoReadThis
from slc.clicktracker.browser.tabs import ABSENT
from slc.clicktracker.browser.tabs import EXCUSED
from slc.clicktracker.evidence.exceptions import AudienceException
from slc.clicktracker.storage.absence import Absent
from slc.clicktracker.storage.model import ReadingQuery

import csv


#: A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class ReadersAsCSV(WhoReadThis):
    """All rows of the report, with the filter and order that are asked for."""

    header = (
        _("Reader"),
        _("User id"),
        _("Note"),
        _("Document"),
        _("Address"),
        _("Evidence"),
        _("Versions behind"),
        _("Seconds read"),
        _("Percent seen"),
        _("End seen"),
        _("Printed"),
        _("Times opened"),
        _("of them from a cached or older page"),
        _("First opened"),
        _("Last opened"),
    )

    header_of_absent = (
        _("Reader"),
        _("User id"),
        _("Served, nothing reported back"),
    )
    header_of_excused = (
        _("Reader"),
        _("User id"),
        _("Reason"),
        _("Recorded by"),
        _("Recorded"),
    )

    def __call__(self) -> str:
        self.refuse_what_is_hidden()
        response = self.request.response
        response.setHeader("Cache-Control", "private, no-store")
        if self.page is None:
            response.setStatus(503)
            response.setHeader("Content-Type", "text/plain; charset=utf-8")
            return self._translate(self.problem)
        response.setHeader("Content-Type", "text/csv; charset=utf-8")
        response.setHeader(
            "Content-Disposition", f'attachment; filename="{self._filename}"'
        )
        return self._csv()

    @property
    def query(self) -> ReadingQuery:
        return replace(super().query, start=0, size=None)

    def _add_figures(self, page: Page) -> None:
        """None stand above the list in a file."""

    @property
    def _filename(self) -> str:
        plain = self.context.getId().encode("ascii", "ignore").decode()
        return "".join(c if c.isalnum() or c in "-_." else "-" for c in plain) + ".csv"

    def _csv(self) -> str:
        header, cells = {
            ABSENT: (self.header_of_absent, self._cells_of_absent),
            EXCUSED: (self.header_of_excused, self._cells_of_excused),
        }.get(self.tab, (self.header, self._cells))
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(map(self._translate, header))
        for row in self.rows:
            writer.writerow(map(plain_cell, cells(row)))
        # Without the mark, Excel takes UTF-8 for the code page of the computer.
        return "\ufeff" + text.getvalue()

    def _cells(self, row: ReaderRow) -> tuple[str, ...]:
        return (
            row.name,
            row.user,
            self._translate(row.note) if row.note else "",
            row.title,
            row.href or row.url,
            *self._evidence(row),
            str(row.count),
            str(row.cached),
            self._time_cell(row.first),
            self._time_cell(row.last),
        )

    def _cells_of_absent(self, row: Absent) -> tuple[str, ...]:
        reader = row.reader
        return reader.name or reader.user, reader.user, self._time_cell(row.served)

    def _cells_of_excused(self, row: AudienceException) -> tuple[str, ...]:
        reader = row.reader
        return (
            reader.name or reader.user,
            reader.user,
            row.reason,
            row.by.user,
            self._time_cell(row.since),
        )

    def _time_cell(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        return moment.astimezone(self.timezone).isoformat(" ", "seconds")

    def _evidence(self, row: ReaderRow) -> tuple[str, ...]:
        if not self.knows_evidence:
            return ("",) * 6
        return (
            self._translate(row.level.title),
            self._behind(row),
            str(row.engaged // 1000),
            str(row.depth),
            self._yes_or_no(row.ended),
            self._yes_or_no(row.printed),
        )

    def _behind(self, row: ReaderRow) -> str:
        """How many versions, "" where that is not known; a folder compares none."""
        is_known = self.audience and (row.version_known or not row.behind)
        return str(row.behind) if is_known else ""

    def _yes_or_no(self, fact: bool) -> str:
        return self._translate(_("yes") if fact else _("no"))


def plain_cell(text: str) -> str:
    """Return text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
