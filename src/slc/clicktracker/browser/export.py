"""``@@who-read-this.csv``: the report as a file for a spreadsheet."""

from dataclasses import replace
from io import StringIO
from slc.clicktracker import _
from slc.clicktracker.browser.report import ReaderRow
from slc.clicktracker.browser.report import WhoReadThis
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
        _("Times opened"),
        _("of them from a cached or older page"),
        _("First opened"),
        _("Last opened"),
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

    @property
    def _filename(self) -> str:
        plain = self.context.getId().encode("ascii", "ignore").decode()
        return "".join(c if c.isalnum() or c in "-_." else "-" for c in plain) + ".csv"

    def _csv(self) -> str:
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(map(self._translate, self.header))
        for row in self.rows:
            writer.writerow(map(plain_cell, self._cells(row)))
        # Without the mark, Excel takes UTF-8 for the code page of the computer.
        return "\ufeff" + text.getvalue()

    def _cells(self, row: ReaderRow) -> tuple[str, ...]:
        return (
            row.name,
            row.user,
            row.note,
            row.title,
            row.href or row.url,
            str(row.count),
            str(row.cached),
            row.first.isoformat(" ", "seconds") if row.first else "",
            row.last.isoformat(" ", "seconds"),
        )


def plain_cell(text: str) -> str:
    """Return text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
