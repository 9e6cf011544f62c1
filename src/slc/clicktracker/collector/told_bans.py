"""``ToldBans``: what the Zope side of this process has told about who is banned."""

from collections.abc import Callable
from collections.abc import Iterator
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.collector.primed import TRUSTED
from slc.clicktracker.visitors.bans import BansInForce
from threading import Lock

import time


#: A site has one address, or some behind several host names, none of them deep in Zope.
MOST_ADDRESSES = 1000
LONGEST_ADDRESS = 500
_DEEPEST = 10

#: Zope goes by these to wherever they lead, also where it has a site for the host.
_ELSEWHERE = "/VirtualHostBase/"


class ToldBans:
    """Bans of sites, by the address of the site: host, and path as the server gives it.

    The WSGI side has no site and no ZODB: it knows only this. Sites without bans are
    not among them, and ``told`` is false as long as no site has any. ``clock`` counts
    seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.told: Bounded[str, tuple[BansInForce, float]] = Bounded(MOST_ADDRESSES)
        self._clock = clock
        self._lock = Lock()

    def tell(self, host: str, path: str, bans: BansInForce) -> None:
        """These hold now in the site at ``path`` of a host."""
        address = host + path
        if len(address) > LONGEST_ADDRESS:
            return
        with self._lock:
            if bans:
                self.told[address] = bans, self._clock() + TRUSTED
            else:
                self.told.pop(address, None)

    def at(self, host: str, path: str) -> BansInForce | None:
        """Return those of the site that a path is in, None when Zope has to be asked."""
        for prefix in _prefixes(path):
            bans, until = self.told.get(host + prefix, _NOTHING)
            if self._clock() < until:
                return bans
        return None


_NOTHING = None, float("-inf")


def _prefixes(path: str) -> Iterator[str]:
    """Yield the paths of what may be a site around a path, from the root on."""
    if not path.startswith(_ELSEWHERE):
        yield ""
    end = 0
    for _depth in range(_DEEPEST):
        end = path.find("/", end + 1)
        if end < 0:
            yield path
            return
        yield path[:end]
