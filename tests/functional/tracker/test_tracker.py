"""What the script does in a real Chromium."""

from datetime import datetime
from datetime import timedelta
from tests.functional.reading import CALLBACK
from tests.functional.reading import collected
from tests.functional.reading import HIDDEN
from tests.functional.reading import hide
from tests.functional.reading import open_and_report
from tests.functional.waiting import wait_until

import pytest
import re


TICKET = re.compile("clicktracker-ticket")


PRERENDERED = """
Object.defineProperty(document, "prerendering", { get: () => !window.isActivated });
"""

#: How many messages are on their way, for which the script has no answer yet.
ON_THE_WAY = """
window.onTheWay = 0;
const send = window.fetch;
window.fetch = async (address, ...rest) => {
  if (!address.includes("clicktracker-callback")) return send(address, ...rest);
  window.onTheWay += 1;
  try { return await send(address, ...rest); } finally { window.onTheWay -= 1; }
};
"""


@pytest.fixture
def agenda(sqlite_site):
    return f"{sqlite_site}/board-meeting/agenda"


@pytest.fixture
def bob(browse, sqlite_site):
    return browse(sqlite_site, "bob")


def kept(answer):
    """Is it the answer to a beacon that was kept?"""
    return answer.status == 200 and bool(CALLBACK.search(answer.url))


def test_one_message_for_a_page_load(bob, agenda):
    sent = collected(bob)
    open_and_report(bob, agenda)
    bob.wait_for_load_state("networkidle")
    assert len(sent) == 1
    assert set(sent[0]) == {"ticket", "view", "engaged", "depth"}
    assert (sent[0]["engaged"], sent[0]["depth"]) == (0, 0)
    open_and_report(bob, agenda)
    assert sent[0]["view"] != sent[-1]["view"]


def test_who_leaves_reports_totals_of_the_same_view_once(bob, agenda):
    bob.clock.install()
    bob.add_init_script(f"window.isShown = true; {HIDDEN}")
    sent = collected(bob)
    open_and_report(bob, agenda)
    bob.clock.run_for(7000)
    bob.mouse.wheel(0, 10_000)
    with bob.expect_response(CALLBACK) as answer:
        hide(bob)
    assert answer.value.status == 200
    bob.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    opened, left = sent
    assert (left["ticket"], left["view"]) == (opened["ticket"], opened["view"])
    assert opened["engaged"] < 7000 <= left["engaged"] < 9000
    assert opened["depth"] <= left["depth"] <= 100


def test_time_in_the_background_is_not_counted(bob, agenda):
    bob.clock.install()
    bob.add_init_script(f"window.isShown = true; {HIDDEN}")
    sent = collected(bob)
    open_and_report(bob, agenda)
    for _ in range(2):
        bob.clock.run_for(1000)
        with bob.expect_response(CALLBACK):
            hide(bob)
        bob.clock.run_for(100_000)
        bob.evaluate(
            "window.isShown = true;"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    assert [message["engaged"] // 1000 for message in sent] == [0, 1, 2]


@pytest.mark.parametrize("status", [503, 429, 403])
def test_leaving_is_not_reported_where_the_server_asked_to_wait_or_refused(
    bob, agenda, status
):
    bob.clock.install()
    bob.add_init_script(f"window.isShown = true; {HIDDEN}")
    sent = collected(bob)
    reply = {"status": status, "headers": {"Retry-After": "60"}}
    answers(bob, CALLBACK, [reply])
    bob.goto(agenda, wait_until="networkidle")
    bob.clock.run_for(7000)
    hide(bob)
    bob.wait_for_load_state("networkidle")
    assert len(sent) == 1


def test_a_page_in_the_background_waits_until_it_is_looked_at(bob, agenda):
    sent = collected(bob)
    bob.add_init_script(HIDDEN)
    bob.goto(agenda, wait_until="networkidle")
    assert sent == []
    with bob.expect_response(CALLBACK) as answer:
        bob.evaluate(
            "window.isShown = true;"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    assert answer.value.status == 200
    assert len(sent) == 1


def test_a_prerendered_page_waits_until_it_is_shown(bob, agenda):
    sent = collected(bob)
    bob.add_init_script(PRERENDERED)
    bob.goto(agenda, wait_until="networkidle")
    assert sent == []
    with bob.expect_response(CALLBACK):
        bob.evaluate(
            "window.isActivated = true;"
            "document.dispatchEvent(new Event('prerenderingchange'))"
        )
    assert len(sent) == 1


def test_coming_back_to_a_page_is_another_view_of_it(bob, agenda):
    sent = collected(bob)
    open_and_report(bob, agenda)
    with bob.expect_response(CALLBACK) as answer:
        bob.evaluate(
            "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
        )
    assert answer.value.status == 200
    first, last = sent[0], sent[-1]
    assert first["ticket"] == last["ticket"]
    assert first["view"] != last["view"]
    assert last["engaged"] == 0


def answers(page, pattern, replies):
    """Answer the first requests with these replies, the others as the site does."""
    replies = iter(replies)

    def handle(route):
        reply = next(replies, None)
        if reply is None:
            route.continue_()
        elif reply == "lost":
            route.abort()
        else:
            route.fulfill(**reply)

    page.route(pattern, handle)


def stop_the_clock(page):
    """Let no time pass in pages that are opened from now on but by ``run_for``."""
    page.clock.install()
    page.clock.pause_at(datetime.now() + timedelta(seconds=1))
    page.add_init_script(ON_THE_WAY)


def seconds_until(page, sent, messages):
    """Let the page's clock, which was stopped, run until so many messages were sent and
    answered; return for how many seconds."""
    for second in range(100):
        wait_until(lambda: page.evaluate("onTheWay") == 0)
        if len(sent) >= messages:
            return second
        page.clock.run_for(1000)
    raise AssertionError(f"only {len(sent)} messages were sent")


def much_later(page):
    """Let an hour pass at once, as while a laptop sleeps, and then some seconds more: each of
    the hour's ticks, which have nothing to do, would take a millisecond of ours."""
    page.clock.fast_forward(3_600_000)
    page.clock.run_for(5000)


@pytest.mark.parametrize(
    "failure",
    ["lost", {"status": 503}, {"status": 429}, {"status": 500}],
    ids=["network", "503", "429", "500"],
)
def test_what_could_not_be_delivered_is_tried_again_with_the_same_view(
    bob, agenda, failure
):
    stop_the_clock(bob)
    sent = collected(bob)
    answers(bob, CALLBACK, [failure, failure])
    bob.goto(agenda, wait_until="networkidle")
    assert len(sent) == 1
    # At most a quarter later, a tick of the script and one of ours.
    assert seconds_until(bob, sent, 2) in range(5, 10)
    with bob.expect_response(kept):
        assert seconds_until(bob, sent, 3) in range(10, 17)
    assert len({message["view"] for message in sent}) == 1


def test_the_wish_to_wait_longer_is_honoured(bob, agenda):
    bob.clock.install()
    sent = collected(bob)
    answers(bob, CALLBACK, [{"status": 503, "headers": {"Retry-After": "60"}}])
    bob.goto(agenda, wait_until="networkidle")
    bob.clock.run_for(59_000)
    assert len(sent) == 1
    with bob.expect_response(kept):
        bob.clock.run_for(17_000)


@pytest.mark.parametrize("status", [400, 403, 404, 413])
def test_a_refusal_is_final(bob, agenda, status):
    bob.clock.install()
    sent = collected(bob)
    answers(bob, CALLBACK, [{"status": status}])
    bob.goto(agenda, wait_until="networkidle")
    much_later(bob)
    bob.wait_for_load_state("networkidle")
    assert len(sent) == 1


def test_it_gives_up_after_a_while(bob, agenda):
    stop_the_clock(bob)
    sent = collected(bob)
    answers(bob, CALLBACK, ["lost"] * 50)
    bob.goto(agenda, wait_until="networkidle")
    for attempts in range(2, 6):
        seconds_until(bob, sent, attempts)
    much_later(bob)
    assert len(sent) == 5


def test_a_ticket_that_is_too_old_is_replaced(bob, agenda):
    sent = collected(bob)
    answers(bob, CALLBACK, [{"status": 410}])
    with bob.expect_response(kept):
        bob.goto(agenda)
    first, second = sent
    assert first["view"] == second["view"]
    assert first["ticket"] != second["ticket"]


def test_a_page_that_shows_an_outdated_version_reports_nothing(bob, agenda):
    sent = collected(bob)
    answers(bob, CALLBACK, [{"status": 410}])
    outdated = {"json": {"ticket": None, "outdated": True}}
    answers(bob, TICKET, [outdated])
    bob.goto(agenda, wait_until="networkidle")
    assert len(sent) == 1


def test_it_works_under_a_strict_content_security_policy(bob, agenda):

    def restrict(route):
        answer = route.fetch()
        policy = {"Content-Security-Policy": "script-src 'self'"}
        route.fulfill(response=answer, headers={**answer.headers, **policy})

    bob.route(agenda, restrict)
    assert open_and_report(bob, agenda).status == 200


def test_nobody_is_tracked_without_a_log_in(browse, sqlite_site, agenda):
    page = browse(sqlite_site)
    sent = collected(page)
    page.goto(agenda, wait_until="networkidle")
    assert page.locator("script[data-endpoint]").count() == 0
    assert sent == []
