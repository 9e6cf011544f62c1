"""Somebody looks up who has declared what, in a real browser."""

from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right


SCREEN = "@@clicktracker-declarations"


def test_who_was_excused_and_by_whom_is_there_after_its_end(sqlite_site, browse):
    page = browse(sqlite_site, "secretary", viewport=DESKTOP)
    minutes = f"{sqlite_site}/board-meeting/minutes"
    page.goto(f"{minutes}/{SCREEN}")
    looks_right(page)
    page.goto(f"{minutes}/@@clicktracker-excuse?person=bob")
    page.wait_for_selector(".select2-search-choice >> text=Bob Berger")
    page.fill("[name='form.widgets.reason']", "has taken them himself")
    with page.expect_navigation():
        page.click("[name='form.buttons.save']")
    excused = page.locator("#excused li", has_text="has taken them himself")
    excused.locator("summary", has_text="End").click()
    with page.expect_navigation():
        excused.get_by_role("button", name="End this exception").click()
    page.goto(f"{minutes}/@@tracking")
    page.get_by_role("link", name="What was declared").click()
    declared = page.locator("li", has_text="has taken them himself").first
    assert "Bob Berger (bob)" in declared.inner_text()
    assert "Ended by Board Secretary (secretary)" in declared.inner_text()
    looks_right(page)
    page.click("text=Back to the tracking of this item")
    page.wait_for_url("**/minutes/@@tracking")
