"""A list for any spreadsheet, plain rows."""

from datetime import datetime
from io import TextIOWrapper
from slc.clicktracker import _
from slc.clicktracker.exports.file_format import FileFormat
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.exports.text import file_text
from slc.clicktracker.exports.words import PlainCell
from slc.clicktracker.words.numbers import decimal_sign
from typing import BinaryIO

import csv
import re


#: A spreadsheet takes a cell that begins so for a formula, also behind characters that
#: nobody sees.
_FORMULA = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+@＝＋－＠\t\r\n-]"
)

#: And where it cuts text into cells anew, whatever its separator is.
_INNER_FORMULA = re.compile(rf"(?<=[,;|\t\n])(?={_FORMULA.pattern})")


class CommaSeparated(FileFormat):
    """Values in UTF-8, all of them quoted, with a line of titles.

    They are separated by what spreadsheets expect in the language of the reader: a
    semicolon where a comma is the decimal sign.
    """

    ending = "csv"
    title = _("CSV, for any spreadsheet")
    content_type = "text/csv; charset=utf-8"

    def write(self, file: BinaryIO, table: ExportTable) -> None:
        # Without the mark, Excel takes UTF-8 for the code page of the computer.
        text = TextIOWrapper(file, "utf-8-sig", newline="")
        sign = decimal_sign(table.words.language)
        separator = ";" if sign == "," else ","
        writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL)
        writer.writerow(map(plain_cell, table.titles))
        for cells in table.cells(table.words.plain):
            writer.writerow(_text(cell, sign) for cell in cells)
        text.detach()


def _text(cell: PlainCell, decimal_sign: str) -> str:
    match cell:
        case None:
            return ""
        case float():
            return str(cell).replace(".", decimal_sign)
        case datetime():
            return cell.isoformat(" ", "seconds")
        case str():
            return plain_cell(cell)
    return str(cell)


def plain_cell(text: str) -> str:
    """Return text that no spreadsheet runs as a formula."""
    text = _INNER_FORMULA.sub("'", file_text(text))
    return f"'{text}" if _FORMULA.match(text) else text
