"""``Primed``: what the Zope side of this process has told about its sites."""

from collections.abc import Callable
from dataclasses import dataclass
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.tickets.verdict import SiteRules
from threading import Lock

import time


#: Seconds after which what was told is not believed any more. A ban has to hold, and to
#: be lifted, within 10 seconds everywhere, and the transaction that told of it may have
#: been a moment old. A key that was rotated, a setting, a removed add-on take effect
#: within that time, too.
TRUSTED = 9.0

#: Seconds after which one request is let through to Zope to hear it anew, and in
#: which it may take its time before the next one is.
RENEWED = 6.0
PATIENCE = 2.0

#: A site has one address, or some behind several host names.
MOST_ADDRESSES = 1000
LONGEST_ADDRESS = 1000


@dataclass
class _Told:
    rules: SiteRules
    renew: float
    until: float


class Primed:
    """Rules of sites, by the address that beacons are posted to.

    The WSGI side has no site and no ZODB: it knows only this. An address is
    host and path of the request as the server gives them. ``clock`` counts seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: Bounded[str, _Told] = Bounded(MOST_ADDRESSES)
        self._lock = Lock()

    def tell(self, address: str, rules: SiteRules) -> None:
        """These are the rules at an address now.

        What no script would use is not remembered: Zope leaves out empty parts.
        """
        if len(address) > LONGEST_ADDRESS or "//" in address:
            return
        now = self._clock()
        with self._lock:
            self._told[address] = _Told(rules, now + RENEWED, now + TRUSTED)

    def forget(self) -> None:
        """Something has changed: whatever is asked for next is asked of Zope. A request that
        began before that may still tell what was so before, which is believed as long as
        all else."""
        with self._lock:
            self._told.clear()

    def rules_at(self, address: str) -> SiteRules | None:
        """Return the rules at an address, None when Zope has to be asked."""
        told = self._told.get(address)
        if told is None:
            return None
        now = self._clock()
        if now < told.renew:
            return told.rules
        with self._lock:
            if now >= told.until:
                self._told.pop(address, None)
                return None
            if now < told.renew:
                return told.rules
            told.renew = now + PATIENCE
        return None
