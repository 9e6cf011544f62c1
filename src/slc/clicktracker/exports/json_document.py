"""A list for programs, with what it is of."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from slc.clicktracker import _
from slc.clicktracker.exports.local_times import LocalTimes
from slc.clicktracker.exports.row_texts import REMEMBERED
from slc.clicktracker.exports.row_texts import Remembered
from slc.clicktracker.exports.row_texts import RowTexts
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.exports.text_format import ByKind
from slc.clicktracker.exports.text_format import TextFormat
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.columns import Column
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.tabs import Tab
from types import NoneType
from typing import Any
from zope.i18nmessageid import Message

import json


class JSONDocument(TextFormat):
    """One object: "about", then "rows", then how many there are, when all are there."""

    ending = "json"
    title = _("JSON, for programs")
    content_type = "application/json"

    def texts(self, table: ExportTable) -> Iterator[str]:
        yield '{"about": ' + _json(_about(table)) + ',\n"rows": ['
        row_texts = RowTexts(table.columns, _by_kind(table.words), ", ", _form)
        number = 0
        for rows in table.parts:
            start = ",\n{" if number else "\n{"
            yield start + "},\n{".join(row_texts.of(rows)) + "}"
            number += len(rows)
        yield f'\n],\n"number_of_rows": {number}}}\n'


def _form(column: Column) -> str:
    """Return what a cell is in a row, with ``%s`` for its value."""
    return _json(column.name).replace("%", "%%") + ": %s"


def _by_kind(words: Words) -> ByKind:
    """Return how cells are written."""
    text = lru_cache(REMEMBERED)(lambda cell: _json(words.data(cell)))

    def value(cell: Cell) -> str:
        return _json(value_of(cell, words))

    def message(cell: Message) -> str:
        told = words.data(cell)
        return "null" if told is None else text(told)

    return ByKind(
        {
            object: value,
            NoneType: {None: "null"}.__getitem__,
            str: text,
            Message: message,
            Level: lambda cell: text(cell.name),
            int: Remembered(str).__getitem__,
            bool: lambda cell: "true" if cell else "false",
            datetime: LocalTimes(words.timezone).text,
        }
    )


def _about(table: ExportTable) -> dict[str, Any]:
    translate = table.words.translate
    columns = zip(table.columns, table.titles, strict=True)
    levels = [
        {
            "name": level.name,
            "title": translate(level.title),
            "proves": translate(level.proves),
        }
        for level in table.levels
    ]
    return {
        **_facts(table, table.head),
        **({"levels": levels} if levels else {}),
        **_facts(table, table.remarks),
        "columns": [{"name": column.name, "title": t} for column, t in columns],
    }


def _facts(table: ExportTable, facts: tuple[Fact, ...]) -> dict[str, Any]:
    return {fact.name: value_of(fact.value, table.words) for fact in facts}


def value_of(cell: Cell, words: Words) -> str | int | float | bool | None:
    """Return a cell as JSON has it."""
    match cell := words.data(cell):
        case datetime():
            return cell.isoformat("T", "seconds")
        case Column() | Level() | Tab():
            return cell.name
    return cell


#: Returns a value as JSON.
_json = json.JSONEncoder(ensure_ascii=False).encode
