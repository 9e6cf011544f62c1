"""A chart on a page, with its figures as a table beside it."""

from dataclasses import replace
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.charts.chart import Chart
from typing import Any
from zope.i18n import translate

import json


def render_chart(chart: Chart, request: Any) -> str:
    """Return the HTML of a chart. The page needs the script of ``charts_url``."""
    return _ChartView(api.portal.get(), request).of(chart)


def charts_url() -> str:
    """Return the address of the script that draws the charts of a page.

    It belongs into the slot ``javascript_head_slot``, with ``defer``.
    """
    return static_url(api.portal.get().absolute_url(), "charts.js")


class _ChartView(BrowserView):
    _template = ViewPageTemplateFile("chart.pt")

    def of(self, chart: Chart) -> str:
        shown = Chart(
            self._translated(chart.title),
            tuple(map(self._translated, chart.labels)),
            tuple(
                replace(each, title=self._translated(each.title))
                for each in chart.series
            ),
            self._translated(chart.label_title),
            chart.are_names,
            chart.is_one_scale,
        )
        return self._template(chart=shown, data=_data(shown), rows=_rows(shown))

    def _translated(self, text: str) -> str:
        """Return the words of a message; a mere text, as a title is, stays as it is."""
        return translate(text, context=self.request) if text else ""


def _data(chart: Chart) -> str:
    """Return what the script reads."""
    series = [
        {"title": each.title, "values": each.values, "kind": each.kind}
        for each in chart.series
    ]
    return json.dumps(
        {
            "labels": chart.labels,
            "labelTitle": chart.label_title,
            "areNames": chart.are_names,
            "isOneScale": chart.is_one_scale,
            "series": series,
        }
    )


def _rows(chart: Chart) -> list[tuple[str, tuple[int, ...]]]:
    """Return each label with the numbers that belong to it."""
    columns = (each.values for each in chart.series)
    return list(zip(chart.labels, zip(*columns, strict=True), strict=True))
