"""What a request asks of the statistics: which days, in which steps, which list."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from slc.clicktracker import _
from slc.clicktracker.charts.periods import Kind
from slc.clicktracker.charts.periods import Period
from slc.clicktracker.charts.periods import PERIODS
from slc.clicktracker.charts.steps import DAY
from slc.clicktracker.charts.steps import fitting
from slc.clicktracker.charts.steps import MONTH
from slc.clicktracker.charts.steps import Step
from slc.clicktracker.charts.steps import STEPS
from slc.clicktracker.charts.steps import WEEK
from slc.clicktracker.reports.asked import Day
from slc.clicktracker.reports.asked import days_from
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.statistics.lists import ShareList
from slc.clicktracker.storage.visits.days import Days
from typing import Any


#: The steps that somebody can choose.
CHOSEN_STEPS = (DAY, WEEK, MONTH)

#: So many bars are drawn where nobody has chosen a step: a month by day, a year by month,
#: which a storage of months answers quickly. For who has chosen one it is a year by day.
MOST_FITTING_BARS = 31
MOST_CHOSEN_BARS = 370

#: The shortest one, which is shown where no other is asked for.
USUAL = PERIODS[-1]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class StatisticsAsked:
    """What is asked for; where that can't be used, it is the usual.

    ``days`` are the days that are looked at, ``since`` and ``until`` how they were typed,
    with what is wrong. ``chosen`` is the name of the step that was asked for, "" without
    one, ``step`` the one that is used, and ``bars`` the first days of its steps.
    """

    days: Days
    since: Day
    until: Day
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
    def has_problem(self) -> bool:
        """Are other days shown than were asked for?"""
        return bool(self.since.problem or self.until.problem)

    @property
    def given(self) -> dict[str, str]:
        """The parameters for the same days and steps."""
        found = {
            "since": self.days.first.isoformat(),
            "until": self.days.last.isoformat(),
        }
        return {**found, "by": self.chosen} if self.chosen else found

    def is_of(self, kind: Kind, today: date) -> bool:
        """Are these the days of one of the ``PERIODS``?"""
        return self.days == _days_of(kind, today)


def statistics_asked(
    form: Mapping[str, Any], today: date, lists: tuple[ShareList, ...]
) -> StatisticsAsked:
    """Return what the form of a request asks for; ``lists`` are those to choose from, the
    first one is the usual. What is after ``today`` can't be looked at."""
    since, until = _typed(form, today)
    days = _days_of(USUAL, today)
    if since.value and until.value:
        days = Days(since.value, min(until.value, today))
    elif not (since.problem or until.problem):
        since = Day(days.first.isoformat(), days.first)
        until = Day(days.last.isoformat(), days.last)
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
        since=since,
        until=until,
        chosen=chosen.name if chosen else "",
        step=step,
        bars=tuple(bars),
        listed=next((each for each in lists if each.kind == listed), lists[0]),
        start=number_from(form.get("b_start"), 0, 0, LAST_START),
    )


def _typed(form: Mapping[str, Any], today: date) -> tuple[Day, Day]:
    """Return both days as they were typed. Who has come by a link has typed nothing."""
    if not {"since", "until"} & set(form):
        return Day(), Day()
    since, until = map(_not_empty, days_from(form.get("since"), form.get("until")))
    if since.value and since.value > today:
        since = replace(since, value=None, problem=_("This day is still to come."))
    return since, until


def _not_empty(day: Day) -> Day:
    if day.text:
        return day
    return replace(day, problem=_("Enter a day, like 2026-05-31."))


def _days_of(kind: Kind, today: date) -> Days:
    period = Period(kind, today)
    return Days(period.since, period.until)
