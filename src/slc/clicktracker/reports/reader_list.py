"""One list of a report: what is asked for, and what the storage answers."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import tzinfo
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.doors.page_ticket import is_file
from slc.clicktracker.reports.absent_row import AbsentRow
from slc.clicktracker.reports.answer import MOST_NAMED
from slc.clicktracker.reports.asked import Asked
from slc.clicktracker.reports.asked import asked_of
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import LEVELS_ASKED
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.explanation import explanation_of_untracked
from slc.clicktracker.reports.explanation import filters_in_words
from slc.clicktracker.reports.explanation import OF_FOLDER
from slc.clicktracker.reports.figures import Page
from slc.clicktracker.reports.figures import people_in
from slc.clicktracker.reports.figures import ReportFigures
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import ATTESTED
from slc.clicktracker.reports.levels import DOWNLOADED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.reader_rows import ReaderRows
from slc.clicktracker.reports.report import Report
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import EXCUSED
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.reports.tabs import what_counts
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.words.numbers import localized_number
from typing import Any
from zope.i18nmessageid import Message


class ReaderList:
    """A list of a report that is narrowed, sorted and cut as somebody ``asked``.

    The storage is asked for what is looked at first, once; then ``problems.PROBLEMS``
    may be raised, by everything but ``report``, ``tab`` and ``asked``.
    """

    def __init__(
        self, report: Report, tab: Tab, asked: Asked, query: ReadingQuery | None = None
    ) -> None:
        self.report = report
        self.tab = tab
        self.asked = asked
        self._query = query or asked.query

    @classmethod
    def of(
        cls, report: Report, form: Mapping[str, Any], timezone: tzinfo
    ) -> "ReaderList":
        """Return the list that the form of a request asks for; its days are those of a
        time zone."""
        tab = report.tab_of(form.get("tab"))
        narrows, can_be_missing = _narrows(report, tab), _can_be_missing(report, tab)
        return cls(report, tab, asked_of(form, timezone, narrows, can_be_missing))

    def cut(self, start: int, size: int | None) -> "ReaderList":
        """Return the same list with other rows of it on its page, None for all."""
        query = replace(self._query, start=start, size=size)
        return ReaderList(self.report, self.tab, self.asked, query)

    @property
    def narrows(self) -> bool:
        """Has the list levels and times by which it can be narrowed?"""
        return _narrows(self.report, self.tab)

    @property
    def can_be_missing(self) -> bool:
        """Can it be narrowed to those who are missing?"""
        return _can_be_missing(self.report, self.tab)

    @property
    def is_over(self) -> bool:
        """Is whoever is missing overdue?"""
        deadline = self.report.deadline
        return deadline is not None and deadline.has_passed()

    @property
    def missing_title(self) -> Message:
        """What it is called to leave out all others."""
        return _("Only overdue") if self.is_over else _("Only those who are missing")

    @property
    def day_titles(self) -> tuple[Message, Message]:
        """What the first and the last day are called for which the list is asked."""
        if self.has_downloads:
            return (
                _("Last opened or downloaded from"),
                _("Last opened or downloaded until"),
            )
        return _("Last opened from"), _("Last opened until")

    @property
    def offers_filters(self) -> bool:
        """Is there more than somebody sees at a look, or is it narrowed?"""
        is_long = self.total >= PAGE_SIZE or self.asked.is_given
        return is_long or self.can_be_missing

    @property
    def says_once_for_each(self) -> bool:
        """Is a reader of two translations in the list twice?"""
        return bool(self.report.place.translations) and self.tab.has_readings

    @property
    def profile_sentences(self) -> Iterator[Message]:
        """What has to be known of how far the readers of a text got in it."""
        profile = self.figures.profile
        if profile is None:
            return
        if self.report.place.translations:
            yield _("Only readers in this language are included.")
        yield _(
            "Readers who opened ${version}: ${number}. The table shows how many of them "
            "reached the beginning or end of each part, or a point further down, as "
            "reported by their browsers. Readers who jump to the end have reached all "
            "parts, whether they read them or not. The position of a part is estimated "
            "from the number of words.",
            mapping={
                "version": self.what_counts,
                "number": localized_number(profile.readers),
            },
        )

    @property
    def narrowed_by(self) -> dict[str, str]:
        """Which of the lists of the report it is, and what narrows it."""
        tab = {"tab": self.tab.name} if self.report.tabs else {}
        return tab | self.asked.filters

    def ask(self) -> tuple[Page, ReportFigures]:
        """Ask for all that there is to show."""
        return self.page, self.figures

    @property
    def page(self) -> Page:
        """The page that is asked for, or the last one."""
        return self._found[1]

    @property
    def start(self) -> int:
        """The number of the first row on it, from 0."""
        return self._found[0].start

    @property
    def size(self) -> int | None:
        """How many rows a page has, None for all."""
        return self._query.size

    @cached_property
    def _found(self) -> tuple[ReadingQuery, Page]:
        query = self._query
        page = self._page_of(query)
        if page.total and not page.rows:
            query = replace(query, start=last_start(page.total, query.size))
            page = self._page_of(query)
        return query, page

    def _page_of(self, query: ReadingQuery) -> Page:
        return self.report.page(self.tab, query, self.asked.missing)

    @property
    def total(self) -> int:
        """How many entries the whole list has."""
        return self.page.total

    @property
    def people(self) -> int:
        """How many people are in the whole list: each once, and no visits."""
        return people_in(self.page)

    def rows(self, timezone: tzinfo) -> list[Any]:
        """Return the entries of the page: readings as ``ReaderRow``, with times in a
        time zone, else those that the list is of."""
        rows = self.page.rows
        if not self.tab.has_readings:
            return list(self._without_readings(rows))
        return list(map(self._lines(timezone, at_least=len(rows)).of, rows))

    def each_row(self, timezone: tzinfo) -> Iterator[Any]:
        """Yield all entries from the first to the last, in constant memory, with times
        in UTC; of each it is known on which day, in a time zone, its version was
        delivered. To be exhausted or closed."""
        if not self.tab.has_readings:
            yield from self._without_readings(self._page_of(self._query).rows)
            return
        lines = self._lines(timezone, for_file=True)
        asked = self.tab, self._query, self.asked.missing
        with closing(self.report.each_reading(*asked)) as readings:
            yield from map(lines.of, readings)

    def _without_readings(self, rows: Iterable[Any]) -> Iterable[Any]:
        if self.tab is not ABSENT:
            return rows
        overdue = self.report.overdue
        return (AbsentRow.of(row, overdue) for row in rows)

    def _lines(
        self, timezone: tzinfo, for_file: bool = False, at_least: int = 0
    ) -> ReaderRows:
        report = self.report
        people = report.audience, for_file, report.left_out
        return ReaderRows(report.place, timezone, *people, at_least, report.overdue)

    @cached_property
    def figures(self) -> ReportFigures:
        """What stands around the list."""
        with_chart = self.is_beginning and not self.report.is_too_large_for_chart
        return self.report.figures(self._few_of, with_chart)

    def _few_of(self, tab: Tab) -> Page:
        """Return how many there are behind a tab, whatever is narrowed here, and who they
        are where they are on this page, or are few: rows take longer than a number."""
        if tab is self.tab and not self.asked.filters:
            return self.page
        few = ReadingQuery((), size=MOST_NAMED)
        if not tab.has_readings:
            return self.report.page(tab, few)
        found = self.report.page(tab, replace(few, size=0))
        is_named = tab is OLDER and 0 < found.total <= MOST_NAMED
        return self.report.page(tab, few) if is_named else found

    @property
    def is_beginning(self) -> bool:
        """Is this the first page of the whole list?"""
        return self.start == 0 and not self.asked.filters

    @property
    def lacks_chart(self) -> bool:
        """Has the whole list no chart as it is of too many items?"""
        report = self.report
        knows_figures = self.figures.coverage is not None
        is_whole = knows_figures and bool(self.total) and self.is_beginning
        return is_whole and report.is_too_large_for_chart

    @property
    def has_downloads(self) -> bool:
        """May what is listed have been downloaded, and never opened?"""
        content, coverage = self.report.place.content, self.figures.coverage
        if content is not None and is_file(content):
            return True
        if coverage is None:
            # Nobody knows, but for a storage of two methods, which is told of none.
            return self.report.knows_evidence
        return coverage.downloaded > 0

    @property
    def has_records(self) -> bool:
        """Was anything recorded here?"""
        totals = self.figures.totals or {READ: self.total}
        summary = self.figures.summary
        return bool(
            totals[READ] or totals.get(OLDER) or (summary and summary.has_evidence)
        )

    @property
    def levels(self) -> list[Level]:
        """The levels that the list can be narrowed to: only those of pages or of files
        where it is of one document, unless somebody has, or may have, got to others."""
        coverage, content = self.figures.coverage, self.report.place.content
        possible = set(LEVELS_ASKED) - {DOWNLOADED, ACKNOWLEDGED, ATTESTED}
        if content is not None and is_file(content):
            possible = {DOWNLOADED}
        return [
            each
            for each in LEVELS_ASKED
            if each in possible
            or each.name == self.asked.only
            or coverage is None
            or getattr(coverage, each.name)
        ]

    @property
    def filters(self) -> Iterator[Message]:
        """What narrows the list, in words; nothing for the whole list."""
        return filters_in_words(self.asked, self.has_downloads, self.is_over)

    @property
    def what_counts(self) -> Message:
        """What somebody has read who is listed as having read a single document."""
        return what_counts(self.report.current)

    @property
    def explanation(self) -> list[Message]:
        """What the entries of the list are, and what they don't prove, by sentences;
        none where some are left out, so that they aren't taken for all."""
        if self.asked.filters and self.tab is not ABSENT:
            return []
        report = self.report
        if self.tab is ABSENT and not (report.is_tracked or self.has_records):
            return [explanation_of_untracked()]
        rest = self.what_counts, self.has_downloads
        if report.audience is None:
            return OF_FOLDER.of(self.total, 0, *rest)
        expected = len(report.audience.members)
        return self.tab.explanation.of(self.people, expected, *rest)

    @property
    def emptiness(self) -> Message:
        """What a list without entries says, and no more than is known."""
        if self.report.audience is None:
            return _("Nobody is known to have opened this yet.")
        if self.tab is ABSENT and not self.report.audience.members:
            return _("No expected readers are known.")
        return self.tab.emptiness(self.has_downloads)


def _can_be_missing(report: Report, tab: Tab) -> bool:
    return tab is not EXCUSED and report.can_be_missing


def _narrows(report: Report, tab: Tab) -> bool:
    return report.knows_evidence and tab.has_readings
