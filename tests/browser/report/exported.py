"""What is in an exported file, read with the tools of others."""

from dataclasses import dataclass
from io import BytesIO
from openpyxl import load_workbook

import csv
import io
import json


FORMATS = ("csv", "xlsx", "json")


@dataclass
class Exported:
    """Titles, rows of what a person reads, and what it says about itself."""

    titles: list
    rows: list
    about: dict


def exported(answer):
    """Return what an answer holds, whatever its format."""
    assert answer.status_code == 200, answer.text[:500]
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    kind = answer.headers["Content-Type"].partition(";")[0]
    if kind == "text/csv":
        titles, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        return Exported(titles, rows, {})
    if kind == "application/json":
        return _of_json(json.loads(answer.content))
    return _of_sheets(load_workbook(BytesIO(answer.content)))


def _of_json(found):
    about = found["about"]
    names = [column["name"] for column in about["columns"]]
    assert found["number_of_rows"] == len(found["rows"])
    rows = [[row[name] for name in names] for row in found["rows"]]
    return Exported([column["title"] for column in about["columns"]], rows, about)


def _of_sheets(book):
    listed, about = book.worksheets
    titles, *rows = listed.iter_rows(values_only=True)
    about = dict(about.iter_rows(values_only=True))
    assert about["Number of rows"] == len(rows)
    return Exported(list(titles), [list(row) for row in rows], about)
