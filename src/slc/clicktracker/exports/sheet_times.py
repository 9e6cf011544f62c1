"""Very many times as a sheet counts them, in one time zone."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from datetime import tzinfo


#: Quarters of hours that are remembered.
_REMEMBERED = 20_000

#: Where a sheet begins to count its days.
_START = datetime(1899, 12, 30)


class SheetTimes:
    """Says times by the second as the number of days that a sheet has for them, which knows
    no time zone, between two texts.

    A time zone is asked once for each quarter of an hour of UTC: within one, no clock is
    turned.
    """

    def __init__(self, zone: tzinfo, before: str, behind: str) -> None:
        self._zone = zone
        self._before = before
        self._behind = behind
        self._quarters: dict[int, int] = {}

    def text(self, moment: datetime) -> str:
        """Return an aware time as text."""
        if moment.tzinfo is not timezone.utc:
            moment = moment.astimezone(timezone.utc)
        minutes, minute = divmod(moment.minute, 15)
        number = (moment.toordinal() * 24 + moment.hour) * 4 + minutes
        try:
            start = self._quarters[number]
        except KeyError:
            start = self._remember(number, moment)
        days = (start + minute * 60 + moment.second) / 86_400
        return f"{self._before}{days:.10f}{self._behind}"

    def _remember(self, number: int, moment: datetime) -> int:
        """Return the seconds until a quarter of an hour begins."""
        if len(self._quarters) >= _REMEMBERED:
            self._quarters.clear()
        minute = moment.minute // 15 * 15
        local = moment.replace(minute=minute, second=0, microsecond=0)
        passed = local.astimezone(self._zone).replace(tzinfo=None) - _START
        self._quarters[number] = found = passed // timedelta(seconds=1)
        return found
