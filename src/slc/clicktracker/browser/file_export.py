"""Views that give a list as a file."""

from collections.abc import Generator
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import tzinfo
from plone import api
from slc.clicktracker import _
from slc.clicktracker.browser.streamed_file import StreamedFile
from slc.clicktracker.exports.file_format import FileFormat
from slc.clicktracker.exports.file_format import PART
from slc.clicktracker.exports.formats import format_of
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.exports.table import TooManyRows
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.asked import Day
from slc.clicktracker.words.numbers import localized_number
from tempfile import TemporaryFile
from typing import Any
from zope.i18nmessageid import Message
from ZPublisher.Iterators import filestream_iterator
from ZPublisher.Iterators import IUnboundStreamIterator

import os


class FileExport:
    """What a view does whose name ends as the files of a format do.

    Rows go into a temporary file first, in constant memory: a storage that fails
    midway is an error then, and never a part of a list that looks like all of it. A view
    that ``is_apart`` from its request, which it outlives, has its file sent while it is
    made: then only what fails before the first part is an error, and what fails
    later breaks off the answer.
    """

    is_apart = False

    request: Any
    timezone: tzinfo

    #: What ``table`` may raise where nothing can be said.
    problems: tuple[type[Exception], ...] = ()

    def file(self) -> IUnboundStreamIterator | str:
        """Return the file, or why there is none."""
        response = self.request.response
        response.setHeader("Cache-Control", "private, no-store")
        try:
            file = self._begun() if self.is_apart else self._written()
        except self.problems as error:
            return self._refused(503, self.said_of_problem(error))
        except TooManyRows as error:
            return self._refused(422, _too_many(*error.args))
        response.setHeader("Content-Type", self.format.content_type)
        response.setHeader(
            "Content-Disposition", f'attachment; filename="{self._filename}"'
        )
        return file

    def table(self) -> AbstractContextManager[ExportTable]:
        """Return what is written. Raises one of the ``problems``."""
        raise NotImplementedError

    def said_of_problem(self, error: Any) -> Message:
        """Return one of the ``problems`` in words."""
        raise NotImplementedError

    @property
    def name_parts(self) -> Iterable[str]:
        """What a file is called."""
        raise NotImplementedError

    @property
    def format(self) -> FileFormat:
        """The format that the name of the view ends with."""
        return format_of(self.__name__)

    @property
    def words(self) -> Words:
        """The words of a file, in the language and the time zone of the viewer."""
        language = api.portal.get_current_language()
        return Words(api.portal.translate, self.timezone, language)

    def _written(self) -> filestream_iterator:
        # It has no name, so nothing stays behind, whatever becomes of the process
        # or the connection.
        with TemporaryFile() as file:
            with self.table() as table:
                self.format.write(file, table)
            file.flush()
            file.seek(0)
            written = filestream_iterator(os.dup(file.fileno()))
        self._tell_size(len(written))
        return written

    def _begun(self) -> StreamedFile:
        parts = self._parts()
        first = next(parts, b"")
        if len(first) >= PART:
            return StreamedFile(first, parts)
        # There is no more.
        parts.close()
        self._tell_size(len(first))
        return StreamedFile(first, None)

    def _parts(self) -> Generator[bytes, None, None]:
        with self.table() as table:
            yield from self.format.parts(table)

    def _tell_size(self, size: int) -> None:
        self.request.response.setHeader("Content-Length", str(size))

    def _refused_days(self, since: Day, until: Day) -> str:
        """Say which day is none. A file of other days would look like what was asked for."""
        title, problem = (
            (_("From"), since.problem) if since.problem else (_("Until"), until.problem)
        )
        mapping = {"field": title, "complaint": problem}
        return self._refused(400, _("${field}: ${complaint}", mapping=mapping))

    def _refused(self, status: int, problem: Message) -> str:
        response = self.request.response
        response.setStatus(status)
        response.setHeader("Cache-Control", "private, no-store")
        response.setHeader("Content-Type", "text/plain; charset=utf-8")
        return api.portal.translate(problem)

    @property
    def _filename(self) -> str:
        plain = "-".join(self.name_parts).encode("ascii", "ignore").decode()
        safe = "".join(c if c.isalnum() or c in "-_." else "-" for c in plain)
        return f"{safe}.{self.format.ending}"


def _too_many(limit: int) -> Message:
    return _(
        "Excel files can have up to ${limit} rows, and this list is longer. Choose CSV or "
        "JSON, or filter the list.",
        mapping={"limit": localized_number(limit)},
    )
