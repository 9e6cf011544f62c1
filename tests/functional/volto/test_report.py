"""The report in Volto says what it says in Plone itself and by REST."""

from tests.functional.reading import CALLBACK
from tests.functional.reading import open_and_report
from tests.functional.screen import is_too_wide
from tests.functional.screen import PHONE
from tests.functional.volto.report_screens import lists_in_plone
from tests.functional.volto.report_screens import lists_in_volto
from tests.functional.volto.report_screens import open_report
from tests.functional.volto.report_screens import problems_of
from tests.functional.volto.report_screens import readers_in_plone
from tests.functional.volto.report_screens import readers_in_volto

import pytest


BUDGET = "/board-meeting/budget"
REPORT = f"{BUDGET}/who-read-this"


@pytest.fixture
def readers(volto, visit):
    """Alice and Bob, who have opened the budget."""
    for user in ("alice", "bob"):
        page = visit(user)
        assert open_and_report(page, volto.front + BUDGET).status == 200
        page.close()
    volto.wait_until_stored()


def test_a_list_is_asked_for_by_its_address_and_says_the_same_everywhere(
    volto, visit, browse, readers
):
    page = visit("secretary")
    open_report(page, volto.front + REPORT)
    told = volto.rest("GET", f"{BUDGET}/@readers", "secretary")
    lists = {each["title"]: each["people"] for each in told["lists"]}
    titles = {each["name"]: each["title"] for each in told["levels"]}
    shown = readers_in_volto(page)
    assert lists_in_volto(page) == lists
    assert list(shown) == [each["reader"] for each in told["items"]]
    for each in told["items"]:
        level, _time, opened = shown[each["reader"]]
        assert (level, opened) == (titles[each["level"]], str(each["opened"]))
    for sentence in told["answer"]["sentences"]:
        assert page.get_by_text(sentence).is_visible()
    secretary = browse(volto.url, "secretary", reports=False)
    secretary.goto(f"{volto.url}{BUDGET}/@@who-read-this")
    assert lists_in_plone(secretary) == lists
    assert readers_in_plone(secretary) == shown
    assert problems_of(page) == []
    # In another order, in another list, and back again, without another page.
    page.get_by_role("link", name="Reader").first.click()
    page.wait_for_url("**sort_order=reverse**")
    page.locator('th[aria-sort="descending"]').wait_for()
    assert list(readers_in_volto(page)) == list(shown)[::-1]
    page.get_by_role("link", name="Not yet").last.click()
    page.get_by_role("columnheader", name="Served").wait_for()
    names = page.get_by_role("region", name="Readers").inner_text()
    assert "Carol Castillo" in names
    assert "Alice Anders" not in names
    page.go_back()
    page.locator('th[aria-sort="descending"]').wait_for()
    assert list(readers_in_volto(page)) == list(shown)[::-1]


def test_a_reader_of_the_list_has_a_history_on_any_screen(volto, visit, readers):
    page = visit("secretary", viewport=PHONE)
    open_report(page, volto.front + REPORT)
    assert not is_too_wide(page)
    assert problems_of(page) == []
    page.get_by_role("link", name="Alice Anders").click()
    page.locator("h1", has_text="What is known about a reader").wait_for()
    told = volto.rest("GET", f"{BUDGET}/@readers/alice", "secretary")
    openings = page.get_by_role("region", name="Every opening").locator("tbody tr")
    openings.first.wait_for()
    assert openings.count() == told["items_total"]
    assert not is_too_wide(page)
    assert problems_of(page) == []
    page.get_by_role("link", name="Back to the report").click()
    page.get_by_role("link", name="Bob Berger").wait_for()


def test_names_are_for_those_who_may_see_them(volto, visit, readers):
    for user in ("carol", "alice"):
        page = visit(user)
        page.goto(volto.front + REPORT)
        page.get_by_text("You are not allowed to see this.").wait_for()
    # Volto has fetched the page for the screen, but nobody was shown it.
    absent = volto.names(BUDGET, "absent")
    assert absent["Carol Castillo"]["served"] is None
    # From there it is shown, and read, as ever.
    with page.expect_response(CALLBACK) as answer:
        page.locator(".own-reading-about a").click()
    assert answer.value.status == 200
    guest = visit()
    guest.goto(volto.front + REPORT)
    guest.get_by_role("link", name="Log in to see this.").click()
    guest.fill("#login", "secretary")
    guest.fill("#password", "board-papers")
    guest.click("#login-form-submit")
    guest.get_by_role("link", name="Alice Anders").wait_for()
    assert guest.url == volto.front + REPORT
