"""The days that a request asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from slc.clicktracker import _
from slc.clicktracker.charts.periods import Kind
from slc.clicktracker.charts.periods import Period
from slc.clicktracker.charts.periods import PERIODS
from slc.clicktracker.reports.asked import Day
from slc.clicktracker.reports.asked import days_from
from slc.clicktracker.storage.visits.days import Days
from typing import Any


#: The shortest one, which is shown where no other is asked for.
USUAL = PERIODS[-1]


@dataclass(frozen=True)
class DaysAsked:
    """``days`` are the days that are looked at, ``since`` and ``until`` how they were typed,
    with what is wrong. Where that can't be used, they are the usual ones."""

    days: Days
    since: Day
    until: Day

    @property
    def has_problem(self) -> bool:
        """Are other days shown than were asked for?"""
        return bool(self.since.problem or self.until.problem)

    @property
    def given(self) -> dict[str, str]:
        """The parameters for the same days."""
        return {
            "since": self.days.first.isoformat(),
            "until": self.days.last.isoformat(),
        }

    def is_of(self, kind: Kind, today: date) -> bool:
        """Are these the days of one of the ``PERIODS``, as was asked for?"""
        return not self.has_problem and self.days == _days_of(kind, today)


def days_asked(form: Mapping[str, Any], today: date) -> DaysAsked:
    """Return what the form of a request asks for. What is after ``today`` can't be looked
    at, and without the last one they are those until today."""
    since, until = _typed(form, today)
    days = _days_of(USUAL, today)
    if since.value and until.value:
        days = Days(since.value, min(until.value, today))
    elif not (since.problem or until.problem):
        since = Day(days.first.isoformat(), days.first)
        until = Day(days.last.isoformat(), days.last)
    return DaysAsked(days, since, until)


def _typed(form: Mapping[str, Any], today: date) -> tuple[Day, Day]:
    """Return both days as they were typed. Who has come by a link has typed nothing."""
    if not {"since", "until"} & set(form):
        return Day(), Day()
    since, until = days_from(form.get("since"), form.get("until"))
    since = _not_empty(since)
    if not until.text and not since.problem:
        until = Day(today.isoformat(), today)
    until = _not_empty(until)
    if since.value and since.value > today:
        since = replace(since, value=None, problem=_("This day is in the future."))
    return since, until


def _not_empty(day: Day) -> Day:
    if day.text:
        return day
    return replace(day, problem=_("Enter a date like 2026-05-31."))


def _days_of(kind: Kind, today: date) -> Days:
    period = Period(kind, today)
    return Days(period.since, period.until)
