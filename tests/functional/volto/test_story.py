"""Volto shows the board's papers, and the report says who has read them, and how far."""

from base64 import urlsafe_b64decode
from demo.blocks import blocks_of
from tests.functional.reading import CALLBACK
from tests.functional.reading import collected
from tests.functional.reading import HIDDEN
from tests.functional.reading import hide
from tests.functional.reading import open_and_report
from tests.functional.reading import seen
from tests.functional.screen import violations
from tests.functional.volto.report_screens import lists_in_plone
from tests.functional.volto.report_screens import lists_in_volto
from tests.functional.volto.report_screens import open_report
from tests.functional.volto.report_screens import readers_in_plone
from tests.functional.volto.report_screens import readers_in_volto
from tests.functional.volto.volto_site import PASSWORD
from tests.functional.waiting import wait_until

import json
import requests


BOARD = "/board-meeting"
AGENDA = f"{BOARD}/agenda"
BUDGET = f"{BOARD}/budget"
MINUTES = f"{BOARD}/minutes"

#: Another text, of so few words that five seconds are enough, and more than a window holds.
SHORTER = "".join(f"<p>Item {number}.</p>" for number in range(12))
SMALL = {"width": 1280, "height": 400}

#: Milliseconds: the five seconds of the rule, and a little for two clocks that differ.
LONG_ENOUGH = 5_500


def stay(page):
    since = page.evaluate("performance.now()")
    page.wait_for_function(f"performance.now() > {since + LONG_ENOUGH}")


def follow(page, name, path):
    """Follow a link, as Volto does without another page; return the answer to what is
    reported of where it leads."""
    with page.expect_response(CALLBACK) as answer:
        page.get_by_role("link", name=name).first.click()
        page.wait_for_url(f"**{path}")
        page.locator("h1", has_text=name).wait_for()
    return answer.value


def pages_of(messages):
    """Return the addresses of the pages that were reported, one for each page view."""
    found = {}
    for message in messages:
        payload = message["ticket"].partition(".")[0]
        fields = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        found[message["view"]] = next(
            each for each in fields if str(each).startswith("/")
        )
    return list(found.values())


def test_the_report_names_each_rightly(volto, visit, browse):
    dave = visit("dave")
    assert open_and_report(dave, volto.front + AGENDA).status == 200
    dave.close()
    volto.rest("PATCH", AGENDA, **blocks_of(SHORTER))
    alice = visit(viewport=SMALL)
    alice.goto(f"{volto.front}/login")
    alice.fill("#login", "alice")
    alice.fill("#password", PASSWORD)
    alice.click("#login-form-submit")
    alice.get_by_role("link", name="Board meeting").first.wait_for()
    told = collected(alice)
    assert follow(alice, "Board meeting", BOARD).status == 200
    assert follow(alice, "Agenda", AGENDA).status == 200
    stay(alice)
    assert not any(each.get("ended") for each in told)
    alice.mouse.move(640, 300)
    alice.mouse.wheel(0, 20_000)
    alice.wait_for_function("scrollY > 100")
    seen(alice)
    # What is left is told when she goes on.
    with alice.expect_response(CALLBACK):
        alice.get_by_role("link", name="House rules").first.click()
    alice.locator("h1", has_text="House rules").wait_for()
    assert pages_of(told) == [BOARD, AGENDA]
    bob = visit("bob")
    assert open_and_report(bob, volto.front + AGENDA).status == 200
    bob.close()

    read = volto.names(AGENDA, "read")
    assert {name: each["level"] for name, each in read.items()} == {
        "Alice Anders": "finished",
        "Bob Berger": "opened",
    }
    assert [each["opened"] for each in read.values()] == [1, 1]
    assert list(volto.names(AGENDA, "absent")) == ["Carol Castillo"]
    assert list(volto.names(AGENDA, "older")) == ["Dave Dietrich"]
    # The same in the screens of Plone and of Volto.
    in_plone = browse(volto.url, "secretary", reports=False)
    in_plone.goto(f"{volto.url}{AGENDA}/@@who-read-this")
    in_volto = visit("secretary")
    open_report(in_volto, f"{volto.front}{AGENDA}/who-read-this")
    numbers = {"Read": 2, "Not yet": 1, "Older version": 1, "Excused": 0}
    assert lists_in_plone(in_plone) == lists_in_volto(in_volto) == numbers
    readers = readers_in_volto(in_volto)
    assert readers == readers_in_plone(in_plone)
    assert [(name, each[0]) for name, each in readers.items()] == [
        ("Alice Anders", "Finished"),
        ("Bob Berger", "Opened"),
    ]


def test_each_page_is_one_view_and_other_screens_are_none(volto, visit):
    page = visit("secretary")
    told = collected(page)
    assert open_and_report(page, volto.front + BOARD).status == 200
    assert follow(page, "Budget proposal", BUDGET).status == 200
    with page.expect_response(CALLBACK):
        page.go_back(wait_until="commit")
        page.locator("h1", has_text="Board meeting").wait_for()
    with page.expect_response(CALLBACK):
        page.go_forward(wait_until="commit")
        page.locator("h1", has_text="Budget proposal").wait_for()
    views = [BOARD, BUDGET, BOARD, BUDGET]
    assert pages_of(told) == views
    # Without a page that could tell anything, nothing is told.
    page.locator("#toolbar a.edit").click()
    page.wait_for_url("**/edit")
    page.locator(".block.title [contenteditable]").wait_for()
    page.locator("#toolbar button.cancel").wait_for()
    assert pages_of(told) == views
    with page.expect_response(CALLBACK):
        page.locator("#toolbar button.cancel").click()
    assert pages_of(told) == [*views, BUDGET]


def test_two_tabs_are_two_views_of_one_reader(volto, visit):
    one = visit("carol")
    other = one.context.new_page()
    for page in (one, other):
        assert open_and_report(page, volto.front + MINUTES).status == 200
    assert volto.names(MINUTES, "read")["Carol Castillo"]["opened"] == 2


def test_a_renewed_token_is_the_same_log_in_and_none_is_nobody(volto, visit):
    page = visit("bob")
    page.add_init_script(f"window.isShown = true; {HIDDEN}")
    assert open_and_report(page, volto.front + BUDGET).status == 200
    (before,) = [
        each["value"] for each in page.context.cookies() if each["name"] == "auth_token"
    ]
    # Tokens of the same second are the same.
    wait_until(lambda: volto.renewed(before) != before)
    renewed = volto.renewed(before)
    token = {"name": "auth_token", "value": renewed, "url": volto.front}
    page.context.add_cookies([token])
    with page.expect_response(CALLBACK) as answer:
        hide(page)
    assert answer.value.status == 200
    page.evaluate("window.isShown = true; dispatchEvent(new Event('focus'))")
    page.context.clear_cookies()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    with page.expect_response(CALLBACK) as answer:
        hide(page)
    refusal = answer.value.headers["x-clicktracker-refused"]
    assert (answer.value.status, refusal) == (403, "other-user")


def test_what_is_read_while_plone_is_down_is_told_once_it_is_back(volto, visit):
    page = visit("dave")
    assert open_and_report(page, volto.front + MINUTES).status == 200
    volto.end()
    with page.expect_response(CALLBACK) as answer:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert answer.value.status >= 500
    volto.start("--no-demo")
    page.wait_for_event(
        "response",
        lambda response: response.ok and CALLBACK.search(response.url),
        timeout=60_000,
    )
    assert volto.names(MINUTES, "read")["Dave Dietrich"]["printed"] is True


def test_who_is_asked_acknowledges_below_the_content(volto, visit, browse):
    secretary = browse(volto.url, "secretary", reports=False)
    secretary.goto(f"{volto.url}{MINUTES}/@@clicktracker-acknowledgement")
    secretary.check('input[name="choice"][value="ask"]')
    secretary.click('button[name="save"]')
    secretary.locator("text=Your choice was saved.").wait_for()
    page = visit("alice")
    page.goto(volto.front + MINUTES)
    page.get_by_role("button", name="Acknowledge").click()
    page.locator("text=You acknowledged this on").wait_for()
    assert violations(page, include=[["#view"]]) == []
    read = volto.names(MINUTES, "read")
    assert read["Alice Anders"]["acknowledged"]
    # The receipt is a screen of Plone, which has the same log-in.
    page.get_by_role("link", name="Your receipt").click()
    page.locator("h1", has_text="Receipt").wait_for()
    # And the notice leads to what is known of her.
    page.go_back()
    page.get_by_role("link", name="See what is recorded about you").click()
    page.locator("h1", has_text="What is recorded about you").wait_for()


def test_pages_of_members_are_kept_from_caches_and_those_of_guests_name_nobody(volto):
    cookies = {each["name"]: each["value"] for each in volto.log_in("bob")}
    of_member = requests.get(volto.front + AGENDA, cookies=cookies)
    assert of_member.headers["Cache-Control"] == "private, no-store"
    assert '"ticket":"' in of_member.text
    of_guest = requests.get(volto.front + AGENDA)
    assert "private" not in of_guest.headers.get("Cache-Control", "")
    assert '"tracked":true' in of_guest.text
    assert '"ticket":"' not in of_guest.text
