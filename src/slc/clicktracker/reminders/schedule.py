"""``Schedule``: on which days people are reminded of a deadline, by the calendar of a site.

Nothing is reckoned in hours. So a day of 23 or 25 hours is one day, and a run that comes
late on its day misses nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.deadlines.deadline import Deadline
from typing import Any


#: Days after which a reminder that did not come is not sent any more.
LATEST = 7


@dataclass(frozen=True)
class Schedule:
    """``steps`` are days from the last day of a deadline, ascending: -7 is a week before
    it, 1 the day after. ``zone`` is a time zone of pytz."""

    steps: tuple[int, ...]
    zone: Any

    @classmethod
    def of(cls, before: Iterable[int], after: Iterable[int], zone: Any) -> "Schedule":
        steps = {*(-days for days in before), *after}
        return cls(tuple(sorted(steps)), zone)

    def today(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()

    def step(self, deadline: Deadline, since: datetime, now: datetime) -> int | None:
        """Return the step that a deadline, which was declared at ``since``, is at now; None
        where there is nothing to be reminded of.

        A step lasts until the next one, for ``LATEST`` days at most: so nobody is left
        out where a mail could not be sent at once. Those before the deadline end with it,
        those of a day before it was declared are none, and what was over by then has none.
        """
        if deadline.has_passed(since):
            return None
        today, last = self.today(now), deadline.last_day(self.zone)
        step = max((s for s in self.steps if _day(last, s) <= today), default=None)
        if step is None:
            return None
        day = _day(last, step)
        is_over = step <= 0 and deadline.has_passed(now)
        is_late = (today - day).days >= LATEST
        return None if is_over or is_late or day < self.today(since) else step


def _day(last: date, step: int) -> date:
    return last + timedelta(days=step)
