"""A paper that was read is deleted, and its readers are found all the same."""

from tests.functional.reading import open_and_report
from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right
from tests.functional.screen import violations
from tests.functional.waiting import wait_until_stored

import pytest


DASHBOARD = "/@@clicktracker-dashboard"
TITLE = "Letter of the architect"


@pytest.fixture(scope="session")
def letter(sqlite_site, browse_all_along):
    """The title of a paper that Bob has opened and the manager has deleted then."""
    manager = browse_all_along(sqlite_site, "manager", reports=False)
    manager.goto(f"{sqlite_site}/board-meeting/++add++Document")
    manager.fill("[name='form.widgets.IDublinCore.title']", TITLE)
    with manager.expect_navigation():
        manager.click("#form-buttons-save")
    address = manager.url.removesuffix("/view")
    publish = manager.locator("a[href*='workflow_action=publish']").first
    manager.goto(publish.get_attribute("href"))
    bob = browse_all_along(sqlite_site, "bob")
    open_and_report(bob, address)
    wait_until_stored(manager, sqlite_site)
    manager.goto(f"{address}/delete_confirmation")
    with manager.expect_navigation():
        manager.click("#form-buttons-Delete")
    for page in (manager, bob):
        page.context.close()
    return TITLE


@pytest.fixture
def manager(sqlite_site, letter, browse):
    """The dashboard of the site, in front of the manager."""
    page = browse(sqlite_site, "manager", viewport=DESKTOP)
    page.goto(sqlite_site + DASHBOARD)
    return page


def open_letter(page):
    """Open the report of the letter."""
    page.get_by_role("link", name="Deleted documents").click()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("heading", name="Who read this").wait_for()


def test_the_manager_finds_it_in_the_dashboard_of_the_site(manager):
    open_letter(manager)
    manager.go_back()
    row = manager.locator("#content-core tbody tr", has_text=TITLE)
    assert "/board-meeting/letter-of-the-architect" in row.inner_text()
    assert row.locator("td").first.inner_text() == "1"
    looks_right(manager)
    manager.get_by_label("Title or address").fill("LETTER-OF")
    manager.get_by_role("button", name="Show").click()
    manager.get_by_role("link", name="Show all").wait_for()
    assert manager.locator("#content-core tbody tr").count() == 1
    manager.get_by_label("Title or address").fill("minutes of 1750")
    manager.get_by_role("button", name="Show").click()
    manager.get_by_text("No title or address contains").wait_for()
    assert violations(manager) == []


def test_its_report_names_bob(manager):
    open_letter(manager)
    assert manager.get_by_text("This document is deleted.").is_visible()
    manager.get_by_role("link", name="Bob Berger").wait_for()
    looks_right(manager)
    # Of one reader nobody needs a filter.
    assert manager.get_by_label("Name or user id").count() == 0
    manager.goto(f"{manager.url.partition('#')[0]}&reader=b")
    manager.get_by_label("Name or user id").fill("alice")
    manager.get_by_role("button", name="Filter").click()
    manager.get_by_text("Nobody matches these filters").wait_for()
    manager.get_by_role("link", name="Show all").click()
    manager.get_by_role("link", name="Bob Berger").click()
    manager.get_by_role("heading", name="What is known about a reader").wait_for()
    assert TITLE in manager.locator("#content").inner_text()
    looks_right(manager)
    manager.get_by_role("link", name="Back to the report").click()
    manager.get_by_role("link", name="Bob Berger").wait_for()


def test_its_readers_are_exported_and_printed(manager):
    open_letter(manager)
    manager.get_by_role("button", name="Export").click()
    with manager.expect_download() as download:
        manager.get_by_role("link", name="CSV").click()
    text = download.value.path().read_text("utf-8-sig")
    assert "Bob Berger" in text and TITLE in text
    manager.get_by_role("button", name="Export").click()
    manager.get_by_role("link", name="Print view").click()
    manager.get_by_role("button", name="Print").wait_for()
    assert "Bob Berger" in manager.locator("main").inner_text()
    manager.get_by_role("link", name="Back to the report").click()
    manager.get_by_text("This document is deleted.").wait_for()


def test_an_address_of_nothing_says_so(sqlite_site, manager):
    manager.goto(f"{sqlite_site}/@@clicktracker-deleted-document?uid=never-was")
    manager.get_by_text("No deleted document is known here").wait_for()
    looks_right(manager)
    manager.get_by_role("link", name="All deleted documents").click()
    manager.get_by_role("heading", name="Reading dashboard").wait_for()


def test_the_secretary_of_a_folder_is_not_offered_it(sqlite_site, letter, browse):
    page = browse(sqlite_site, "secretary")
    page.goto(f"{sqlite_site}/board-meeting{DASHBOARD}")
    page.get_by_role("link", name="Members", exact=True).wait_for()
    assert page.get_by_role("link", name="Deleted documents").count() == 0
    page.goto(f"{sqlite_site}/@@clicktracker-deleted")
    assert TITLE not in page.content()
