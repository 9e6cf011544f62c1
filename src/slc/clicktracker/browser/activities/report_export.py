"""``@@clicktracker-activities.…``: the comparison as a file, with all that is raw."""

from collections.abc import Iterator
from contextlib import contextmanager
from slc.clicktracker import _
from slc.clicktracker.browser.activities.report import ActivitiesReport
from slc.clicktracker.browser.file_export import FileExport
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.reports.activities.columns import COLUMNS
from slc.clicktracker.reports.activities.head import head_of
from slc.clicktracker.reports.activities.remarks import remarks_on
from slc.clicktracker.reports.activities.rows import raw_rows_of
from slc.clicktracker.words.times import viewer_timezone
from ZPublisher.Iterators import filestream_iterator


class ActivitiesExport(ActivitiesReport, FileExport):
    """Each activity, what is unclassified, and the raw events that this is."""

    @property
    def timezone(self):
        return viewer_timezone()

    def __call__(self) -> filestream_iterator | str:
        if self.wanted.has_problem:
            return self._refused_days(self.wanted.since, self.wanted.until)
        return super().__call__()

    def index(self) -> filestream_iterator | str:
        if self.rule_problem:
            return self._refused(400, self.rule_problem)
        if self.found is None:
            # What the storage never can, nobody should try again.
            status = 404 if self.problem is self.incapable else 503
            return self._refused(status, self.problem)
        return self.file()

    @contextmanager
    def table(self) -> Iterator[ExportTable]:
        found = self.found
        yield ExportTable(
            COLUMNS,
            [] if found.is_empty else [*self.rows, *raw_rows_of(found)],
            head_of(found, self.wanted, self.tried),
            self.words,
            title=_("Activities"),
            remarks=tuple(remarks_on(self.smallest)),
        )

    @property
    def name_parts(self) -> list[str]:
        days = self.wanted.days
        return ["activities", days.first.isoformat(), days.last.isoformat()]
