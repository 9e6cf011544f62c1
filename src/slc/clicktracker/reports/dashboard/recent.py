"""``Recent``: which of the tracked documents have changed since Monday."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from heapq import nlargest
from slc.clicktracker.reports.asked import beginning_of
from slc.clicktracker.tracking.tracked import TrackedDocument
from typing import Any


#: So many are named.
MOST_NAMED = 3


@dataclass(frozen=True)
class Recent:
    """Of so many documents that have ``changed`` since a ``monday``, the ``latest`` ones, the
    last changed first; the last one of all where none has."""

    monday: date
    changed: int
    latest: tuple[TrackedDocument, ...]

    @classmethod
    def of(
        cls, documents: Iterable[TrackedDocument], today: date, zone: Any
    ) -> "Recent":
        """Look at documents; days are those of a time zone. On a Monday it is about the
        week before."""
        yesterday = today - timedelta(days=1)
        monday = yesterday - timedelta(days=yesterday.weekday())
        begins = beginning_of(monday, zone).timestamp()
        # Numbers alone are compared: there may be thousands.
        moments = [
            (each.item.known("modified").timeTime(), place, each)
            for place, each in enumerate(documents)
        ]
        changed = sum(moment >= begins for moment, _place, _each in moments)
        latest = nlargest(min(max(changed, 1), MOST_NAMED), moments)
        return cls(monday, changed, tuple(each for _moment, _place, each in latest))

    @property
    def more(self) -> int:
        """How many have changed besides those that are named."""
        return self.changed - len(self.latest)
