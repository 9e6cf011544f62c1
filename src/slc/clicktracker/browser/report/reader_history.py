"""``@@who-read-this-reader``: what is known of one reader with content."""

from datetime import datetime
from functools import cached_property
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.batches import batch_of
from slc.clicktracker.browser.report.report_view import BACK
from slc.clicktracker.browser.report.report_view import ReportView
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.reader_history import HistoryOfReader
from slc.clicktracker.reports.reader_history import VERSIONS_FROM
from slc.clicktracker.sites.openings import READER
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.history import VersionRead
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.names import name_of
from urllib.parse import parse_qsl
from zope.i18nmessageid import Message


#: What may be asked of the list that somebody came from.
_ASKED_OF_LIST = frozenset(
    (
        *("view", "tab", "reader", "level", "since", "until"),
        *("sort_on", "sort_order", "b_start", "b_size"),
    )
)


class ReaderHistoryView(ReportView):
    """The screen behind each name of the report."""

    index = ViewPageTemplateFile("templates/reader-history.pt")

    def __call__(self) -> str:
        page = super().__call__()
        if not (self.asks_reason or self.problem) and self.told.history is None:
            self.request.response.setStatus(404)
        return page

    def note_opening(self) -> None:
        if not self.problem and self.told.history is not None:
            self.note_names(READER, 1, person=self.told.reader)

    @cached_property
    def told(self) -> HistoryOfReader:
        """What is known. Raises ``StorageError``."""
        return HistoryOfReader(self.report, self.request.form)

    @cached_property
    def problem(self) -> Message | None:
        """Why nothing can be said, None where something can."""
        try:
            if self.told.problem is None:
                self.told.ask()
            return self.told.problem
        except StorageError as error:
            return problem_of(error)

    link = staticmethod(view_url)

    facts = ViewPageTemplateFile("../acknowledgements/templates/facts.pt")

    @property
    def recorded_by(self) -> str:
        return name_of(self.told.exception.by)

    @property
    def versions(self) -> Batch:
        told = self.told
        total, start = len(told.history.versions), told.versions_start
        return batch_of(told.versions, total, told.size, start, VERSIONS_FROM)

    @property
    def batch(self) -> Batch:
        told = self.told
        total, start = told.history.total, told.query.start
        return batch_of(told.accesses, total, told.size, start)

    @cached_property
    def kinds_of_times(self) -> dict[Message, str]:
        """The columns of times, with the name of each in a version: downloads where there
        are any."""
        kinds = {_("Served"): "served", _("Opened"): "opened"}
        if any(row.read.downloaded for row in self.told.versions):
            kinds[_("Downloaded")] = "downloaded"
        return kinds

    def times_of(self, read: VersionRead) -> list[tuple[datetime, ...]]:
        """Return the first time for each of these columns, as far as it is known, and the
        last one if that was on another day."""
        return [
            self._on_days(getattr(read, name)) for name in self.kinds_of_times.values()
        ]

    def _on_days(self, moments: tuple[datetime, ...]) -> tuple[datetime, ...]:
        days = {each.astimezone(self.timezone).date() for each in moments}
        return moments if len(days) > 1 else moments[:1]

    @property
    def report_url(self) -> str:
        """Where the list is that led here, as it was then."""
        asked = parse_qsl(text_from(self.request.form.get(BACK)))
        return self.address_of(**{k: v for k, v in asked if k in _ASKED_OF_LIST})
