"""The figures around a list of readers: how many there are, how far, since when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.charts.chart import Chart
from slc.clicktracker.charts.depth_profile import depth_profile
from slc.clicktracker.charts.depth_profile import DepthProfile
from slc.clicktracker.charts.depth_profile import FEWEST_READERS
from slc.clicktracker.charts.readings_chart import PEOPLE
from slc.clicktracker.charts.readings_chart import READINGS
from slc.clicktracker.charts.readings_chart import readings_chart
from slc.clicktracker.deadlines.deadline import LEAST
from slc.clicktracker.doors.page_ticket import is_file
from slc.clicktracker.reports.answer import Answer
from slc.clicktracker.reports.answer import MOST_NAMED
from slc.clicktracker.reports.answer import unread
from slc.clicktracker.reports.excused import ExcusedPage
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.place import Place
from slc.clicktracker.reports.readers import coverage_of
from slc.clicktracker.reports.readers import depths_of
from slc.clicktracker.reports.readers import first_readings_of
from slc.clicktracker.reports.readers import met_by
from slc.clicktracker.reports.readers import reached_by
from slc.clicktracker.reports.readers import readings_of
from slc.clicktracker.reports.summary import EvidenceSummary
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.reports.tabs import TABS
from slc.clicktracker.reports.tabs import what_counts
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import DECLARED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.versions.visible import visible_version
from typing import Any
from zope.i18nmessageid import Message


#: A page of a list: its rows, and how many there are in total.
Page = ReadingPage | AbsentPage | ExcusedPage


@dataclass(frozen=True)
class ReportFigures:
    """What stands around a list; each is empty or None where there is nothing to show.

    ``answer`` is how far those are who are expected. ``totals`` are the numbers on the
    tabs, ``coverage`` is None where the storage doesn't know of levels.
    """

    answer: Answer | None
    totals: dict[Tab, int]
    coverage: Coverage | None
    summary: EvidenceSummary | None
    chart: Chart | None
    profile: DepthProfile | None


def figures_without_audience(
    place: Place, left_out: tuple[Reader, ...], with_chart: bool
) -> ReportFigures:
    """Return the figures of all that is in a place, a folder or a document that is
    deleted. Raises ``StorageError``.

    ``left_out`` is as in a ``ReadingQuery``. The chart needs a look at everything that was ever read there.
    """
    single = place.is_single
    coverage = coverage_of(place, (), left_out)
    summary = (
        EvidenceSummary(coverage, None, is_single=single, leaves_out=bool(left_out))
        if coverage
        else None
    )
    readers = first_readings_of(place, (), left_out) if with_chart else ()
    chart = (
        _chart_of_people(PEOPLE.new, readers)
        if single
        else readings_chart(READINGS.new, readers, utc_now().date(), READINGS)
    )
    return ReportFigures(
        answer=None,
        totals={},
        coverage=coverage,
        summary=summary if summary and summary.has_evidence else None,
        chart=chart,
        profile=None,
    )


def figures_of_document(
    place: Place,
    audience: Audience,
    current: tuple[str, ...],
    left_out: tuple[Reader, ...],
    few_of: Callable[[Tab], Page],
    asks_for: str,
) -> ReportFigures:
    """Return the figures of one document, ``current`` and ``left_out`` as in a
    ``ReadingQuery``, ``asks_for`` as in an ``Expectation``.

    ``few_of`` returns how many there are behind a tab, with those who are there where
    they are few. Raises ``StorageError``.
    """
    pages = {tab: few_of(tab) for tab in TABS}
    coverage = coverage_of(place, current, left_out)
    counts = what_counts(current)
    readers = first_readings_of(place, current, left_out)
    summary = EvidenceSummary(
        coverage,
        what_counts=counts,
        needed=_needed(place.content),
        languages=len(place.translations) + 1,
        leaves_out=bool(left_out),
    )
    title = _("New readers of ${version}", mapping={"version": counts})
    return ReportFigures(
        answer=_answer_of(
            place, audience, current, left_out, pages, coverage, asks_for
        ),
        totals={tab: people_in(page) for tab, page in pages.items()},
        coverage=coverage,
        summary=summary if summary.has_evidence else None,
        chart=_chart_of_people(title, readers),
        profile=depth_profile(place.content, depths_of(place, current, left_out)),
    )


def _answer_of(
    place: Place,
    audience: Audience,
    current: tuple[str, ...],
    left_out: tuple[Reader, ...],
    pages: dict[Tab, Page],
    coverage: Coverage | None,
    asks_for: str,
) -> Answer | None:
    """Return how far those are who are expected, with what is behind the tabs; None where
    the storage doesn't know that."""
    reached = reached_by(place, current, audience.members)
    if reached is None:
        return None
    # Somebody may have, where nobody knows.
    unsure = coverage is None or coverage.downloaded > 0
    absent, opened = pages[ABSENT], sum(reached)
    older = max(len(audience.members) - opened - absent.total, 0)
    return Answer(
        reached,
        unread(older, _expected_in(pages[OLDER], audience, older)),
        unread(absent.total, _names_of(absent)),
        what_counts(current),
        has_downloads=is_file(place.content) or unsure,
        others=max(people_in(pages[READ]) - opened, 0),
        last=_last_read(place, pages[READ], current, left_out),
        asks_for=level_of(asks_for),
        met=opened
        if asks_for == LEAST
        else met_by(place, current, audience.members, asks_for),
    )


def people_in(page: Page) -> int:
    """Return how many people there are in a list: each once, and no visits."""
    return page.readers if isinstance(page, ReadingPage) else page.total


def _expected_in(
    page: ReadingPage, audience: Audience, number: int
) -> list[tuple[str, bool]]:
    """Return the names of those in a list who are expected, if that is a small number;
    something is known of each."""
    if not 0 < number <= MOST_NAMED:
        return []
    # An account from before that had the id of one who is expected is somebody else.
    rows = (row for row in page.rows if not row.former)
    listed = {(row.reader.folder, row.reader.user) for row in rows}
    return [
        (each.name or each.user, False)
        for each in audience.members
        if (each.folder, each.user) in listed
    ]


def _names_of(page: AbsentPage) -> list[tuple[str, bool]]:
    """Return the names of those who are absent, and whether nothing is known of each."""
    return [
        (row.reader.name or row.reader.user, row.served is None) for row in page.rows
    ]


def _last_read(
    place: Place,
    page: ReadingPage,
    current: tuple[str, ...],
    left_out: tuple[Reader, ...],
) -> datetime | None:
    """Return when somebody in a list who counts opened or downloaded it last, None where
    only people who don't count did. ``page`` may have some of the list, or all. To
    acknowledge it, or to vouch for somebody, is not to open it."""
    if len(page.rows) < page.total:
        query = ReadingQuery(
            (),
            sort="last",
            reverse=True,
            current=current,
            standing="current",
            left_out=left_out,
        )
        page = readings_of(place, query)
    uncounted = {(each.folder, each.user) for each in left_out}
    moments = (
        row.last
        for row in page.rows
        if row.reader.user
        and row.level != DECLARED
        and (row.reader.folder, row.reader.user) not in uncounted
    )
    return max(moments, default=None)


def _chart_of_people(
    title: Message, readers: tuple[tuple[date, int], ...]
) -> Chart | None:
    """Return the chart of a document's readers; None of so few that the list says it."""
    if sum(number for _day, number in readers) < FEWEST_READERS:
        return None
    return readings_chart(title, readers, utc_now().date(), PEOPLE)


def _needed(content: Any) -> tuple[int, int] | None:
    """Return the words of a text and the milliseconds it needs, None for no text."""
    words = visible_version(content).words
    return (words, engagement_rule().needed(words)) if words else None
