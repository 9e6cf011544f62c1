"""A chart as JSON: what is drawn, and the figures for those who read them as a table."""

from slc.clicktracker.charts.chart import Chart
from slc.clicktracker.exports.words import Words
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.rest.screens.parts import told


def chart_said(chart: Chart) -> Part:
    """Return a chart with its messages, as a part of a screen."""
    return {
        "title": chart.title,
        "label_title": chart.label_title,
        "labels": list(chart.labels),
        "are_names": chart.are_names,
        "is_one_scale": chart.is_one_scale,
        "series": [
            {
                "title": each.title,
                "kind": each.kind,
                "values": list(each.values),
            }
            for each in chart.series
        ],
    }


def chart_json(chart: Chart | None, words: Words) -> Part | None:
    """Return a chart in the words of somebody, None for none."""
    return None if chart is None else told(chart_said(chart), words)
