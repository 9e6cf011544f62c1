"""What a request asks of the statistics: which days, in which steps, which list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from slc.clicktracker.charts.steps import DAY
from slc.clicktracker.charts.steps import fitting
from slc.clicktracker.charts.steps import MONTH
from slc.clicktracker.charts.steps import Step
from slc.clicktracker.charts.steps import STEPS
from slc.clicktracker.charts.steps import WEEK
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.days_asked import days_asked
from slc.clicktracker.reports.days_asked import DaysAsked
from slc.clicktracker.reports.statistics.lists import ShareList
from slc.clicktracker.storage.visits.days import Days
from typing import Any


#: The steps that somebody can choose.
CHOSEN_STEPS = (DAY, WEEK, MONTH)

#: So many bars are drawn where nobody has chosen a step: a month by day, a year by month,
#: which a storage of months answers quickly. For who has chosen one it is a year by day.
MOST_FITTING_BARS = 31
MOST_CHOSEN_BARS = 370

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class StatisticsAsked(DaysAsked):
    """What is asked for; where that can't be used, it is the usual.

    ``chosen`` is the name of the step that was asked for, "" without one, ``step`` the one
    that is used, and ``bars`` the first days of its steps.
    """

    chosen: str
    step: Step
    bars: tuple[date, ...]
    listed: ShareList
    start: int

    @property
    def before(self) -> Days:
        """The same number of days, just before."""
        length = self.days.last - self.days.first + _ONE_DAY
        return Days(self.days.first - length, self.days.last - length)

    @property
    def bar_days(self) -> list[Days]:
        """The days of each bar; of the first and the last only those asked for."""
        ends = [bar - _ONE_DAY for bar in self.bars[1:]]
        return [
            Days(max(first, self.days.first), last)
            for first, last in zip(self.bars, [*ends, self.days.last], strict=True)
        ]

    @property
    def is_cut(self) -> bool:
        """Is a bar at one of the ends not as long as the others?"""
        end = self.step.next_one(self.bars[-1]) - _ONE_DAY
        return self.bars[0] < self.days.first or self.days.last < end

    @property
    def is_too_fine(self) -> bool:
        """Was a step asked for that would make too many bars?"""
        return bool(self.chosen) and self.chosen != self.step.name

    @property
    def given(self) -> dict[str, str]:
        """The parameters for the same days and steps."""
        return {**super().given, **({"by": self.chosen} if self.chosen else {})}


def statistics_asked(
    form: Mapping[str, Any], today: date, lists: tuple[ShareList, ...]
) -> StatisticsAsked:
    """Return what the form of a request asks for; ``lists`` are those to choose from, the
    first one is the usual. What is after ``today`` can't be looked at."""
    asked = days_asked(form, today)
    days = asked.days
    name = text_from(form.get("by"))
    chosen = next((each for each in CHOSEN_STEPS if each.name == name), None)
    if chosen is None:
        step, bars = fitting(days.first, days.last, MOST_FITTING_BARS)
    else:
        coarser = STEPS[STEPS.index(chosen) :]
        step, bars = fitting(days.first, days.last, MOST_CHOSEN_BARS, coarser)
    listed = text_from(form.get("list"))
    return StatisticsAsked(
        days=days,
        since=asked.since,
        until=asked.until,
        chosen=chosen.name if chosen else "",
        step=step,
        bars=tuple(bars),
        listed=next((each for each in lists if each.kind == listed), lists[0]),
        start=number_from(form.get("b_start"), 0, 0, LAST_START),
    )
