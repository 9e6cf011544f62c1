"""A chart as JSON: what is drawn, and the figures for those who read them as a table."""

from collections.abc import Callable
from slc.clicktracker.charts.chart import Chart
from typing import Any
from zope.i18nmessageid import Message


def chart_json(
    chart: Chart | None, translated: Callable[[Message], str]
) -> dict[str, Any] | None:
    """Return a chart in the words of ``translated``, None for none."""
    if chart is None:
        return None

    def told(text: str) -> str:
        # A mere text, as a title of content is, stays as it is.
        return translated(text) if isinstance(text, Message) else text

    return {
        "title": told(chart.title),
        "label_title": told(chart.label_title),
        "labels": list(map(told, chart.labels)),
        "are_names": chart.are_names,
        "is_one_scale": chart.is_one_scale,
        "series": [
            {
                "title": told(each.title),
                "kind": each.kind,
                "values": list(each.values),
            }
            for each in chart.series
        ],
    }
