"""Somebody sets a deadline in a real browser, and a member has it in a calendar."""

from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right
from tests.functional.screen import PHONE


def test_a_deadline_is_set_corrected_and_ended(sqlite_site, browse):
    page = browse(sqlite_site, "secretary", viewport=DESKTOP)
    page.goto(f"{sqlite_site}/board-meeting/agenda/@@tracking")
    page.click("text=By when this is to be read")
    looks_right(page)
    page.fill("#clicktracker-day", "2020-05-31")
    page.fill("#clicktracker-time", "18:30")
    page.get_by_role("button", name="Set the deadline").click()
    error = page.locator("#clicktracker-day-error")
    assert error.inner_text() == "This is in the past. Choose something later."
    looks_right(page)
    year = page.evaluate("new Date().getFullYear() + 1")
    page.fill("#clicktracker-day", f"{year}-05-31")
    page.check("text=Finished")
    with page.expect_navigation():
        page.get_by_role("button", name="Set the deadline").click()
    assert page.locator(f"text=To be read by: May 31, {year} 06:30 PM (UTC)").count()
    looks_right(page)
    page.click("#end summary")
    page.fill("#clicktracker-end_reason", "No vote")
    with page.expect_navigation():
        page.get_by_role("button", name="End this deadline").click()
    assert page.locator("text=There is no deadline for this item").is_visible()
    page.get_by_role("link", name="What was declared").click()
    page.locator("li", has_text="No vote").first.wait_for()


def test_a_member_has_a_private_address_for_a_calendar(sqlite_site, browse):
    page = browse(sqlite_site, "bob", viewport=PHONE)
    page.goto(f"{sqlite_site}/@@my-deadlines")
    looks_right(page)
    with page.expect_navigation():
        page.click("text=Make a private address")
    address = page.input_value("#clicktracker-address")
    looks_right(page)
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    page.click("text=Withdraw or replace it")
    looks_right(page)
    with page.expect_navigation():
        page.click("text=Withdraw the address")
    assert page.request.get(address).status == 404
