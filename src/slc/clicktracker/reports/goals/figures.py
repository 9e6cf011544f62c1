"""The figures of goals and variants, in the order in which they are shown."""

from collections.abc import Callable
from operator import attrgetter
from slc.clicktracker import _
from slc.clicktracker.reports.goals.intervals import Interval
from slc.clicktracker.reports.statistics.figures import Figure
from slc.clicktracker.reports.statistics.figures import Kind
from typing import Any
from zope.i18nmessageid import Message


READERS = Figure("readers", _("Readers who reached it"), attrgetter("readers"))
TIMES = Figure("times", _("How often it was reached"), attrgetter("times"))
SERVED = Figure("served", _("First served in this period"), attrgetter("served"))
OF_SERVED = Figure(
    "of_served", _("Of these, reached the goal"), attrgetter("of_served"), is_part=True
)
SHARE = Figure(
    "share",
    _("Share"),
    attrgetter("share"),
    Kind.PERCENT,
    _("Share (percent)"),
    keeps_digits=True,
)

SHOWN = Figure("shown", _("Readers"), attrgetter("readers"))
REACHED = Figure("reached", _("Reached the goal"), attrgetter("reached"))


def _bound(
    name: str,
    title: Message,
    kind: Kind,
    of: Callable[[Any], Interval | None],
    end: int,
) -> Figure:
    def value(row: Any) -> float | None:
        interval = of(row)
        return None if interval is None else interval[end]

    return Figure(name, title, value, kind, keeps_digits=True)


_SHARES = Kind.PERCENT, attrgetter("interval")
LOW = _bound("share_from", _("Share at least (percent)"), *_SHARES, 0)
HIGH = _bound("share_to", _("Share at most (percent)"), *_SHARES, 1)
RATIO = Figure(
    "ratio",
    _("Ratio to the first"),
    attrgetter("ratio"),
    Kind.AVERAGE,
    keeps_digits=True,
)
_RATIOS = Kind.AVERAGE, attrgetter("ratio_interval")
RATIO_LOW = _bound("ratio_from", _("Ratio at least"), *_RATIOS, 0)
RATIO_HIGH = _bound("ratio_to", _("Ratio at most"), *_RATIOS, 1)

OF_GOAL = (READERS, TIMES, SERVED, OF_SERVED)
OF_VARIANT = (SHOWN, REACHED)

INTERVAL = (LOW, HIGH)
RATIOS = (RATIO, RATIO_LOW, RATIO_HIGH)
