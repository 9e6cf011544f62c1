"""``@@clicktracker-visitors-report.…``: a list of the report as a file, all of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from slc.clicktracker.browser.file_export import FileExport
from slc.clicktracker.browser.visitors.report import VisitorsReport
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.reports.statistics.columns import columns_of
from slc.clicktracker.reports.statistics.head import head_of
from slc.clicktracker.reports.statistics.remarks import remarks_on
from slc.clicktracker.reports.statistics.rows import rows_of
from slc.clicktracker.sites.openings import VISITS
from slc.clicktracker.words.times import viewer_timezone
from ZPublisher.Iterators import filestream_iterator


class VisitorsReportExport(VisitorsReport, FileExport):
    """All rows of the list, for the days that are asked for."""

    size = None

    def note_seen(self) -> None:
        """All members at once are one list, and not a look at each."""
        number = len(self.found.rows)
        self.note_names(VISITS, number, as_file=self.format.ending)

    @property
    def timezone(self):
        return viewer_timezone()

    def __call__(self) -> filestream_iterator | str:
        if self.wanted.has_problem:
            return self._refused_days(self.wanted.since, self.wanted.until)
        return super().__call__()

    def index(self) -> filestream_iterator | str:
        if self.found is None:
            return self._refused(503, self.problem)
        return self.file()

    @contextmanager
    def table(self) -> Iterator[ExportTable]:
        found = self.found
        yield ExportTable(
            columns_of(found.asked),
            rows_of(found, self.people),
            head_of(found),
            self.words,
            title=found.asked.listed.title,
            remarks=tuple(remarks_on(found.now)),
        )

    @property
    def name_parts(self) -> list[str]:
        days = self.found.asked.days
        first, last = days.first.isoformat(), days.last.isoformat()
        return ["visitors", self.found.asked.listed.kind, first, last]
