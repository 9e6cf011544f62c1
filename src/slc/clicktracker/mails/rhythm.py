"""``Rhythm``: how often a summary comes, by the calendar of the site.

Days are those of the site's time zone, and nothing is reckoned in hours. So a day of 23
or 25 hours is one day, and a run that comes late misses nothing.
"""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from slc.clicktracker import _
from typing import Any
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Rhythm:
    """``days`` is how long a period is; a week begins on Monday."""

    name: str
    title: Message
    help: Message
    days: int

    def period(self, moment: datetime, zone: Any) -> date:
        """Return the first day of the period that a moment is in."""
        return self._first_of(moment.astimezone(zone).date())

    def after(self, day: date) -> date:
        """Return the first day of the period that comes next."""
        return self._first_of(day) + timedelta(days=self.days)

    def before(self, moment: datetime) -> datetime:
        """Return about when the last summary would have come."""
        return moment - timedelta(days=self.days)

    def _first_of(self, day: date) -> date:
        return day - timedelta(days=day.weekday()) if self.days == 7 else day


WEEKLY = Rhythm(
    "weekly",
    _("Every week"),
    _("On Monday. If there is nothing to report, the mail says so in one line."),
    7,
)
DAILY = Rhythm(
    "daily",
    _("Every day"),
    _("Only if something is new or somebody is behind."),
    1,
)

RHYTHMS = (WEEKLY, DAILY)


def rhythm_of(name: object) -> Rhythm | None:
    """Return the rhythm with a name, None for a name that there isn't."""
    return next((each for each in RHYTHMS if each.name == name), None)
