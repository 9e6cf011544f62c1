"""Visits and page views over time, as a chart."""

from collections.abc import Sequence
from datetime import date
from slc.clicktracker import _
from slc.clicktracker.charts.chart import Chart
from slc.clicktracker.charts.chart import Series
from slc.clicktracker.charts.steps import DAY
from slc.clicktracker.charts.steps import MONTH
from slc.clicktracker.charts.steps import Step
from slc.clicktracker.charts.steps import WEEK
from slc.clicktracker.charts.steps import YEAR
from slc.clicktracker.storage.visits.statistics import VisitFigures


_TITLES = {
    DAY: _("Visits per day"),
    WEEK: _("Visits per week"),
    MONTH: _("Visits per month"),
    YEAR: _("Visits per year"),
}


def visits_chart(
    step: Step, bars: Sequence[date], figures: Sequence[VisitFigures]
) -> Chart:
    """Return the chart of some steps of time, each with its figures."""
    return Chart(
        _TITLES[step],
        tuple(map(step.label, bars)),
        (
            Series(_("Visits"), tuple(each.visits for each in figures)),
            Series(_("Unique visitors"), tuple(each.visitors for each in figures)),
            Series(_("Page views"), tuple(each.views for each in figures), "line"),
        ),
        step.title,
    )
