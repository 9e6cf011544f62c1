"""From the report to one reader, and to some of them only, in a real browser."""

from tests.functional.reading import open_and_report
from tests.functional.screen import DESKTOP
from tests.functional.screen import is_too_wide
from tests.functional.screen import looks_right
from tests.functional.screen import PHONE
from tests.functional.waiting import wait_until_stored

import pytest


PAPER = "/board-meeting/minutes"


@pytest.fixture
def manager(sqlite_site, browse):
    """The report of a paper that Bob has opened, in front of the manager."""
    open_and_report(browse(sqlite_site, "bob"), sqlite_site + PAPER)
    page = browse(sqlite_site, "manager", viewport=DESKTOP)
    wait_until_stored(page, sqlite_site)
    page.goto(f"{sqlite_site}{PAPER}/@@who-read-this")
    return page


def test_a_name_leads_to_all_that_is_known_of_the_reader(manager):
    manager.get_by_role("link", name="Bob Berger").click()
    manager.get_by_role("heading", name="What is known about a reader").wait_for()
    content = manager.locator("#content").inner_text()
    assert "This person is expected to read this." in content
    assert "opened once" in content
    assert manager.locator("#content tbody tr").count() >= 1
    looks_right(manager)
    manager.get_by_role("link", name="Back to the report").click()
    manager.wait_for_selector("#readers")


def test_the_list_is_narrowed_and_shown_whole_again(sqlite_site, manager):
    # Of a few readers nobody needs a filter.
    assert manager.locator(".clicktracker-filters").count() == 0
    manager.goto(f"{sqlite_site}{PAPER}/@@who-read-this?reader=b")
    manager.get_by_text("More filters").click()
    manager.get_by_label("Level reached").select_option("Finished")
    manager.get_by_label("Last opened from").fill("2026-01-31")
    manager.get_by_role("button", name="Filter").click()
    manager.get_by_text("Nobody matches these filters").wait_for()
    assert manager.get_by_label("Level reached").input_value() == "finished"
    assert manager.get_by_label("Last opened from").input_value() == "2026-01-31"
    looks_right(manager)
    manager.get_by_role("link", name="Show all").click()
    manager.get_by_role("link", name="Bob Berger").wait_for()


#: The list of a folder, whose chart is of readings, however few.
LISTED = "/board-meeting/@@who-read-this?view=list"


def test_the_chart_is_drawn_in_its_box_with_the_same_figures_beside_it(
    sqlite_site, manager
):
    assert manager.locator(".clicktracker-chart").count() == 0
    manager.goto(sqlite_site + LISTED)
    figure = manager.locator(".clicktracker-chart")
    canvas = figure.get_by_role("img", name="New readings")
    assert canvas.is_visible()
    for width in (1280, 390, 800):
        manager.set_viewport_size({"width": width, "height": 900})
        manager.wait_for_function(
            "canvas => Math.abs(canvas.clientWidth - canvas.parentElement.clientWidth) < 2",
            arg=canvas.element_handle(),
        )
        assert canvas.bounding_box()["height"] == 256
        assert not is_too_wide(manager)
    # A site may have a switch for dark colours.
    before = canvas.evaluate("canvas => canvas.toDataURL()")
    manager.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    assert canvas.evaluate("canvas => canvas.toDataURL()") != before
    manager.evaluate("delete document.documentElement.dataset.bsTheme")
    figure.get_by_text("The figures as a table").click()
    listed = manager.locator("#readers tbody tr")
    readers = str(listed.filter(has_not_text="not counted").count())
    (row,) = figure.locator("tbody tr").all()
    assert row.locator("td").all_inner_texts() == [readers, readers]
    # Of so few readers nobody is told how far they got.
    assert manager.locator(".clicktracker-profile").count() == 0
    looks_right(manager)


def test_without_a_script_there_is_the_table(sqlite_site, browse, manager):
    page = browse(sqlite_site, "manager", java_script_enabled=False)
    page.goto(sqlite_site + LISTED)
    assert not page.locator("canvas").is_visible()
    page.locator(".clicktracker-chart").get_by_text("The figures as a table").click()
    assert page.locator(".clicktracker-chart tbody tr").first.is_visible()


def test_on_a_phone_the_chart_is_folded_until_somebody_asks_for_it(
    sqlite_site, manager
):
    manager.set_viewport_size(PHONE)
    manager.goto(sqlite_site + LISTED)
    figure = manager.locator(".clicktracker-chart")
    canvas = figure.get_by_role("img", name="New readings", include_hidden=True)
    figure.get_by_text("Show the chart").wait_for()
    assert not canvas.is_visible()
    figure.get_by_text("Show the chart").click()
    assert canvas.is_visible() and canvas.bounding_box()["width"] > 200
    # Turned, it needs nothing to unfold it with.
    figure.get_by_text("Show the chart").click()
    manager.set_viewport_size(DESKTOP)
    canvas.wait_for()
    assert not figure.get_by_text("Show the chart").is_visible()
