"""A list for any spreadsheet, plain rows."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from slc.clicktracker import _
from slc.clicktracker.exports.local_times import LocalTimes
from slc.clicktracker.exports.row_texts import REMEMBERED
from slc.clicktracker.exports.row_texts import Remembered
from slc.clicktracker.exports.row_texts import RowTexts
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.exports.text import file_text
from slc.clicktracker.exports.text_format import ByKind
from slc.clicktracker.exports.text_format import TextFormat
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.words.numbers import decimal_sign
from types import NoneType
from zope.i18nmessageid import Message

import re


#: A spreadsheet takes a cell that begins so for a formula, also behind characters that
#: nobody sees.
_FORMULA = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+@＝＋－＠\t\r\n-]"
)

#: And where it cuts text into cells anew, whatever its separator is.
_INNER_FORMULA = re.compile(rf"(?<=[,;|\t\n])(?={_FORMULA.pattern})")

#: Without it, Excel takes UTF-8 for the code page of the computer.
_MARK = "\ufeff"


class CommaSeparated(TextFormat):
    """Values in UTF-8, all of them quoted, with a line of titles.

    They are separated by what spreadsheets expect in the language of the reader: a
    semicolon where a comma is the decimal sign.
    """

    ending = "csv"
    title = _("CSV, for any spreadsheet")
    content_type = "text/csv; charset=utf-8"

    def texts(self, table: ExportTable) -> Iterator[str]:
        sign = decimal_sign(table.words.language)
        separator = ";" if sign == "," else ","
        yield _MARK + separator.join(map(_quoted, table.titles)) + "\r\n"
        row_texts = RowTexts(table.columns, _by_kind(table.words, sign), separator)
        for rows in table.parts:
            yield "\r\n".join(row_texts.of(rows)) + "\r\n"


def _by_kind(words: Words, decimal_sign: str) -> ByKind:
    """Return how cells are written."""
    quoted = lru_cache(REMEMBERED)(_quoted)

    def in_words(cell: object) -> str:
        return quoted(words.plain(cell))

    def message(cell: Message) -> str:
        return quoted(words.translate(cell))

    yes, no = in_words(True), in_words(False)

    def fraction(cell: float) -> str:
        return '"' + str(cell).replace(".", decimal_sign) + '"'

    return ByKind(
        {
            object: in_words,
            NoneType: {None: '""'}.__getitem__,
            str: quoted,
            Message: message,
            int: Remembered('"{}"'.format).__getitem__,
            bool: lambda cell: yes if cell else no,
            Level: lambda cell: quoted(words.translate(cell.title)),
            float: fraction,
            datetime: LocalTimes(words.timezone, " ").text,
        }
    )


def _quoted(text: str) -> str:
    return '"' + plain_cell(text).replace('"', '""') + '"'


def plain_cell(text: str) -> str:
    """Return text that no spreadsheet runs as a formula."""
    text = _INNER_FORMULA.sub("'", file_text(text))
    return f"'{text}" if _FORMULA.match(text) else text
