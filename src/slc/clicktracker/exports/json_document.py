"""A list for programs, with what it is of."""

from datetime import datetime
from io import TextIOWrapper
from slc.clicktracker import _
from slc.clicktracker.exports.file_format import FileFormat
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.columns import Column
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.tabs import Tab
from typing import Any
from typing import BinaryIO

import json


class JSONDocument(FileFormat):
    """One object: "about", then "rows", then how many there are, when all are there."""

    ending = "json"
    title = _("JSON, for programs")
    content_type = "application/json"

    def write(self, file: BinaryIO, table: ExportTable) -> None:
        text = TextIOWrapper(file, "utf-8", newline="\n")
        text.write('{"about": ' + _json(_about(table)) + ',\n"rows": [')
        names = [column.name for column in table.columns]
        number = 0
        for cells in table.cells(table.words.data):
            row = dict(zip(names, map(_value, cells), strict=True))
            text.write((",\n" if number else "\n") + _json(row))
            number += 1
        text.write(f'\n],\n"number_of_rows": {number}}}\n')
        text.detach()


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
    return {fact.name: _value(table.words.data(fact.value)) for fact in facts}


def _value(cell: Cell) -> str | int | float | bool | None:
    match cell:
        case datetime():
            return cell.isoformat("T", "seconds")
        case Column() | Level() | Tab():
            return cell.name
    return cell


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
