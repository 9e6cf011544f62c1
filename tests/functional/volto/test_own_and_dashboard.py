"""Members see in Volto what they have to read, and read it; a secretary sees how far all
are. All with the numbers of the services."""

from tests.functional.reading import CALLBACK
from tests.functional.screen import looks_right

import lxml.html
import pytest
import requests


BOARD = "/board-meeting"

BLOCK = {"@type": "ownReadingList", "headline": "For you"}
CLASS = "own-reading-list-block"
MOST = 5
SCREEN = {"include": [["#page-own-reading"]]}


@pytest.fixture
def start(volto):
    """A page with the block."""
    names = ("title", "list")
    blocks = dict(zip(names, ({"@type": "title"}, BLOCK), strict=True))
    made = volto.rest(
        "POST",
        "",
        **{"@type": "Document", "id": "start", "title": "Start"},
        blocks=blocks,
        blocks_layout={"items": names},
    )
    path = made["@id"].removeprefix(volto.url)
    volto.rest("POST", f"{path}/@workflow/publish")
    yield path
    volto.rest("DELETE", path)


def rows_of(page):
    """Return the words of each row of the list, by its first cell."""
    rows = page.locator(".own-reading-list tbody tr")
    rows.first.wait_for()
    return {
        row.locator("th a").first.inner_text(): row.inner_text() for row in rows.all()
    }


def test_what_is_to_be_read_is_on_page_and_block_until_it_is_read(volto, start, visit):
    page = visit("dave")
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    # Nothing of the list is in what the server makes, for members and for guests.
    made = lxml.html.fromstring(requests.get(volto.front + start, cookies=cookies).text)
    (block,) = made.find_class(CLASS)
    said = [each.text_content() for each in block]
    assert said == ["For you", "What you are expected to read"]
    guest = lxml.html.fromstring(requests.get(volto.front + start).text)
    assert guest.find_class(CLASS) == []

    def to_read():
        found = volto.rest("GET", "/@my-reading-list", "dave")["items"]
        return [each["title"] for each in found]

    def in_block():
        page.goto(volto.front + start)
        page.locator(f".{CLASS} li").first.wait_for()
        return page.locator(f".{CLASS} li a").all_inner_texts()

    before = to_read()
    first = before[0]
    assert in_block() == before[:MOST]
    page.get_by_role("link", name=f"All {len(before)}").click()
    assert list(rows_of(page)) == before
    looks_right(page, **SCREEN)
    with page.expect_response(CALLBACK):
        page.get_by_role("link", name=first).click()
        page.locator("h1", has_text=first).wait_for()
    volto.wait_until_stored()
    assert to_read() == before[1:]
    assert in_block() == before[1 : MOST + 1]
    page.goto(f"{volto.front}/my-reading-list?list=done")
    assert first in rows_of(page)
    # And it is recorded about him.
    page.goto(f"{volto.front}/my-reading")
    recorded = volto.rest("GET", "/@my-reading/readings", "dave")["items"]
    # Of two versions of one document there are two rows.
    titles = dict.fromkeys(row[0]["title"] for row in recorded)
    assert list(rows_of(page)) == list(titles)
    assert first in rows_of(page)
    looks_right(page, **SCREEN)


def test_the_dashboard_has_the_numbers_of_the_service(volto, visit):
    page = visit("secretary")
    page.goto(f"{volto.front}{BOARD}/clicktracker-dashboard")
    rows = rows_of(page)
    told = volto.rest("GET", f"{BOARD}/@reading-dashboard", "secretary")
    assert list(rows) == [each["title"] for each in told["items"]]
    for each in told["items"]:
        levels = [level["title"] for level in each["levels"]]
        said = [each["share"] or "", *levels, *each["notes"]]
        assert all(text in rows[each["title"]] for text in said), each["title"]
    shown = page.locator(".own-reading-cards").inner_text()
    assert all(sentence in shown for card in told["sentences"] for sentence in card)
    looks_right(page, **SCREEN)
    page.get_by_role("link", name="Document", exact=True).click()
    page.wait_for_url("**order=title")
    page.locator("th[aria-sort]", has_text="Document").wait_for()
    page.get_by_role("link", name="Members", exact=True).click()
    page.wait_for_url("**/clicktracker-dashboard-members")
    page.locator("th", has_text="Not known to be read").wait_for()
    members = volto.rest("GET", f"{BOARD}/@reading-dashboard-members", "secretary")
    rows = rows_of(page)
    for each in members["items"]:
        assert {str(each["missing"]), each["share"]} <= set(
            rows[each["name"]].replace("\t", "\n").split("\n")
        )
    looks_right(page, **SCREEN)
    first = members["items"][0]
    page.get_by_role("link", name=first["name"]).click()
    page.get_by_role("heading", name=first["name"]).wait_for()
    assert page.locator("h2 ~ ul li").count() == first["missing"]
