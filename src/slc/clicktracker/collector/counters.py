"""What happened to the beacons that this process has answered."""

from collections import Counter
from threading import Lock


_counts: dict[str, Counter[str]] = {}
_lock = Lock()

RECORDED = "recorded"


def count(site: str, what: str) -> None:
    """Count one beacon of a site as recorded or under the reason of its refusal."""
    with _lock:
        _counts.setdefault(site, Counter())[what] += 1


def counts(site: str) -> dict[str, int]:
    """Return how often each thing happened since this process started."""
    with _lock:
        return dict(_counts.get(site, ()))
