"""How sure the figures of a split are, by SciPy, which only this needs."""

from importlib.util import find_spec
from math import isfinite
from slc.clicktracker import _
from typing import NamedTuple


#: How sure an interval is: of many of them so many have the true value.
CONFIDENCE = 0.95

MISSING = _(
    "Confidence intervals need SciPy, which is not installed: pip install "
    '"slc.clicktracker[splits]". The numbers are right without it, but they don\'t say '
    "whether a difference is more than chance."
)


class Interval(NamedTuple):
    """From where to where a value may be."""

    low: float
    high: float

    def has(self, value: float) -> bool:
        return self.low <= value <= self.high


def can_tell() -> bool:
    """Is SciPy installed? It is imported, which takes a second, where it is needed first."""
    return find_spec("scipy") is not None


def share_interval(reached: int, readers: int) -> Interval | None:
    """Return where the share may be of all those who might be shown it, by Wilson; None
    without SciPy, or anybody."""
    if not can_tell() or not readers:
        return None
    from scipy.stats import binomtest

    found = binomtest(reached, readers).proportion_ci(CONFIDENCE, method="wilson")
    return Interval(float(found.low), float(found.high))


def ratio_interval(
    reached: int, readers: int, of_reached: int, of_readers: int
) -> Interval | None:
    """Return where the ratio of two shares may be, the second one being that of
    ``of_reached`` of ``of_readers``; None without SciPy, and where one of them is none."""
    if not can_tell() or not (reached and of_reached):
        return None
    from scipy.stats.contingency import relative_risk

    risk = relative_risk(reached, readers, of_reached, of_readers)
    found = Interval(*map(float, risk.confidence_interval(CONFIDENCE)))
    return found if all(map(isfinite, found)) else None
