"""``VisitRules``: what a door knows of a site whose pages report visits."""

from datetime import timedelta
from datetime import timezone
from datetime import tzinfo
from functools import lru_cache
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.visitors.rules import VisitorRules
from typing import NamedTuple


#: Whether guests get a cookie that joins their page views into visits.
NEVER = "never"
CONSENT = "consent"
ALWAYS = "always"


class VisitRules(NamedTuple):
    """How page views are recorded.

    ``whose`` decides whose are. ``gap`` is how long nothing may happen within one visit,
    ``guest_cookie`` one of ``NEVER``, ``CONSENT`` and ``ALWAYS``; ``queries`` says that
    query strings are recorded as well. ``clock`` is the time zone of the site.
    """

    whose: VisitorRules
    gap: timedelta = timedelta(minutes=30)
    guest_cookie: str = NEVER
    queries: bool = False
    clock: tzinfo = timezone.utc

    def ahead(self, arrived: int) -> int:
        """Return how many seconds the site's clock is ahead of UTC at a time, which is
        microseconds since 1970."""
        return _ahead(self.clock, arrived // 1_000_000)


@lru_cache(maxsize=100)
def _ahead(clock: tzinfo, second: int) -> int:
    """Many page views come within a second, and no clock is changed in the middle of one."""
    moment = from_microseconds(second * 1_000_000)
    offset = moment.astimezone(clock).utcoffset()
    return round(offset.total_seconds()) if offset else 0
