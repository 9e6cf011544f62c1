"""A chart: a picture for those who see it, and a table for everybody."""

from plone import api
from slc.clicktracker.browser.chart import charts_url
from slc.clicktracker.browser.chart import render_chart
from slc.clicktracker.charts.chart import Chart
from slc.clicktracker.charts.chart import Series
from zope.i18nmessageid import Message

import json
import lxml.html
import pytest


CHART = Chart(
    "New readers",
    ("May 4", "May 5 <b>"),
    (Series("New", (3, 0)), Series("All", (3, 3), "line")),
    "Day",
)


@pytest.fixture
def figure(integration):
    """Return a function: a chart as it is on the page."""

    def of(chart):
        return lxml.html.fromstring(render_chart(chart, integration["request"]))

    return of


def test_the_table_has_every_figure(figure):
    rows = figure(CHART).findall(".//tr")
    assert [[cell.text for cell in row] for row in rows] == [
        ["Day", "New", "All"],
        ["May 4", "3", "3"],
        ["May 5 <b>", "0", "3"],
    ]


def test_the_script_finds_the_same_figures(figure):
    (canvas,) = figure(CHART).findall(".//canvas")
    assert json.loads(canvas.get("data-chart")) == {
        "labels": ["May 4", "May 5 <b>"],
        "labelTitle": "Day",
        "areNames": False,
        "isOneScale": False,
        "series": [
            {"title": "New", "values": [3, 0], "kind": "bar"},
            {"title": "All", "values": [3, 3], "kind": "line"},
        ],
    }


def test_who_can_not_see_the_picture_is_told_what_it_is_and_without_script_it_is_not_there(
    figure,
):
    found = figure(CHART)
    (canvas,) = found.findall(".//canvas")
    assert (canvas.get("role"), canvas.get("aria-label")) == ("img", "New readers")
    (drawn,) = canvas.xpath("ancestor::details")
    assert drawn.get("hidden") is not None
    assert found.find("figcaption").text == "New readers"


def test_texts_are_in_the_language_of_the_page(figure, integration):
    integration["request"]["LANGUAGE"] = "de"
    integration["request"].environ["HTTP_ACCEPT_LANGUAGE"] = "de"
    save = Message("label_save", "plone", default="Save")
    found = figure(Chart(save, (save,), (Series(save, (1,)),)))
    (canvas,) = found.findall(".//canvas")
    shown = json.loads(canvas.get("data-chart"))
    assert shown["labels"] == [shown["series"][0]["title"]]
    assert found.find("figcaption").text == canvas.get("aria-label")
    assert [cell.text for cell in found.findall(".//th")] == [shown["labels"][0]] * 2


def test_a_number_that_is_missing_is_an_error():
    with pytest.raises(ValueError, match="a number for each label"):
        Chart("New", ("May 4", "May 5"), (Series("New", (3,)),))


def test_the_address_of_the_script_changes_with_it(integration):
    site_url = api.portal.get().absolute_url()
    assert charts_url().startswith(f"{site_url}/++plone++slc.clicktracker/++unique++")
    assert charts_url().endswith("/charts.js")


def test_a_title_that_is_a_word_of_ours_as_well_is_not_translated(figure, integration):
    integration["request"]["LANGUAGE"] = "de"
    found = figure(Chart("Reader", ("Reader",), (Series("Reader", (1,)),)))
    assert found.find("figcaption").text == "Reader"
    assert found.find(".//tbody//th").text == "Reader"
