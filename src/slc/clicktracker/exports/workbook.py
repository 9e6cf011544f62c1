"""A list for Excel and its like, and what it is of."""

from datetime import datetime
from functools import lru_cache
from itertools import chain
from slc.clicktracker import _
from slc.clicktracker.exports.file_format import FileFormat
from slc.clicktracker.exports.row_texts import REMEMBERED
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.exports.table import TooManyRows
from slc.clicktracker.exports.text import file_text
from slc.clicktracker.exports.text_format import ByKind
from slc.clicktracker.exports.words import PlainCell
from tempfile import TemporaryDirectory
from typing import BinaryIO
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet


#: Rows that a sheet holds, the one with the titles included.
MOST_ROWS = 1_048_576

#: Characters that a cell holds, counted as UTF-16 has them.
LONGEST_TEXT = 32_767


class ExcelWorkbook(FileFormat):
    """A workbook: the list, and a sheet that says what the list is of."""

    ending = "xlsx"
    title = _("Excel (XLSX)")
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, file: BinaryIO, table: ExportTable) -> None:
        # What is not zipped yet goes when the folder goes, also after an error.
        with TemporaryDirectory(prefix="clicktracker-") as folder:
            book = Workbook(file, {"constant_memory": True, "tmpdir": folder})
            book.use_zip64()
            try:
                _Sheets(book, table).write()
            except BaseException:
                for sheet in book.worksheets():
                    sheet._opt_close()
                raise
            book.close()


class _Sheets:
    """The two sheets of a workbook."""

    def __init__(self, book: Workbook, table: ExportTable) -> None:
        self._book = book
        self._table = table
        self._bold = book.add_format({"bold": True})
        self._text = lru_cache(REMEMBERED)(sheet_text)
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._time = book.add_format(
            {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left", "valign": "top"}
        )

    def write(self) -> None:
        list_, about = map(self._sheet, (self._table.title, _("About")))
        number = self._write_list(list_)
        self._write_about(about, number)

    def _sheet(self, title: str) -> Worksheet:
        return self._book.add_worksheet(self._table.words.translate(title))

    def _write_list(self, sheet: Worksheet) -> int:
        """Write the rows; return how many there are. Raises ``TooManyRows``."""
        columns, words = self._table.columns, self._table.words
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
        sheet.freeze_panes(1, 0)
        for number, title in enumerate(self._table.titles):
            self._put(sheet, 0, number, title, self._bold)
        row = 0
        rows = chain.from_iterable(self._table.parts)
        plain = ByKind({object: words.plain, bool: words.plain, int: int})
        values = [(number, column.value) for number, column in enumerate(columns)]
        for row, its in enumerate(rows, start=1):
            if row == MOST_ROWS:
                raise TooManyRows(MOST_ROWS - 1)
            for number, value in values:
                cell = value(its)
                if cell is not None:
                    self._put(sheet, row, number, plain[type(cell)](cell))
        sheet.autofilter(0, 0, row, len(columns) - 1)
        return row

    def _write_about(self, sheet: Worksheet, number_of_rows: int) -> None:
        words, translate = self._table.words, self._table.words.translate
        sheet.set_column(0, 0, 28, self._bold)
        sheet.set_column(1, 1, 90, self._wrapped)
        lines = [(fact.title, words.plain(fact.value)) for fact in self._table.head]
        lines.append((_("Number of rows"), number_of_rows))
        lines += [
            (level.title, translate(level.proves)) for level in self._table.levels
        ]
        lines += [(each.title, words.plain(each.value)) for each in self._table.remarks]
        for row, (title, cell) in enumerate(lines):
            self._put(sheet, row, 0, translate(title), self._bold)
            self._put(sheet, row, 1, cell, self._wrapped)

    def _put(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        cell: PlainCell,
        style: Format | None = None,
    ) -> None:
        match cell:
            case None | "":
                return
            case datetime():
                # A sheet knows no time zones; "About" names the one that it is.
                local = cell.replace(tzinfo=None, microsecond=0)
                sheet.write_datetime(row, column, local, self._time)
            case str():
                sheet.write_string(row, column, self._text(cell), style)
            case _:
                sheet.write_number(row, column, cell, style)


def sheet_text(text: str) -> str:
    """Return text that a cell can hold: no control characters, not too long."""
    text = file_text(text)
    if len(text) > LONGEST_TEXT // 2:
        text = _cut(text)
    # XlsxWriter takes this for its own markup, and leaves it as it is.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")[: 2 * LONGEST_TEXT]
    return units.decode("utf-16-le", "ignore")
