"""The lists of the report on visitors as files."""

from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.sites.looks import looks_at
from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.storage.model import Reader
from tests.browser.report.exported import exported
from tests.browser.report.exported import FORMATS
from tests.browser.visitors.october import looked_at
from tests.browser.visitors.october import OCTOBER
from tests.browser.visitors.october import october as october_at

import pytest
import transaction


REPORT = "/@@clicktracker-visitors-report"


@pytest.fixture
def file(october, visitor):
    """Return a function: a list of October as a file, for the manager."""
    manager = visitor("manager")

    def of(kind, ending, more=""):
        return manager.get(f"{REPORT}.{ending}?{OCTOBER}&list={kind}{more}")

    return of


def as_text(rows):
    """Return rows as every format has them, which CSV has as texts."""
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("ending", FORMATS)
def test_pages_with_their_figures(file, visitor, ending):
    site = visitor("manager").site_url
    found = exported(file("page", ending))
    assert found.titles == [
        "Title",
        "Address",
        "Link",
        "Note",
        "Page views",
        "Unique page views",
        "Time engaged (seconds)",
    ]
    rows = as_text(found.rows)
    assert rows[0][:4] == ["House rules", "/rules", f"{site}/rules", ""]
    assert [(row[1], *map(float, row[4:])) for row in rows] == [
        ("/rules", 3, 2, 360),
        ("/board/agenda", 2, 2, 60),
        ("/board/budget", 1, 0, 0),
        ("/nowhere", 1, 0, 0),
    ]


@pytest.mark.parametrize("ending", FORMATS)
def test_all_figures_of_each_step(file, ending):
    found = exported(file("time", ending, "&by=week"))
    assert found.titles[:4] == [
        "Week from",
        "Visits",
        "Visits of members",
        "Visits of guests with a cookie",
    ]
    assert len(found.titles) == 18
    rows = as_text(found.rows)
    assert [row[0] for row in rows][:3] == ["2026-09-28", "2026-10-05", "2026-10-12"]
    values = dict(zip(found.titles, rows[1], strict=True))
    assert float(values["Visits"]) == 3
    assert float(values["Return ratio (percent)"]) == 33.3
    assert float(values["Time on site, median (seconds)"]) == 240
    assert float(values["Pages per visit"]) == 1.67
    assert dict(zip(found.titles, rows[2], strict=True))["Pages per visit"] == ""


@pytest.mark.parametrize("kind", ["site", "browser", "system", "device"])
@pytest.mark.parametrize("ending", FORMATS)
def test_what_visitors_came_from_and_with(file, kind, ending):
    found = exported(file(kind, ending))
    assert found.titles[1:] == ["Visits", "Page views", "Time on site (seconds)"]
    assert sum(float(row[1]) for row in found.rows) == 3


@pytest.mark.parametrize("ending", FORMATS)
def test_members_are_named_and_that_is_an_opening_of_one_list(file, ending):
    found = exported(file("member", ending))
    (row,) = as_text(found.rows)
    assert row[:2] == ["Bob Berger", "bob"]
    assert [float(each) for each in row[4:]] == [2, 4, 660]
    transaction.begin()
    assert looks_at(Reader("bob")) == []
    (opened,) = openings_of(Reader("bob"), lambda listed: True)
    assert (opened.listed.what, opened.listed.as_file) == ("visits", ending)
    assert opened.names == 1


@pytest.mark.parametrize("ending", FORMATS)
def test_who_may_not_see_names_gets_none(file, october, ending):
    october.manage_permission(VIEW_READERS, [], acquire=0)
    transaction.commit()
    assert exported(file("member", ending)).titles[0] == "Title"
    assert b"erger" not in file("member", ending).content
    transaction.begin()
    assert looks_at(Reader("bob")) == []


def test_it_says_what_it_is_of_with_all_figures(file):
    about = exported(file("page", "json")).about
    assert (about["since"], about["until"]) == ("2026-10-01", "2026-10-31")
    assert about["before_since"] == "2026-08-31"
    assert (about["visits"], about["before_visits"]) == (3, 1)
    assert (about["return_ratio"], about["time_mean"]) == (33.3, 300.0)
    assert about["views_not_joined"] == 2
    assert "can't be joined into visits" in about["not_joined"]
    assert "the server noted the others" in about["source"]
    assert about["made_by_user"] == "admin"
    sheet = exported(file("page", "xlsx")).about
    assert (sheet["Visits"], sheet["Visits, before"]) == (3, 1)
    assert "can't be joined into visits" in sheet["Not joined"]
    assert "levels" not in about
    assert "No evidence" not in sheet


def test_all_rows_are_in_it(file, october):
    for number in range(600):
        looked_at(f"/page-{number:03}", october_at(8, 9), session="somebody")
    found = exported(file("page", "csv"))
    assert len(found.rows) == 604
    assert len({row[1] for row in found.rows}) == 604


@pytest.mark.parametrize("ending", FORMATS)
def test_it_is_named_by_list_and_days(file, ending):
    headers = file("browser", ending).headers
    assert headers["Cache-Control"] == "private, no-store"
    name = f"visitors-browser-2026-10-01-2026-10-31.{ending}"
    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_report_offers_each_format_with_what_is_chosen(october, visitor):
    page = visitor("manager").get(f"{REPORT}?{OCTOBER}&by=week&list=site").text
    for ending in FORMATS:
        asked = f"{OCTOBER}&by=week&list=site".replace("&", "&amp;")
        assert f"{REPORT}.{ending}?{asked}" in page
    assert "Print view" not in page
