"""``@@who-read-this.…``: the list of the report as a file, all of it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from plone import api
from slc.clicktracker import _
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.exports.table import TooManyRows
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.columns import columns_of
from slc.clicktracker.reports.head import head_of
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.reports.problems import RECORDING_IS_OFF
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.reports.reader_rows import ReaderRows
from slc.clicktracker.reports.readers import each_reading_of
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import EXCUSED
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.words.numbers import localized_number
from tempfile import TemporaryFile
from typing import Any
from typing import BinaryIO
from zope.i18nmessageid import Message
from ZPublisher.Iterators import filestream_iterator

import os


class ReadersExport(ReaderList):
    """All rows of the list, with the filters and order that are asked for.

    They go into a temporary file first, in constant memory: a storage that fails
    midway is an error then, and never a part of a list that looks like all of it.
    """

    ending: str
    content_type: str

    def write(self, file: BinaryIO, table: ExportTable) -> None:
        """Write a table into an open file. Raises ``TooManyRows``."""
        raise NotImplementedError

    def __call__(self) -> filestream_iterator | str:
        self.refuse_what_is_hidden()
        response = self.request.response
        response.setHeader("Cache-Control", "private, no-store")
        if not is_recording():
            return self._refused(503, RECORDING_IS_OFF)
        try:
            file = self._file()
        except PROBLEMS as error:
            return self._refused(503, problem_of(error))
        except TooManyRows as error:
            return self._refused(422, _too_many(*error.args))
        response.setHeader("Content-Type", self.content_type)
        response.setHeader("Content-Length", str(len(file)))
        response.setHeader(
            "Content-Disposition", f'attachment; filename="{self._filename}"'
        )
        return file

    def _file(self) -> filestream_iterator:
        # It has no name, so nothing stays behind, whatever becomes of the process
        # or the connection.
        with TemporaryFile() as file:
            with closing(self.each_row()) as rows:
                self.write(file, self._table(rows))
            file.flush()
            file.seek(0)
            return filestream_iterator(os.dup(file.fileno()))

    def _table(self, rows: Iterator[Any]) -> ExportTable:
        return ExportTable(
            columns_of(self.tab, self.knows_evidence),
            rows,
            head_of(self),
            Words(
                api.portal.translate, self.timezone, api.portal.get_current_language()
            ),
        )

    def each_row(self) -> Iterator[Any]:
        """Yield what the list is of. Raises ``StorageError``, ``WholeFolderOnly``."""
        if self.tab in (ABSENT, EXCUSED):
            yield from self._found(self.tab, self.query).rows
            return
        lines = ReaderRows(
            self.place, self.timezone, self.audience, True, self.left_out
        )
        asked = self._standing(self.tab, self.query)
        with closing(each_reading_of(self.place, asked)) as readings:
            yield from map(lines.of, readings)

    @cached_property
    def query(self) -> ReadingQuery:
        return replace(super().query, start=0, size=None)

    def _refused(self, status: int, problem: Message) -> str:
        response = self.request.response
        response.setStatus(status)
        response.setHeader("Content-Type", "text/plain; charset=utf-8")
        return self._translate(problem)

    @property
    def _filename(self) -> str:
        today = datetime.now(self.timezone).date().isoformat()
        name = self.place.path.rpartition("/")[2]
        parts = [name, *([self.tab.name] if self.audience else [])]
        plain = "-".join([*parts, today]).encode("ascii", "ignore").decode()
        safe = "".join(c if c.isalnum() or c in "-_." else "-" for c in plain)
        return f"{safe}.{self.ending}"


def _too_many(limit: int) -> Message:
    return _(
        "A spreadsheet of this kind holds ${limit} rows, and this list has more. Choose "
        "CSV or JSON, or list fewer readers with a filter.",
        mapping={"limit": localized_number(limit)},
    )
