"""The figures of goals and variants, in the order in which they are shown."""

from operator import attrgetter
from slc.clicktracker import _
from slc.clicktracker.reports.statistics.figures import Figure
from slc.clicktracker.reports.statistics.figures import Kind


_PERCENT = _("Share (percent)")

READERS = Figure("readers", _("Readers who reached it"), attrgetter("readers"))
TIMES = Figure("times", _("Times"), attrgetter("times"))
SERVED = Figure("served", _("First served on these days"), attrgetter("served"))
OF_SERVED = Figure(
    "of_served", _("Of these, reached it"), attrgetter("of_served"), is_part=True
)
SHARE = Figure("share", _("Share"), attrgetter("share"), Kind.PERCENT, _PERCENT)

SHOWN = Figure("shown", _("Readers"), attrgetter("readers"))
REACHED = Figure("reached", _("Reached the goal"), attrgetter("reached"))
LOW = Figure(
    "share_from",
    _("Share at least (percent)"),
    lambda row: row.interval and row.interval.low,
    Kind.PERCENT,
)
HIGH = Figure(
    "share_to",
    _("Share at most (percent)"),
    lambda row: row.interval and row.interval.high,
    Kind.PERCENT,
)
RATIO = Figure("ratio", _("Ratio to the first"), attrgetter("ratio"), Kind.AVERAGE)
RATIO_LOW = Figure(
    "ratio_from",
    _("Ratio at least"),
    lambda row: row.ratio_interval and row.ratio_interval.low,
    Kind.AVERAGE,
)
RATIO_HIGH = Figure(
    "ratio_to",
    _("Ratio at most"),
    lambda row: row.ratio_interval and row.ratio_interval.high,
    Kind.AVERAGE,
)

OF_GOAL = (READERS, TIMES, SERVED, OF_SERVED)
OF_VARIANT = (SHOWN, REACHED, LOW, HIGH, RATIO, RATIO_LOW, RATIO_HIGH)
