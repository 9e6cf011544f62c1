"""Very many times as texts, in one time zone."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from datetime import tzinfo
from typing import NamedTuple


#: Days that are remembered.
_REMEMBERED = 2000

_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))


class LocalTimes:
    """Says times by the second, as ISO 8601 does, with the offset of a time zone, between
    two quotes.

    What is before and behind the minutes is found once for each day of UTC: to ask a
    time zone for each time takes longer than all the rest of a row.
    """

    def __init__(self, zone: tzinfo, separator: str = "T", quote: str = '"') -> None:
        self._zone = zone
        self._separator = separator
        self._quote = quote
        self._days: dict[int, _Day | None] = {}

    def text(self, moment: datetime) -> str:
        """Return an aware time as text."""
        if moment.tzinfo is not timezone.utc:
            return self._quoted(moment)
        number = moment.toordinal()
        try:
            day = self._days[number]
        except KeyError:
            day = self._remember(number, moment)
        if day is None:
            return self._quoted(moment)
        hours, ahead, offset = day
        hour, minute = moment.hour, moment.minute + ahead
        if minute >= 60:
            hour, minute = hour + 1, minute - 60
        return (
            f"{hours[hour]}{_TWO_DIGITS[minute]}:{_TWO_DIGITS[moment.second]}{offset}"
        )

    def _quoted(self, moment: datetime) -> str:
        return f"{self._quote}{self._exactly(moment)}{self._quote}"

    def _exactly(self, moment: datetime) -> str:
        return moment.astimezone(self._zone).isoformat(self._separator, "seconds")

    def _remember(self, number: int, moment: datetime) -> "_Day | None":
        if len(self._days) >= _REMEMBERED:
            self._days.clear()
        start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        self._days[number] = self._day(start)
        return self._days[number]

    def _day(self, start: datetime) -> "_Day | None":
        """Return the day of UTC that starts then; None for one on which a clock is
        turned, or on which minutes don't tell the offset, and at the ends of time."""
        try:
            first, *hours = (
                self._exactly(start + timedelta(hours=number)) for number in range(25)
            )
        except OverflowError:
            return None
        offset = first[_OFFSET]
        if len(offset) != len("+00:00") or any(one[_OFFSET] != offset for one in hours):
            return None
        texts = tuple(self._quote + one[_TO_HOUR] for one in (first, *hours))
        return _Day(texts, int(first[_MINUTE]), offset + self._quote)


class _Day(NamedTuple):
    """What is before the minutes in each hour, how many minutes the zone is ahead of the
    hours of UTC, and what is behind the seconds."""

    hours: tuple[str, ...]
    ahead: int
    offset: str


#: Where that is in a time as text.
_TO_HOUR, _MINUTE, _OFFSET = slice(0, 14), slice(14, 16), slice(19, None)
