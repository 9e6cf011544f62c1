"""How many messages a reader or an address may send: token buckets."""

from collections.abc import Callable
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.tickets.verdict import Reason
from slc.clicktracker.tickets.verdict import Refused
from slc.clicktracker.tickets.verdict import SiteRules
from threading import Lock

import math
import time


#: Buckets that are kept; the one that was used longest ago is given up first.
MOST_BUCKETS = 20_000


#: What is left of a minute's messages, and when that was.
Buckets = Bounded[tuple, tuple[float, float]]


class Limits:
    """The buckets of one process.

    A bucket holds what may be sent in a minute and fills up evenly. ``clock``
    counts seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # Apart, as addresses can be made up without end.
        self._readers: Buckets = Bounded(MOST_BUCKETS)
        self._addresses: Buckets = Bounded(MOST_BUCKETS)
        self._lock = Lock()

    def charge_reader(self, rules: SiteRules, user: str, folder: str) -> None:
        """Take one message of a reader. Raises ``Refused`` when there is none left."""
        self._charge(self._readers, (rules.site, folder, user), rules.reader_limit)

    def charge_address(self, rules: SiteRules, address: str) -> None:
        """Take one message of an address; of an unknown one ("") nothing is taken."""
        if address:
            self._charge(self._addresses, (rules.site, address), rules.address_limit)

    def _charge(self, buckets: Buckets, who: tuple, per_minute: int) -> None:
        if not per_minute:
            return
        now = self._clock()
        with self._lock:
            left, at = buckets.get(who, (per_minute, now))
            left = min(left + (now - at) * per_minute / 60, per_minute)
            allowed = left >= 1
            buckets[who] = (left - 1 if allowed else left), now
        if not allowed:
            raise Refused(Reason.TOO_MANY, math.ceil((1 - left) * 60 / per_minute))
