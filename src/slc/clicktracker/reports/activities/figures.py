"""The figures of an activity, in the order in which they are shown."""

from operator import attrgetter
from slc.clicktracker import _
from slc.clicktracker.reports.statistics.figures import Figure
from slc.clicktracker.reports.statistics.figures import Kind


RATE = Figure("rate", _("Events per member"), attrgetter("rate"), Kind.AVERAGE)
SHARE = Figure(
    "share",
    _("Share"),
    attrgetter("share"),
    Kind.PERCENT,
    _("Share of all events (percent)"),
)

#: Of one group: the values of ``Figures``.
OF_GROUP = (
    RATE,
    SHARE,
    Figure("runs", _("Runs per member"), attrgetter("runs"), Kind.AVERAGE),
    Figure("members", _("Members who did it"), attrgetter("sums.members")),
    Figure("events", _("Events"), attrgetter("sums.events")),
)

#: Of both: the value of a ``Row``.
RATIO = Figure(
    "ratio",
    _("Ratio"),
    attrgetter("ratio"),
    Kind.AVERAGE,
    _("Ratio of events per member"),
)
