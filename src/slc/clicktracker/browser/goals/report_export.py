"""``@@clicktracker-goals.…``: goals and splits as a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from slc.clicktracker import _
from slc.clicktracker.browser.file_export import FileExport
from slc.clicktracker.browser.goals.report import GoalsReport
from slc.clicktracker.exports.json_document import JSONDocument
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.reports.goals.columns import COLUMNS
from slc.clicktracker.reports.goals.columns import FOR_PROGRAMS
from slc.clicktracker.reports.goals.head import head_of
from slc.clicktracker.reports.goals.remarks import remarks_on_goals
from slc.clicktracker.reports.goals.remarks import remarks_on_splits
from slc.clicktracker.words.times import viewer_timezone
from ZPublisher.Iterators import filestream_iterator


class GoalsExport(GoalsReport, FileExport):
    """Each goal, and each variant by each goal of its split."""

    @property
    def timezone(self):
        return viewer_timezone()

    def __call__(self) -> filestream_iterator | str:
        if self.wanted.has_problem:
            return self._refused_days(self.wanted.since, self.wanted.until)
        return super().__call__()

    def index(self) -> filestream_iterator | str:
        if self.found is None:
            # What the storage never can, nobody should try again.
            status = 404 if self.problem is self.incapable else 503
            return self._refused(status, self.problem)
        return self.file()

    @contextmanager
    def table(self) -> Iterator[ExportTable]:
        found = self.found
        variants = [row for part in found.splits for row in part.rows]
        more = remarks_on_splits() if variants else ()
        yield ExportTable(
            FOR_PROGRAMS if isinstance(self.format, JSONDocument) else COLUMNS,
            [*found.goals, *variants],
            head_of(self.wanted),
            self.words,
            title=_("Goals"),
            remarks=(*remarks_on_goals(self.smallest), *more),
        )

    @property
    def name_parts(self) -> list[str]:
        days = self.wanted.days
        return ["goals", days.first.isoformat(), days.last.isoformat()]
