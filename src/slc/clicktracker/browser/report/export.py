"""``@@who-read-this.…``: the list of the report as a file, all of it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from functools import cached_property
from plone import api
from slc.clicktracker import _
from slc.clicktracker.browser.report.report_view import ReportView
from slc.clicktracker.exports.file_format import FileFormat
from slc.clicktracker.exports.formats import format_of
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.exports.table import TooManyRows
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.columns import columns_of
from slc.clicktracker.reports.head import head_of
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.words.numbers import localized_number
from tempfile import TemporaryFile
from typing import Any
from zope.i18nmessageid import Message
from ZPublisher.Iterators import filestream_iterator

import os


class ReadersExport(ReportView):
    """All rows of the list, with the filters and order that are asked for.

    They go into a temporary file first, in constant memory: a storage that fails
    midway is an error then, and never a part of a list that looks like all of it.
    """

    @cached_property
    def readers(self) -> ReaderList:
        return ReaderList.of(self.report, self.request.form, self.timezone).cut(0, None)

    @property
    def format(self) -> FileFormat:
        """The format that the name of the view ends with."""
        return format_of(self.__name__)

    def __call__(self) -> filestream_iterator | str:
        self.refuse_what_is_hidden()
        response = self.request.response
        response.setHeader("Cache-Control", "private, no-store")
        try:
            file = self._file()
        except PROBLEMS as error:
            return self._refused(503, problem_of(error))
        except TooManyRows as error:
            return self._refused(422, _too_many(*error.args))
        response.setHeader("Content-Type", self.format.content_type)
        response.setHeader("Content-Length", str(len(file)))
        response.setHeader(
            "Content-Disposition", f'attachment; filename="{self._filename}"'
        )
        return file

    def _file(self) -> filestream_iterator:
        # It has no name, so nothing stays behind, whatever becomes of the process
        # or the connection.
        with TemporaryFile() as file:
            with closing(self.readers.each_row(self.timezone)) as rows:
                self.format.write(file, self._table(rows))
            file.flush()
            file.seek(0)
            return filestream_iterator(os.dup(file.fileno()))

    def _table(self, rows: Iterator[Any]) -> ExportTable:
        return ExportTable(
            columns_of(self.readers.tab, self.report.knows_evidence),
            rows,
            head_of(self.readers),
            Words(
                api.portal.translate, self.timezone, api.portal.get_current_language()
            ),
        )

    def _refused(self, status: int, problem: Message) -> str:
        response = self.request.response
        response.setStatus(status)
        response.setHeader("Content-Type", "text/plain; charset=utf-8")
        return self._translate(problem)

    @property
    def _filename(self) -> str:
        today = datetime.now(self.timezone).date().isoformat()
        name = self.place.path.rpartition("/")[2]
        parts = [name, *([self.readers.tab.name] if self.report.tabs else [])]
        plain = "-".join([*parts, today]).encode("ascii", "ignore").decode()
        safe = "".join(c if c.isalnum() or c in "-_." else "-" for c in plain)
        return f"{safe}.{self.format.ending}"


def _too_many(limit: int) -> Message:
    return _(
        "A spreadsheet of this kind holds ${limit} rows, and this list has more. Choose "
        "CSV or JSON, or list fewer readers with a filter.",
        mapping={"limit": localized_number(limit)},
    )
