"""``@@who-read-this.csv``: the list for any spreadsheet, plain rows."""

from datetime import datetime
from io import TextIOWrapper
from slc.clicktracker.browser.export import ReadersExport
from slc.clicktracker.browser.export_table import ExportTable
from slc.clicktracker.browser.export_words import PlainCell
from typing import BinaryIO

import csv


#: A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class ReadersAsCSV(ReadersExport):
    """Comma-separated values in UTF-8, with a line of titles."""

    ending = "csv"
    content_type = "text/csv; charset=utf-8"

    def write(self, file: BinaryIO, table: ExportTable) -> None:
        # Without the mark, Excel takes UTF-8 for the code page of the computer.
        text = TextIOWrapper(file, "utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow(map(_text, table.titles))
        for cells in table.cells(table.words.plain):
            writer.writerow(map(_text, cells))
        text.detach()


def _text(cell: PlainCell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.isoformat(" ", "seconds")
        case str():
            return plain_cell(cell)
    return str(cell)


def plain_cell(text: str) -> str:
    """Return text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
