"""The figures around a list of readers: how many there are, how far, since when."""

from collections.abc import Callable
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.charts.chart import Chart
from slc.clicktracker.charts.depth_profile import depth_profile
from slc.clicktracker.charts.depth_profile import DepthProfile
from slc.clicktracker.charts.readings_chart import PEOPLE
from slc.clicktracker.charts.readings_chart import READINGS
from slc.clicktracker.charts.readings_chart import readings_chart
from slc.clicktracker.doors.page_ticket import is_file
from slc.clicktracker.reports.readers import coverage_of
from slc.clicktracker.reports.readers import depths_of
from slc.clicktracker.reports.readers import first_readings_of
from slc.clicktracker.reports.readers import opened_by
from slc.clicktracker.reports.readers import Place
from slc.clicktracker.reports.summary import Attendance
from slc.clicktracker.reports.summary import EvidenceSummary
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.reports.tabs import TABS
from slc.clicktracker.reports.tabs import what_counts
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.versions.visible import visible_version
from typing import Any


@dataclass(frozen=True)
class ReportFigures:
    """What stands around a list; each is empty or None where there is nothing to show.

    ``totals`` are the numbers on the tabs, ``coverage`` is None where the storage
    doesn't know of levels.
    """

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
    counted = PEOPLE if single else READINGS
    readers = first_readings_of(place, (), left_out) if with_chart else ()
    return ReportFigures(
        totals={},
        coverage=coverage,
        summary=summary if summary and summary.has_evidence else None,
        chart=readings_chart(counted.new, readers, utc_now().date(), counted),
        profile=None,
    )


def figures_of_document(
    place: Place,
    audience: Audience,
    current: tuple[str, ...],
    left_out: tuple[Reader, ...],
    count: Callable[[Tab], int],
) -> ReportFigures:
    """Return the figures of one document, ``current`` and ``left_out`` as in a
    ``ReadingQuery``.

    ``count`` returns how many there are behind a tab. Raises ``StorageError``.
    """
    totals = {tab: count(tab) for tab in TABS}
    opened = opened_by(place, current, audience.members)
    coverage = coverage_of(place, current, left_out)
    counts = what_counts(current)
    attendance = None
    if opened is not None:
        older = len(audience.members) - opened - totals[ABSENT]
        attendance = Attendance(
            opened,
            older,
            totals[ABSENT],
            counts,
            # Somebody may have, where nobody knows.
            is_file(place.content) or coverage is None or coverage.downloaded > 0,
            others=(max(totals[READ] - opened, 0), max(totals[OLDER] - older, 0)),
        )
    summary = EvidenceSummary(
        coverage,
        what_counts=counts,
        attendance=attendance,
        needed=_needed(place.content),
        languages=len(place.translations) + 1,
        leaves_out=bool(left_out),
    )
    title = _("New readers of ${version}", mapping={"version": counts})
    readers = first_readings_of(place, current, left_out)
    return ReportFigures(
        totals=totals,
        coverage=coverage,
        summary=summary if attendance or summary.has_evidence else None,
        chart=readings_chart(title, readers, utc_now().date(), PEOPLE),
        profile=depth_profile(place.content, depths_of(place, current, left_out)),
    )


def _needed(content: Any) -> tuple[int, int] | None:
    """Return the words of a text and the milliseconds it needs, None for no text."""
    words = visible_version(content).words
    return (words, engagement_rule().needed(words)) if words else None
