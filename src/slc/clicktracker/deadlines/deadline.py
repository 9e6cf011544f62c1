"""By when a document has to be read, and what is to be known of it then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declaration import Plain
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import utc_now
from typing import Any


#: A deadline at midnight leaves no time on the day that begins then.
_INSTANT = timedelta(microseconds=1)

#: The evidence that is asked for where nothing else is said.
LEAST = LEVELS[0]

#: What can be asked for: a level, or that the reader says so by an act of their own.
EVIDENCE = (*READING_LEVELS, ACKNOWLEDGED)


@dataclass(frozen=True)
class Deadline:
    """What has to be read before a ``moment``, in UTC, with evidence of a ``level``, which
    is one of ``EVIDENCE``.

    It was said as a ``day`` and a ``time`` like "18:00" in a time ``zone``, that of the site
    then; the time is "" for the end of the day. So it is shown as it was said, wherever
    somebody is, and whatever the site's time zone is later. ``meeting`` is the day of the
    meeting that it is for, if any. ``reminds``: those who are missing get mails about it.
    """

    moment: datetime
    day: date
    zone: str
    time: str = ""
    meeting: date | None = None
    level: str = LEAST
    reminds: bool = False

    @classmethod
    def of(cls, declaration: Declaration) -> "Deadline":
        return cls.of_details(dict(declaration.details))

    @classmethod
    def of_details(cls, details: Mapping[str, Plain]) -> "Deadline":
        """Return the one of which these are the ``details``."""
        meeting, level = details.get("meeting", ""), details.get("level", LEAST)
        return cls(
            moment=from_microseconds(details["moment"]),
            day=date.fromisoformat(details["day"]),
            zone=details["zone"],
            time=details.get("time", ""),
            meeting=date.fromisoformat(meeting) if meeting else None,
            level=level if level in EVIDENCE else LEAST,
            # Nobody has chosen that for what was declared before one could.
            reminds=details.get("reminds", False),
        )

    @property
    def details(self) -> Mapping[str, Plain]:
        """What is kept of it."""
        return {
            "moment": microseconds(self.moment),
            "day": self.day.isoformat(),
            "zone": self.zone,
            "time": self.time,
            "meeting": self.meeting.isoformat() if self.meeting else "",
            "level": self.level,
            "reminds": self.reminds,
        }

    @property
    def asks_to_acknowledge(self) -> bool:
        """Do readers have to say themselves that they have read it?"""
        return self.level == ACKNOWLEDGED

    def last_day(self, timezone: Any) -> date:
        """Return the last day in a time zone on which there is still time to read."""
        return (self.moment - _INSTANT).astimezone(timezone).date()

    def has_passed(self, now: datetime | None = None) -> bool:
        """Is it over, now or at another moment?"""
        return self.moment <= (now or utc_now())


def is_overdue(
    deadline: Deadline | None, missing: int, now: datetime | None = None
) -> bool:
    """Has a deadline passed, if there is one, while as many readers are missing?"""
    return deadline is not None and missing > 0 and deadline.has_passed(now)
