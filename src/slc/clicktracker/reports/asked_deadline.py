"""A deadline as it was typed into a form, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from slc.clicktracker import _
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadline import LEAST
from slc.clicktracker.reports.asked import beginning_of
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import DOWNLOADED
from slc.clicktracker.reports.levels import LEVELS
from slc.clicktracker.reports.levels import SERVED
from slc.clicktracker.storage.model import utc
from slc.clicktracker.storage.text import storable
from slc.clicktracker.words.times import local_day
from typing import Any
from zope.i18nmessageid import Message

import pytz
import re


#: The evidence that can be asked for, as a form shows it: the levels that readers can reach,
#: and what they say themselves.
LEVELS_TO_ASK_FOR = (
    *(level for level in LEVELS if level is not SERVED),
    DOWNLOADED,
    ACKNOWLEDGED,
)

#: Characters of a day or time that are shown again as they were typed.
_LONGEST = 20

#: Years in which days can be: what is further away was mistyped.
_MOST_YEARS = 10

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass
class AskedDeadline:
    """What is in the fields of a form. ``problems`` say what is wrong, by the field:
    "day", "time", "meeting", "level". A new deadline ``reminds``, unless somebody doesn't
    want that."""

    day: str = ""
    time: str = ""
    meeting: str = ""
    level: str = LEAST
    reminds: bool = True
    problems: dict[str, Message] = field(default_factory=dict)

    @classmethod
    def of(cls, deadline: Deadline | None) -> "AskedDeadline":
        """Return the fields with a deadline in them."""
        if deadline is None:
            return cls()
        meeting = deadline.meeting.isoformat() if deadline.meeting else ""
        day = deadline.day.isoformat()
        return cls(day, deadline.time, meeting, deadline.level, deadline.reminds)

    @classmethod
    def from_form(cls, form: Mapping[str, Any]) -> "AskedDeadline":
        """Return the fields as they were sent."""
        names = "day", "time", "meeting", "level"
        texts = (storable(text_from(form.get(n)), _LONGEST).strip() for n in names)
        return cls(*texts, reminds=bool(text_from(form.get("reminds"))))

    def deadline(
        self, timezone: Any, now: datetime, can_acknowledge: bool = True
    ) -> Deadline | None:
        """Return what was typed, in a time zone of pytz; None where there are problems.

        ``now`` is in UTC. ``can_acknowledge``: is there a way to acknowledge something in
        the site?
        """
        self.problems.clear()
        today = now.astimezone(timezone).date()
        day = self._day("day", today)
        meeting = self._day("meeting", today)
        if not self.day:
            self.problems["day"] = _("Say by which day.")
        if self.level not in (level.name for level in LEVELS_TO_ASK_FOR):
            self.problems["level"] = _("Choose one of these.")
        elif self.level == ACKNOWLEDGED.name and not can_acknowledge:
            self.problems["level"] = _(
                "Nobody can acknowledge anything on this site at present, so nobody could "
                "do that. Choose something else."
            )
        if self.time and not _TIME.fullmatch(self.time):
            self.problems["time"] = _("Enter a time like 18:30.")
        elif day is not None:
            moment = self._moment(day, timezone)
            if moment is not None and moment <= now:
                is_today = self.time and day == today
                self.problems["time" if is_today else "day"] = _(
                    "This is in the past. Choose something later."
                )
        if self.problems:
            return None
        zone = timezone.zone
        return Deadline(moment, day, zone, self.time, meeting, self.level, self.reminds)

    def _day(self, name: str, today: date) -> date | None:
        """Return the day in a field, None where there is none or it can't be used."""
        text = getattr(self, name)
        if not text:
            return None
        try:
            day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            self.problems[name] = _("Enter a date like 2026-05-31.")
            return None
        first, last = _years_from(today, -_MOST_YEARS), _years_from(today, _MOST_YEARS)
        if not first <= day <= last:
            names = {"first": local_day(first), "last": local_day(last)}
            self.problems[name] = _(
                "Enter a date between ${first} and ${last}.", mapping=names
            )
            return None
        return day

    def _moment(self, day: date, timezone: Any) -> datetime | None:
        """Return the moment in UTC, None where clocks are set then, so that there is no
        such time, or two of them."""
        if not self.time:
            return beginning_of(day + timedelta(days=1), timezone)
        typed = datetime.combine(day, time.fromisoformat(self.time))
        try:
            return utc(timezone.localize(typed, is_dst=None))
        except pytz.NonExistentTimeError:
            self.problems["time"] = _(
                "There is no such time on that day, because the clocks are put "
                "forward. Choose an earlier or a later one."
            )
        except pytz.AmbiguousTimeError:
            self.problems["time"] = _(
                "This time is there twice on that day, because the clocks are put "
                "back. Choose an earlier or a later one."
            )
        return None


def _years_from(day: date, years: int) -> date:
    # There is a 28 February in each year.
    return day.replace(year=day.year + years, day=min(day.day, 28))
