"""What may go wrong while somebody reads in Volto, and sites whose hosts are not one."""

from tests.functional.reading import CALLBACK
from tests.functional.reading import HIDDEN
from tests.functional.reading import hide
from tests.functional.reading import open_and_report
from tests.functional.volto.volto_site import PASSWORD

import pytest
import re
import requests


BOARD = "/board-meeting"
AGENDA = f"{BOARD}/agenda"
RULES = "/house-rules"

TICKET = re.compile("clicktracker-ticket")


def errors_of(page):
    """Return a list that grows with what the console of a page says is wrong."""
    found = []
    page.on("console", lambda said: said.type == "error" and found.append(said.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def is_taken(response):
    """Is it the answer to what was read, and not to whether that may be sent?"""
    is_ours = CALLBACK.search(response.url) and response.request.method == "POST"
    return is_ours and response.ok


def is_first_of_another_page(view):
    """Make a test for the answer to a message of a page that was shown after a view."""
    return lambda answer: (
        is_taken(answer) and answer.request.post_data_json["view"] != view
    )


def told(page):
    """Have what was read told, as when the page is hidden; return the answer's status."""
    page.evaluate("window.isShown = true; dispatchEvent(new Event('beforeprint'))")
    with page.expect_response(CALLBACK) as answer:
        hide(page)
    return answer.value.status


@pytest.fixture
def fleeting(volto):
    """Return a function: the address of a paper of the board that is about to change."""

    def paper(title):
        answer = volto.rest(
            "POST", BOARD, **{"@type": "Document", "title": title, "description": "One"}
        )
        path = answer["@id"].removeprefix(volto.url)
        volto.rest("POST", f"{path}/@workflow/publish")
        return path

    return paper


def test_what_was_shown_is_what_was_read_whatever_becomes_of_it(volto, visit, fleeting):
    page = visit("alice")
    page.add_init_script(f"window.isShown = true; {HIDDEN}")
    errors = errors_of(page)

    path = fleeting("Is changed")
    assert open_and_report(page, volto.front + path).status == 200
    volto.rest("PATCH", path, description="Another")
    assert told(page) == 200
    assert volto.names(path, "older")["Alice Anders"]["printed"]

    path = fleeting("Is moved")
    assert open_and_report(page, volto.front + path).status == 200
    there = f"{BOARD}/earlier-meetings/@move"
    moved = volto.rest("POST", there, source=volto.url + path)[0]["target"]
    assert told(page) == 200
    now = moved.removeprefix(volto.url)
    assert volto.names(now, "read")["Alice Anders"]["printed"]

    path = fleeting("Is deleted")
    assert open_and_report(page, volto.front + path).status == 200
    volto.rest("DELETE", path)
    assert told(page) == 200
    volto.wait_until_stored()
    deleted = volto.rest("GET", "/@deleted-documents")
    assert "Is deleted" in [each["title"] for each in deleted["items"]]
    assert errors == []


@pytest.fixture
def split(volto):
    """Volto on one host and the API of Plone on another, below a path of it."""
    with volto.split() as front:
        yield front


def test_a_backend_on_another_host_and_a_cache_in_front_of_volto(volto, visit, split):
    page = visit()
    page.goto(f"{volto.split_front}/login")
    page.fill("#login", "bob")
    page.fill("#password", PASSWORD)
    page.click("#login-form-submit")
    page.get_by_role("link", name="Board meeting").first.wait_for()
    page.add_init_script(f"window.isShown = true; {HIDDEN}")
    errors = errors_of(page)

    # His token is in a cookie of Volto's, which the other host never gets.
    answer = open_and_report(page, volto.split_front + AGENDA)
    assert answer.url.startswith(f"{volto.split_api}/++api++/")
    assert answer.status == 200
    sent = next(headers for path, headers in split.posted if CALLBACK.search(path))
    assert sent["Authorization"].startswith("Bearer ")
    assert "auth_token" not in sent.get("Cookie", "")
    agenda = answer.request.post_data_json["view"]
    with page.expect_response(is_first_of_another_page(agenda)):
        page.get_by_role("link", name="Board meeting").first.click()
    assert errors == []

    # His ticket is too old: the page gets a fresh one from over there.
    split.expire(CALLBACK)
    page.evaluate("window.isShown = true; dispatchEvent(new Event('beforeprint'))")
    with (
        page.expect_response(TICKET) as fresh,
        page.expect_response(is_taken),
    ):
        hide(page)
    assert fresh.value.json()["ticket"]
    assert "Bob Berger" in volto.names(AGENDA, "read")
    readings = volto.readings(BOARD, "read")
    printed = {
        (each["reader"], each["document"]) for each in readings if each["printed"]
    }
    assert ("Bob Berger", "Board meeting") in printed

    # No cache keeps what was made for him, and a page for guests is one for all of them.
    assert not any(BOARD in path for path in split.kept)
    for user in ("alice", "carol"):
        cookies = {each["name"]: each["value"] for each in volto.log_in(user)}
        own = requests.get(volto.split_front + AGENDA, cookies=cookies)
        assert own.headers["Cache-Control"] == "private, no-store"
        assert '"ticket":"' in own.text
    assert not any(BOARD in path for path in split.kept)
    pages = [requests.get(volto.split_front + RULES).text for _ in range(2)]
    assert RULES in split.kept
    assert pages[0] == pages[1]
    assert '"ticket":"' not in pages[0]
    assert "Bob" not in pages[0]
