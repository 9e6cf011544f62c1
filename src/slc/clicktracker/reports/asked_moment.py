"""``AskedMoment``: the moment that somebody has chosen on a form, and what there is to choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from slc.clicktracker import _
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.snapshots.snapshot import BUTTON
from slc.clicktracker.snapshots.snapshot import DAY
from slc.clicktracker.snapshots.snapshot import DEADLINE
from slc.clicktracker.snapshots.snapshots import KeptSnapshot
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import utc
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.times import local_time
from typing import Any
from zope.i18nmessageid import Message

import pytz


#: The value of the choice that is not a moment of the past.
NOW = "now"

#: Snapshots that can be chosen; any other moment can be typed.
_MOST = 60

#: Digits of a moment in this century and the next one.
_LONGEST = 16

_NO_MOMENT = _("There is no such day and time.")

#: Moments are sent as what has passed since then.
_FIRST = from_microseconds(0)

_OF_SNAPSHOTS = {
    DEADLINE: _("Snapshot at the deadline: ${time}"),
    DAY: _("Daily snapshot: ${time}"),
    BUTTON: _("Snapshot: ${time}"),
}


@dataclass(frozen=True)
class Option:
    """What can be chosen: a ``value`` of the form, and a ``title``."""

    value: str
    title: Message


@dataclass(frozen=True)
class AskedMoment:
    """``moment`` is None for now; ``value`` what a form sends for it; ``problem`` what is
    wrong with what was typed."""

    moment: datetime | None = None
    problem: Message | None = None

    @property
    def value(self) -> str:
        return NOW if self.moment is None else str(microseconds(self.moment))

    @classmethod
    def of(
        cls,
        form: Mapping[str, Any],
        deadline: Deadline | None,
        now: datetime,
        zone: Any,
    ) -> "AskedMoment":
        """Return what a form asks for, with typed times in a time zone of pytz. Without
        anything, that is the deadline, where it is over, and else now."""
        if text_from(form.get("day")).strip():
            return cls._typed(form, now, zone)
        # Another moment than the one that is meant must not be sealed for good.
        if text_from(form.get("time")).strip():
            return cls(problem=_("Choose a day as well."))
        value = text_from(form.get("moment")).strip()
        if value == NOW:
            return cls()
        if value.isdecimal() and len(value) <= _LONGEST:
            return cls._past(from_microseconds(int(value)), now)
        if value:
            return cls(problem=_NO_MOMENT)
        if deadline is not None and deadline.has_passed(now):
            return cls(deadline.moment)
        return cls()

    @classmethod
    def _typed(cls, form: Mapping[str, Any], now: datetime, zone: Any) -> "AskedMoment":
        day = text_from(form.get("day")).strip()
        at = text_from(form.get("time")).strip() or "00:00"
        try:
            typed = datetime.combine(date.fromisoformat(day), time.fromisoformat(at))
            moment = utc(zone.localize(typed.replace(tzinfo=None), is_dst=None))
        except (ValueError, OverflowError, pytz.InvalidTimeError):
            return cls(problem=_NO_MOMENT)
        return cls._past(moment, now)

    @classmethod
    def _past(cls, moment: datetime, now: datetime) -> "AskedMoment":
        if moment < _FIRST:
            return cls(problem=_NO_MOMENT)
        if moment > now:
            return cls(problem=_("That is in the future. Choose something earlier."))
        return cls(moment)


def options(
    deadline: Deadline | None, snapshots: list[KeptSnapshot], now: datetime
) -> list[Option]:
    """Return what can be chosen: the deadline that is over, now, and the snapshots, the
    latest first."""
    found = [Option(NOW, _("Now"))]
    if deadline is not None and deadline.has_passed(now):
        title = _(
            "The deadline: ${deadline}", mapping={"deadline": deadline_text(deadline)}
        )
        found.insert(0, Option(str(microseconds(deadline.moment)), title))
    for each in snapshots[:_MOST]:
        names = {"time": local_time(each.moment)}
        title = Message(_OF_SNAPSHOTS[each.why], mapping=names)
        found.append(Option(str(microseconds(each.moment)), title))
    return list({each.value: each for each in reversed(found)}.values())[::-1]
