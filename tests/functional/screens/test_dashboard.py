"""The demo after ``make run``: the dashboard shows what its members have read."""

from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right

import pytest


DASHBOARD = "/board-meeting/@@clicktracker-dashboard"
MEMBERS = "/board-meeting/@@clicktracker-dashboard-members"


def table(page):
    """Return what is known of each entry of the table, by its name."""
    return {
        row.locator("th a").inner_text(): row.locator("td").all_inner_texts()
        for row in page.locator("#content-core table.table-striped tbody tr").all()
    }


@pytest.fixture
def secretary(demo_site, browse):
    page = browse(demo_site, "secretary", viewport=DESKTOP)
    page.goto(demo_site + DASHBOARD)
    return page


def test_the_secretary_finds_the_dashboard_of_her_folder(demo_site, browse):
    page = browse(demo_site, "secretary", viewport=DESKTOP)
    page.goto(f"{demo_site}/board-meeting/@@tracking")
    page.click("text=Reading dashboard")
    page.get_by_role("heading", name="Tracked documents").wait_for()


def test_how_far_the_board_is_with_its_papers(secretary, shoot):
    secretary.locator("canvas").wait_for(state="visible")
    secretary.set_viewport_size({"width": 1280, "height": 1180})
    shoot(secretary, "dashboard")
    found = {title: cells[1][:6] for title, cells in table(secretary).items()}
    assert found["Agenda"] == "2 of 4"
    assert found["Budget proposal"] == "2 of 4"
    assert found["Minutes of the last meeting"] == "3 of 4"
    assert found["Lease of the boathouse (draft)"] == "2 of 3"
    assert len(found) == 9


def test_the_trend_is_drawn_and_told(secretary):
    secretary.locator("canvas").wait_for(state="visible")
    secretary.click("text=The figures as a table")
    rows = secretary.locator("figure tbody tr")
    assert rows.count() == 52
    secretary.click("text=30 days")
    secretary.locator("figure tbody tr").nth(29).wait_for(state="attached")
    assert secretary.locator("figure tbody tr").count() == 30


def test_a_search_keeps_the_order_and_the_period(secretary):
    secretary.click("text=13 weeks")
    secretary.get_by_role("link", name="Document", exact=True).click()
    secretary.locator("th[aria-sort] a", has_text="Document").wait_for()
    # Of nine documents nobody needs a search.
    assert secretary.locator("#clicktracker-search").count() == 0
    address = secretary.url.partition("#")[0]
    secretary.goto(f"{address}&search=meeting")
    secretary.fill("#clicktracker-search", "minutes")
    secretary.get_by_role("button", name="Show").click()
    secretary.get_by_role("link", name="Show all").wait_for()
    assert list(table(secretary)) == [
        "Minutes of the last meeting",
        "Minutes of the meeting in July",
    ]
    sorted_by = secretary.locator("th[aria-sort=ascending]").inner_text()
    assert sorted_by.startswith("Document")
    active = secretary.locator("nav[aria-label=Period] .active")
    assert active.inner_text() == "13 weeks"


def test_carol_who_never_came_is_most_behind(secretary):
    secretary.get_by_role("link", name="Members", exact=True).click()
    secretary.get_by_role("row", name="Carol Castillo").wait_for()
    found = table(secretary)
    assert next(iter(found)) == "Carol Castillo"
    assert found["Carol Castillo"] == ["9", "0 of 9"]
    secretary.get_by_role("link", name="Dave Dietrich").click()
    secretary.get_by_role("heading", name="Dave Dietrich").wait_for()
    missing = secretary.locator("#content-core li").all_inner_texts()
    assert missing == ["Agenda", "Budget proposal"]


def test_bob_is_excused_from_the_lease(demo_site, secretary):
    secretary.goto(f"{demo_site}/board-meeting/lease.pdf/@@clicktracker-audience")
    assert "Rows in the club" in secretary.locator("#excused").inner_text()


def test_dave_has_read_the_agenda_before_it_was_changed(demo_site, secretary):
    secretary.goto(f"{demo_site}/board-meeting/agenda/@@who-read-this?tab=older")
    row = secretary.get_by_role("row", name="Dave Dietrich")
    assert "one version behind" in row.inner_text()


def test_who_manages_the_site_finds_the_dashboard_in_the_menu(demo_site, browse):
    manager = browse(demo_site, "manager", viewport=DESKTOP)
    manager.goto(demo_site)
    link = manager.locator("a", has_text="Reading dashboard").first
    manager.goto(link.get_attribute("href"))
    assert manager.get_by_text("Tracked content in this site.").is_visible()


def test_the_screens_are_accessible_and_fit(demo_site, browse):
    page = browse(demo_site, "secretary", viewport=DESKTOP)
    for path in (DASHBOARD, MEMBERS, f"{MEMBERS}?member=dave"):
        page.goto(demo_site + path)
        looks_right(page)
