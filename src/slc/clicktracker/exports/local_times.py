"""Very many times as texts, in one time zone."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from datetime import tzinfo


#: Hours that are remembered: those of two years.
_REMEMBERED = 20_000

_ALMOST_AN_HOUR = timedelta(minutes=59, seconds=59)

_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))


class LocalTimes:
    """Says times by the second, as ISO 8601 does, with the offset of a time zone.

    What is before and behind the minutes is found once for each hour of UTC: a time
    zone needs longer to answer than all the rest of a row takes.
    """

    def __init__(self, zone: tzinfo, separator: str = "T") -> None:
        self._zone = zone
        self._separator = separator
        self._hours: dict[int, tuple[str, int, str, str] | None] = {}

    def text(self, moment: datetime) -> str:
        """Return an aware time as text."""
        if moment.tzinfo is not timezone.utc:
            return self._exactly(moment)
        number = moment.toordinal() * 24 + moment.hour
        try:
            hour = self._hours[number]
        except KeyError:
            hour = self._remember(number, moment)
        if hour is None:
            return self._exactly(moment)
        before, shift, next_before, behind = hour
        minute = moment.minute + shift
        if minute >= 60:
            before, minute = next_before, minute - 60
        return f"{before}{_TWO_DIGITS[minute]}:{_TWO_DIGITS[moment.second]}{behind}"

    def _exactly(self, moment: datetime) -> str:
        return moment.astimezone(self._zone).isoformat(self._separator, "seconds")

    def _remember(
        self, number: int, moment: datetime
    ) -> tuple[str, int, str, str] | None:
        if len(self._hours) >= _REMEMBERED:
            self._hours.clear()
        start = moment.replace(minute=0, second=0, microsecond=0)
        hour = self._hours[number] = self._found(start)
        return hour

    def _found(self, start: datetime) -> tuple[str, int, str, str] | None:
        """Return what stands before the minutes of an hour, the minutes that the zone is
        ahead, what stands before those that are in its next hour, and what is behind;
        None for an hour in which a clock is turned, or one that minutes don't tell."""
        first, last = self._exactly(start), self._exactly(start + _ALMOST_AN_HOUR)
        behind = first[19:]
        if last[19:] != behind or len(behind) != len("+00:00"):
            return None
        return first[:14], int(first[14:16]), last[:14], behind
