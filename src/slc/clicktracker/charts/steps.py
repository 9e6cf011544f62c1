"""The steps of the calendar that the bars of a chart stand for: days, weeks, months."""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from slc.clicktracker import _
from slc.clicktracker.words.times import local_day
from zope.i18nmessageid import Message


#: More can't be told apart on a phone.
MOST_BARS = 60


@dataclass(frozen=True)
class Step:
    """What one bar stands for: ``first_day`` of the one with a day, and of the
    ``next_one``. ``utc_title`` is what labels are called whose days are those of UTC.
    """

    name: str
    title: Message
    plural: Message
    utc_title: Message
    first_day: Callable[[date], date]
    next_one: Callable[[date], date]
    label: Callable[[date], str]

    def bars(self, first: date, last: date) -> list[date]:
        """Return the first days of the bars from one day to another, without a gap."""
        found = []
        bar = self.first_day(first)
        while bar <= last:
            found.append(bar)
            bar = self.next_one(bar)
        return found


DAY = Step(
    "day",
    _("Day"),
    _("Days"),
    _("Day (UTC)"),
    lambda day: day,
    lambda day: day + timedelta(days=1),
    local_day,
)
WEEK = Step(
    "week",
    _("Week from"),
    _("Weeks"),
    _("Week from (UTC)"),
    lambda day: day - timedelta(days=day.weekday()),
    lambda day: day + timedelta(days=7),
    local_day,
)
MONTH = Step(
    "month",
    _("Month"),
    _("Months"),
    _("Month (UTC)"),
    lambda day: day.replace(day=1),
    lambda day: (day.replace(day=1) + timedelta(days=31)).replace(day=1),
    lambda day: f"{day:%Y-%m}",
)
YEAR = Step(
    "year",
    _("Year"),
    _("Years"),
    _("Year (UTC)"),
    lambda day: day.replace(month=1, day=1),
    lambda day: day.replace(year=day.year + 1),
    lambda day: f"{day:%Y}",
)

#: From the smallest to the largest.
STEPS = (DAY, WEEK, MONTH, YEAR)


def fitting(
    first: date, last: date, most: int = MOST_BARS, steps: Sequence[Step] = STEPS
) -> tuple[Step, list[date]]:
    """Return the smallest step that makes no more than so many bars, and these; the
    largest one where all make more."""
    for step in steps:
        bars = step.bars(first, last)
        if len(bars) <= most:
            break
    return step, bars
