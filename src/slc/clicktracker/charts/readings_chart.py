"""New readers over time, as a chart."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from slc.clicktracker import _
from slc.clicktracker.charts.chart import Chart
from slc.clicktracker.charts.chart import Series
from slc.clicktracker.charts.steps import fitting
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Counted:
    """What the numbers are of: what bars are called, and their sum."""

    new: Message
    so_far: Message


PEOPLE = Counted(_("New readers"), _("Total readers"))
READINGS = Counted(_("New readings"), _("Total readings"))


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
    step, bars = fitting(first, last)
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
        step.utc_title,
        is_one_scale=True,
    )
