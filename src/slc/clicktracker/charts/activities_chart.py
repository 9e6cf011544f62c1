"""Which part of all that two groups do is which activity, as a chart."""

from collections.abc import Sequence
from slc.clicktracker import _
from slc.clicktracker.charts.chart import Chart
from slc.clicktracker.charts.chart import Series


_FOLLOWED = _("Followed members (percent)")
_SAMPLE = _("Sample (percent)")


def activities_chart(
    titles: Sequence[str],
    followed: Sequence[float] | None,
    sample: Sequence[float] | None,
) -> Chart:
    """Return the chart of activities; a group that may not be shown is None."""
    groups = ((_FOLLOWED, followed), (_SAMPLE, sample))
    series = tuple(
        Series(title, tuple(round(100 * share) for share in shares))
        for title, shares in groups
        if shares is not None
    )
    title = _("Share of all events")
    return Chart(title, tuple(titles), series, _("Activity"), are_names=True)
