"""``@@who-read-this.…``: the list of the report as a file, all of it."""

from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from slc.clicktracker.browser.file_export import FileExport
from slc.clicktracker.browser.report.report_view import ReportView
from slc.clicktracker.browser.streamed_file import can_be_streamed
from slc.clicktracker.browser.streamed_file import streamed
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.exports.table import TooManyRows
from slc.clicktracker.reports.columns import columns_of
from slc.clicktracker.reports.head import ALL_EXPLAINED
from slc.clicktracker.reports.head import head_of
from slc.clicktracker.reports.head import NO_EVIDENCE_FACT
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.sites.openings import READERS
from ZPublisher.Iterators import IUnboundStreamIterator


class ReadersExport(FileExport, ReportView):
    """All rows of the list, with the filters and order that are asked for."""

    problems = PROBLEMS
    said_of_problem = staticmethod(problem_of)

    @cached_property
    def readers(self) -> ReaderList:
        return ReaderList.of(self.report, self.request.form, self.timezone).cut(0, None)

    def __call__(self) -> IUnboundStreamIterator | str:
        self.refuse_what_is_hidden()
        if not self.is_apart:
            # Nothing is committed of a request that outlives this one.
            if self.asks_reason:
                self.request.response.setHeader("Cache-Control", "private, no-store")
                return self.reason_page()
            self.note_opening()
        if self.is_apart or not self._is_streamed:
            return self._answer()
        return streamed(self.request)

    def note_opening(self) -> None:
        try:
            readers = self.readers.cut(0, 1)
            names, asked = readers.people, readers.narrowed_by
        except PROBLEMS:
            # Then there is no file, either.
            return
        self.note_names(READERS, names, asked, as_file=self.format.ending)

    @property
    def _is_streamed(self) -> bool:
        return self.format.is_streamed and can_be_streamed(self.request)

    def _answer(self) -> IUnboundStreamIterator | str:
        try:
            asked = self.readers.asked
        except PROBLEMS as error:
            return self._refused(503, problem_of(error))
        if asked.since.problem or asked.until.problem:
            return self._refused_days(asked.since, asked.until)
        return self.file()

    @contextmanager
    def table(self) -> Iterator[ExportTable]:
        self._refuse_too_many()
        with closing(self.readers.each_row(self.timezone)) as rows:
            yield ExportTable(
                columns_of(self.readers.tab, self.report.knows_evidence),
                rows,
                head_of(self.readers),
                self.words,
                levels=ALL_EXPLAINED,
                remarks=(NO_EVIDENCE_FACT,),
            )

    def _refuse_too_many(self) -> None:
        """Raise ``TooManyRows`` before the first one is looked for: of what is sent in part,
        nothing more can be said."""
        most = self.format.most_rows
        if most is not None and self.readers.cut(0, 1).total > most:
            raise TooManyRows(most)

    @property
    def name_parts(self) -> list[str]:
        name = self.place.path.rpartition("/")[2]
        tab = [self.readers.tab.name] if self.report.tabs else []
        return [name, *tab, datetime.now(self.timezone).date().isoformat()]
