"""A list of readers: what is asked for in the request, and what the storage answers."""

from dataclasses import replace
from functools import cached_property
from slc.clicktracker.browser.report.report_view import ReportView
from slc.clicktracker.doors.page_ticket import is_file
from slc.clicktracker.reports.asked import Asked
from slc.clicktracker.reports.asked import asked_of
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.excused import excused_page
from slc.clicktracker.reports.excused import ExcusedPage
from slc.clicktracker.reports.figures import figures_of_document
from slc.clicktracker.reports.figures import figures_without_audience
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.reports.problems import RECORDING_IS_OFF
from slc.clicktracker.reports.reader_rows import ReaderRows
from slc.clicktracker.reports.readers import absent_of
from slc.clicktracker.reports.readers import readings_of
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import EXCUSED
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.reports.tabs import tab_of
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from typing import Any
from zope.i18nmessageid import Message


#: Items of a folder of which a chart is made: the readings of more take seconds to count.
MOST_CHARTED = 200

#: A page of a list: its rows, and how many there are in total.
Page = ReadingPage | AbsentPage | ExcusedPage


def people_in(page: Page) -> int:
    """Return how many people are in the whole list: each once, and no visits."""
    return page.readers if isinstance(page, ReadingPage) else page.total


class ReaderList(ReportView):
    """The list of readers of content that a request asks for."""

    @cached_property
    def asked(self) -> Asked:
        """What is asked for in the request."""
        return asked_of(self.request.form, self.timezone, self.narrows)

    @property
    def narrows(self) -> bool:
        """Has the list levels and times by which it can be narrowed?"""
        return self.knows_evidence and self.tab in (READ, OLDER)

    @cached_property
    def query(self) -> ReadingQuery:
        return self.asked.query

    @cached_property
    def tab(self) -> Tab:
        return tab_of(self.request.form.get("tab")) if self.audience else READ

    @cached_property
    def page(self) -> Page | None:
        """What is in the list, or None where ``problem`` says why it can't be shown."""
        if not is_recording():
            self._problem = RECORDING_IS_OFF
            return None
        try:
            page = self._found(self.tab, self.query)
            if page.total and not page.rows:
                start = last_start(page.total, self.query.size)
                self.query = replace(self.query, start=start)
                page = self._found(self.tab, self.query)
            self._add_figures(page)
        except PROBLEMS as error:
            self._problem = problem_of(error)
            return None
        return page

    def _found(self, tab: Tab, query: ReadingQuery) -> Page:
        """Return a page of the list behind a tab. Raises ``StorageError``."""
        if tab is EXCUSED:
            return excused_page(self.audience, query)
        if tab is ABSENT:
            expected = self.audience.members
            cut = query.search, query.start, query.size
            return absent_of(self.place, AbsenceQuery((), expected, *cut))
        return readings_of(self.place, self._standing(tab, query))

    def _standing(self, tab: Tab, query: ReadingQuery) -> ReadingQuery:
        """Return the query for the readings behind a tab; without tabs it is all."""
        query = replace(query, current=self.current, left_out=self.left_out)
        if self.audience is None:
            return query
        return replace(query, standing="older" if tab is OLDER else "current")

    def _add_figures(self, page: Page) -> None:
        """Find the figures that stand around the list. Raises ``StorageError``."""
        if self.audience is None:
            with_chart = self._is_beginning and not self.is_too_large_for_chart
            self._figures = figures_without_audience(
                self.place, self.left_out, with_chart
            )
            return
        self._figures = figures_of_document(
            self.place,
            self.audience,
            self.current,
            self.left_out,
            lambda tab: self._total(tab, page),
        )

    @property
    def _is_beginning(self) -> bool:
        """Is this the first page of the whole list?"""
        return self.query.start == 0 and not self.asked.filters

    @property
    def is_too_large_for_chart(self) -> bool:
        """Is this a folder with more in it than a chart is made of?"""
        return self.audience is None and len(self.place.uids) > MOST_CHARTED

    def _total(self, tab: Tab, page: Page) -> int:
        """Return how many there are behind a tab, for ``page`` of the one that is shown.

        Raises ``StorageError``.
        """
        if tab is self.tab and not self.asked.filters:
            return people_in(page)
        return people_in(self._found(tab, ReadingQuery((), size=0)))

    @property
    def problem(self) -> Message | None:
        return self._problem if self.page is None else None

    @property
    def rows(self) -> list[Any]:
        """The lines of the list: texts of readings, else what the list is of."""
        if self.tab in (ABSENT, EXCUSED):
            return list(self.page.rows)
        rows = ReaderRows(
            self.place, self.timezone, self.audience, left_out=self.left_out
        )
        return [rows.of(reading) for reading in self.page.rows]

    @property
    def _has_downloads(self) -> bool:
        """May what is listed have been downloaded, and never opened?"""
        content, coverage = self.place.content, self._figures.coverage
        if content is not None and is_file(content):
            return True
        return bool(coverage and coverage.downloaded)
