"""A secretary chooses who is expected to read the papers, in a real browser."""

from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right

import pytest


BOARD = ["Alice Anders", "Bob Berger", "Carol Castillo", "Dave Dietrich"]


def people(page):
    return page.locator(".clicktracker-name").all_inner_texts()


def test_the_board_is_expected_to_read_its_papers(sqlite_site, browse):
    secretary = browse(sqlite_site, "secretary", viewport=DESKTOP)
    secretary.goto(f"{sqlite_site}/board-meeting/@@tracking")
    assert secretary.get_by_text("4 people are expected to read this.").is_visible()
    secretary.click("text=Who is expected, and who is excused")
    secretary.wait_for_selector("#expected")
    assert people(secretary) == BOARD
    assert secretary.get_by_text("Named: group Board.").is_visible()


@pytest.fixture
def minutes(sqlite_site, browse):
    """The audience of the minutes, open in the secretary's browser."""
    page = browse(sqlite_site, "secretary", viewport=DESKTOP)
    page.goto(f"{sqlite_site}/board-meeting/minutes/@@clicktracker-audience")
    return page


def save(page):
    with page.expect_navigation():
        page.click("[name='form.buttons.save']")


def test_people_are_named_with_the_keyboard_and_then_not_any_more(minutes):
    minutes.click("text=Change who is expected")
    minutes.wait_for_selector("input[value=inherit]:checked")
    chooser = minutes.locator("#formfield-form-widgets-users input.select2-input")
    chooser.wait_for(state="hidden")
    minutes.focus("input[value=inherit]")
    minutes.keyboard.press("ArrowDown")
    minutes.keyboard.press("ArrowDown")
    chooser.wait_for(state="visible")
    for beginning, name in [("ali", "Alice Anders"), ("car", "Carol Castillo")]:
        chooser.focus()
        minutes.keyboard.type(beginning)
        minutes.locator(".select2-highlighted", has_text=name).wait_for()
        minutes.keyboard.press("Enter")
        minutes.locator(".select2-search-choice", has_text=name).wait_for()
    save(minutes)
    assert people(minutes) == ["Alice Anders", "Carol Castillo"]
    minutes.click("text=Change who is expected")
    minutes.check("input[value=inherit]")
    chooser.wait_for(state="hidden")
    save(minutes)
    assert minutes.get_by_text("4 people are expected").first.is_visible()


def test_somebody_is_excused_and_the_exception_is_ended(minutes):
    minutes.locator("li", has_text="Bob Berger").get_by_text("Excuse").click()
    minutes.wait_for_selector(".select2-search-choice >> text=Bob Berger")
    minutes.fill("[name='form.widgets.reason']", "on leave until June")
    save(minutes)
    assert people(minutes) == ["Alice Anders", "Carol Castillo", "Dave Dietrich"]
    excused = minutes.locator("#excused")
    excused.locator("summary", has_text="End").click()
    assert excused.get_by_text("The exception stays in the list").is_visible()
    with minutes.expect_navigation():
        excused.get_by_role("button", name="End this exception").click()
    assert people(minutes) == BOARD
    assert "on leave until June" in minutes.locator("#earlier").inner_text()


SCREENS = (
    "/board-meeting/@@clicktracker-audience",
    "/board-meeting/minutes/@@clicktracker-audience",
    "/board-meeting/@@clicktracker-audience-rule",
    "/board-meeting/@@clicktracker-excuse?person=bob",
)


def test_the_screens_are_accessible_and_fit(sqlite_site, browse):
    page = browse(sqlite_site, "manager", viewport=DESKTOP)
    for path in SCREENS:
        page.goto(sqlite_site + path)
        # Plone's own widget makes this cross without a name; Backspace does the same.
        looks_right(page, exclude=[[".select2-search-choice-close"]])
