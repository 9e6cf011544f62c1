"""What happened to the beacons that this process has answered, and to its notes."""

from collections import Counter
from collections import defaultdict
from threading import Lock


#: A beacon was acknowledged; it was noted that a page or a file was served;
#: either of them was stored. All other names are reasons of refusal.
ACCEPTED = "accepted"
SERVED = "served"
STORED = "stored"


class Counters:
    """Counts by site, since the process started."""

    def __init__(self) -> None:
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._lock = Lock()

    def count(self, site: str, what: str, number: int = 1) -> None:
        """Add to a count of a site."""
        with self._lock:
            self._counts[site][what] += number

    def of(self, site: str) -> dict[str, int]:
        """Return the counts of a site."""
        with self._lock:
            return dict(self._counts.get(site, ()))

    def sites(self) -> list[str]:
        """Return the sites that anything was counted for."""
        with self._lock:
            return list(self._counts)
