"""New readers over time, as a chart."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from itertools import accumulate
from slc.clicktracker import _
from slc.clicktracker.charts.chart import Chart
from slc.clicktracker.charts.chart import Series
from slc.clicktracker.words.times import local_day
from zope.i18nmessageid import Message


#: More can't be told apart on a phone.
MOST_BARS = 60


@dataclass(frozen=True)
class Step:
    """What one bar stands for: ``first_day`` of the one with a day, and of the
    ``next_one``."""

    title: Message
    first_day: Callable[[date], date]
    next_one: Callable[[date], date]
    label: Callable[[date], str]


@dataclass(frozen=True)
class Counted:
    """What the numbers are of: what bars are called, and their sum."""

    new: Message
    so_far: Message


PEOPLE = Counted(_("New readers"), _("Readers so far"))
READINGS = Counted(_("New readings"), _("Readings so far"))


def readings_chart(
    title: Message,
    readers: tuple[tuple[date, int], ...],
    today: date,
    counted: Counted,
) -> Chart | None:
    """Return the chart for a storage's ``first_readings``, up to today; None without any.

    By day, or by week, month or year where it would be too many bars.
    """
    if not readers:
        return None
    first, last = readers[0][0], max(today, readers[-1][0])
    step, bars = _fitting(first, last)
    numbers: Counter[date] = Counter()
    for day, number in readers:
        numbers[step.first_day(day)] += number
    values = tuple(numbers[bar] for bar in bars)
    return Chart(
        title,
        tuple(map(step.label, bars)),
        (
            Series(counted.new, values),
            Series(counted.so_far, tuple(accumulate(values)), "line"),
        ),
        step.title,
    )


def _fitting(first: date, last: date) -> tuple[Step, list[date]]:
    for step in _STEPS:
        bars = list(_bars(step, first, last))
        if len(bars) <= MOST_BARS:
            break
    return step, bars


def _bars(step: Step, first: date, last: date) -> Iterator[date]:
    bar = step.first_day(first)
    while bar <= last:
        yield bar
        bar = step.next_one(bar)


_STEPS = (
    Step(
        _("Day (UTC)"),
        lambda day: day,
        lambda day: day + timedelta(days=1),
        local_day,
    ),
    Step(
        _("Week from (UTC)"),
        lambda day: day - timedelta(days=day.weekday()),
        lambda day: day + timedelta(days=7),
        local_day,
    ),
    Step(
        _("Month (UTC)"),
        lambda day: day.replace(day=1),
        lambda day: (day.replace(day=1) + timedelta(days=31)).replace(day=1),
        lambda day: f"{day:%Y-%m}",
    ),
    Step(
        _("Year (UTC)"),
        lambda day: day.replace(month=1, day=1),
        lambda day: day.replace(year=day.year + 1),
        lambda day: f"{day:%Y}",
    ),
)
