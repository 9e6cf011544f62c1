"""A list for Excel and its like, and what it is of."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from html import escape
from io import BytesIO
from itertools import count
from slc.clicktracker import _
from slc.clicktracker.exports.file_format import FileFormat
from slc.clicktracker.exports.file_format import PART
from slc.clicktracker.exports.row_texts import REMEMBERED
from slc.clicktracker.exports.row_texts import Remembered
from slc.clicktracker.exports.row_texts import RowTexts
from slc.clicktracker.exports.sheet_times import SheetTimes
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.exports.table import TooManyRows
from slc.clicktracker.exports.text import file_text
from slc.clicktracker.exports.text_format import ByKind
from slc.clicktracker.exports.words import PlainCell
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.columns import Cell
from types import NoneType
from typing import BinaryIO
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet
from zipfile import ZIP_DEFLATED
from zipfile import ZipFile
from zope.i18nmessageid import Message

import re


#: Rows of the list, and the one with the titles. A sheet could hold twice as many. But before
#: it is packed it has to stay below 2 GiB: Excel can't read archives that are made for more
#: and sent while they are made. A row takes 1 KB, and with long titles up to four.
MOST_ROWS = 500_001

#: Characters that a cell holds, counted as UTF-16 has them.
LONGEST_TEXT = 32_767

_LIST = "xl/worksheets/sheet1.xml"

#: What programs tell a workbook from other archives by, if it comes first.
_TYPES = "[Content_Types].xml"

#: It costs a third of the time of the usual one, and a tenth more bytes.
_COMPRESSION = 2

#: What stands for the number of a row until it is known; no text has it.
_NUMBER = "\0"

#: What a sheet would take for a character by its code.
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

#: A cell without anything in it.
_EMPTY = "/>"


class ExcelWorkbook(FileFormat):
    """A workbook: the list, and a sheet that says what the list is of.

    XlsxWriter makes it, without the rows of the list: it takes a step for each cell, of
    which there may be millions. They are put in while the file is packed.
    """

    ending = "xlsx"
    title = _("Excel (XLSX)")
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    is_streamed = True

    @property
    def most_rows(self) -> int:
        return MOST_ROWS - 1

    def write(self, file: BinaryIO, table: ExportTable) -> None:
        file.writelines(self.parts(table))

    def parts(self, table: ExportTable) -> Iterator[bytes]:
        sent = _Sent()
        empty = _members(table, 0)
        rows = _Rows(table, _style_of_times(empty[_LIST]))
        with ZipFile(sent, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as packed:
            packed.writestr(_TYPES, empty[_TYPES])
            with packed.open(_LIST, "w") as sheet:
                sheet.write(_without_extent(_around_rows(empty[_LIST])[0]))
                for some in rows.texts():
                    sheet.write(some.encode())
                    if sent.size >= PART:
                        yield sent.taken()
                members = _members(table, rows.number)
                sheet.write(_around_rows(members[_LIST])[1])
            for name in members.keys() - {_TYPES, _LIST}:
                packed.writestr(name, members[name])
        yield sent.taken()


class _Sent:
    """A file that can only be written to, of which is taken what is in it until then."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """There is nothing to wait for."""

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        parts, self._parts, self.size = self._parts, [], 0
        return b"".join(parts)


class _Rows:
    """The rows of a list as XML; ``number`` is how many there were until now."""

    def __init__(self, table: ExportTable, style_of_times: str) -> None:
        self._parts = table.parts
        names = map(xl_col_to_name, count())
        self._texts = RowTexts(
            table.columns,
            _by_kind(table.words, style_of_times),
            "",
            lambda _column: f'<c r="{next(names)}{_NUMBER}"%s',
        )
        self.number = 0

    def texts(self) -> Iterator[str]:
        """Yield some rows at once. Raises ``TooManyRows``."""
        for rows in self._parts:
            if self.number + len(rows) >= MOST_ROWS:
                raise TooManyRows(MOST_ROWS - 1)
            # The first one has the titles.
            first = self.number + 2
            yield "".join(
                f'<row r="{_NUMBER}">{text}</row>'.replace(_NUMBER, str(number))
                for number, text in enumerate(self._texts.of(rows), first)
            )
            self.number += len(rows)


def _by_kind(words: Words, style_of_times: str) -> ByKind:
    """Return how cells are written, after the place that they are at."""
    text = lru_cache(REMEMBERED)(_text)

    def in_words(cell: Cell) -> str:
        plain = words.plain(cell)
        return text(plain) if isinstance(plain, str) else _number(plain)

    yes, no = in_words(True), in_words(False)
    return ByKind(
        {
            object: in_words,
            NoneType: {None: _EMPTY}.__getitem__,
            str: lambda cell: text(words.data(cell)),
            Message: in_words,
            int: Remembered(_number).__getitem__,
            bool: lambda cell: yes if cell else no,
            float: _number,
            datetime: SheetTimes(
                words.timezone, f' s="{style_of_times}"><v>', _END
            ).text,
        }
    )


_END = "</v></c>"


def _number(number: float | None) -> str:
    return _EMPTY if number is None else f"><v>{number}{_END}"


def _text(text: str) -> str:
    if not text:
        return _EMPTY
    said = escape(_CODE.sub("_x005F_", sheet_text(text)), quote=False)
    space = ' xml:space="preserve"' if said != said.strip() or "\n" in said else ""
    return f' t="inlineStr"><is><t{space}>{said}</t></is></c>'


def _members(table: ExportTable, number_of_rows: int) -> dict[str, bytes]:
    """Return what is in the workbook, by name: of the list its titles, and a row with a
    time, in place of those that there are."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    _Sheets(book, table).write(number_of_rows)
    book.close()
    with ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _around_rows(sheet: bytes) -> tuple[bytes, bytes]:
    """Return what is before the rows that are to be put in, and what is behind them."""
    before, begins, rest = sheet.partition(b'<row r="2"')
    _row, ends, behind = rest.partition(b"</sheetData>")
    if not (begins and ends):
        raise ValueError(sheet[:1000])
    return before, ends + behind


def _style_of_times(sheet: bytes) -> str:
    return re.search(rb'<c r="A2" s="(\d+)"', sheet)[1].decode()


def _without_extent(before: bytes) -> bytes:
    """Leave out how far the sheet reaches, which isn't known yet."""
    return re.sub(rb"<dimension [^>]*>", b"", before)


class _Sheets:
    """The two sheets of a workbook."""

    def __init__(self, book: Workbook, table: ExportTable) -> None:
        self._book = book
        self._table = table
        self._bold = book.add_format({"bold": True})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._time = book.add_format(
            {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left", "valign": "top"}
        )

    def write(self, number_of_rows: int) -> None:
        list_, about = map(self._sheet, (self._table.title, _("About")))
        self._write_list(list_, number_of_rows)
        self._write_about(about, number_of_rows)

    def _sheet(self, title: str) -> Worksheet:
        return self._book.add_worksheet(self._table.words.translate(title))

    def _write_list(self, sheet: Worksheet, number_of_rows: int) -> None:
        columns = self._table.columns
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
        sheet.freeze_panes(1, 0)
        for number, title in enumerate(self._table.titles):
            self._put(sheet, 0, number, title, self._bold)
        self._put(sheet, 1, 0, datetime(2026, 1, 1))
        sheet.autofilter(0, 0, number_of_rows, len(columns) - 1)

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
                sheet.write_string(row, column, sheet_text(cell), style)
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
