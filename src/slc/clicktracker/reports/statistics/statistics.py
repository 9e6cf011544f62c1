"""``Statistics``: what a storage says of the days that somebody has asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from slc.clicktracker.interfaces import IVisitStatistics
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.statistics.asked import StatisticsAsked
from slc.clicktracker.reports.statistics.lists import TIMES
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.statistics import Share
from slc.clicktracker.storage.visits.statistics import VisitFigures


@dataclass(frozen=True)
class StepFigures:
    """A step of time: the day that it is known by, and what was then."""

    bar: date
    figures: VisitFigures


@dataclass(frozen=True)
class Statistics:
    """What was on the days that are ``asked`` for, and on as many just ``before``.

    ``steps`` are the steps in which these days are drawn. ``rows`` are one page of the list
    that is asked for, and ``total`` is how many it has.
    """

    asked: StatisticsAsked
    now: VisitFigures
    before: VisitFigures
    steps: tuple[StepFigures, ...]
    rows: tuple[Share | StepFigures, ...]
    total: int

    def readers(self) -> Iterator[Reader]:
        """Return who is in the list of members."""
        return (each.reader for each in self.rows)

    @property
    def is_empty(self) -> bool:
        """Is nothing known of these days?"""
        return not (self.now.visits or self.now.views)


def statistics_of(
    storage: IVisitStatistics, asked: StatisticsAsked, size: int | None
) -> Statistics:
    """Return what is asked for, ``size`` rows of the list, None for all of it.

    Who asks for a page beyond the last gets the last. Raises ``StorageError``.
    """
    periods = (asked.days, asked.before, *asked.bar_days)
    now, before, *rest = storage.figures(periods)
    steps = tuple(map(StepFigures, asked.bars, rest))
    rows, total = _page(storage, asked, steps, size)
    if total and not rows:
        asked = replace(asked, start=last_start(total, size))
        rows, total = _page(storage, asked, steps, size)
    return Statistics(asked, now, before, steps, rows, total)


def _page(
    storage: IVisitStatistics,
    asked: StatisticsAsked,
    steps: tuple[StepFigures, ...],
    size: int | None,
) -> tuple[tuple[Share | StepFigures, ...], int]:
    if asked.listed is TIMES:
        end = None if size is None else asked.start + size
        return steps[asked.start : end], len(steps)
    page = storage.shares(asked.listed.kind, asked.days, asked.start, size)
    return page.rows, page.total
