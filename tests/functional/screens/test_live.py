"""The live feed in a browser: what a member does is on the manager's screen in seconds."""

from playwright.sync_api import expect
from tests.functional.reading import open_and_report
from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right

import pytest
import re


LIVE = "/@@clicktracker-live"
VISITS = "/@@clicktracker-visits"
LIST = re.compile("clicktracker-live.*list=1")

#: A policy that lets no inline code run, as strict sites have it.
POLICY = "script-src 'self'"

HIDDEN = """
Object.defineProperty(document, "hidden", { get: () => window.isHidden === true });
"""


@pytest.fixture
def manager(visited_site, browse):
    """The manager's browser with the feed open; its clock is the test's."""
    page = browse(visited_site, "manager", viewport=DESKTOP, reports=False)
    page.add_init_script(HIDDEN)
    page.clock.install()
    page.goto(visited_site + LIVE)
    return page


def after(page, seconds):
    """Let time pass on a page until it has the list that was due."""
    with page.expect_response(LIST) as answer:
        page.clock.run_for(seconds * 1000)
    assert answer.value.ok
    page.wait_for_load_state("networkidle")


def until_shown(page, text):
    """Let time pass until the list has a text."""
    for _ in range(20):
        after(page, 5)
        if page.locator("#clicktracker-feed li", has_text=text).count():
            return
    raise AssertionError(page.locator("#clicktracker-feed").inner_text())


def test_what_a_member_does_is_shown_without_a_reload(visited_site, manager, browse):
    manager.evaluate("window.isTheSamePage = true")
    bob = browse(visited_site, "bob")
    open_and_report(bob, f"{visited_site}/board-meeting/agenda")
    until_shown(manager, "/board-meeting/agenda")
    row = manager.locator("#clicktracker-feed li", has_text="/agenda").first
    assert manager.evaluate("window.isTheSamePage")
    row.get_by_role("link", name="Bob Berger").click()
    manager.get_by_text("The path of Bob Berger through this site").wait_for()


def test_whoever_uses_the_keyboard_stays_where_they_are(visited_site, manager, browse):
    open_and_report(browse(visited_site, "bob"), f"{visited_site}/board-meeting/agenda")
    until_shown(manager, "Bob Berger")
    link = manager.get_by_role("link", name="Bob Berger").first
    focused = link.get_attribute("id")
    link.focus()
    after(manager, 5)
    assert manager.evaluate("document.activeElement.id") == focused


@pytest.fixture
def asked(manager):
    """A list that grows with each time that the page asks for the list."""
    found = []
    manager.on("request", lambda r: LIST.search(r.url) and found.append(r.url))
    return found


def set_hidden(page, hidden):
    page.evaluate(
        """(hidden) => {
          window.isHidden = hidden;
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_a_hidden_tab_asks_for_nothing(manager, asked):
    after(manager, 5)
    set_hidden(manager, True)
    manager.clock.run_for(120_000)
    assert len(asked) == 1
    with manager.expect_response(LIST):
        set_hidden(manager, False)
    after(manager, 5)
    assert len(asked) == 3


def test_a_pause_lasts_until_it_is_ended(manager, asked):
    pause = manager.get_by_role("button", name="Pause")
    pause.click()
    expect(pause).to_have_attribute("aria-pressed", "true")
    manager.clock.run_for(60_000)
    assert asked == []
    # The page's clock goes on by itself, too.
    said = re.compile(r"Last updated 6\d s ago\.")
    expect(manager.locator("#content")).to_contain_text(said)
    with manager.expect_response(LIST):
        pause.click()
    after(manager, 5)
    assert "Last updated" not in manager.locator("#content").inner_text()


def test_it_says_when_the_site_does_not_answer(manager, asked):
    manager.route(LIST, lambda route: route.abort())
    manager.clock.run_for(5_000)
    status = manager.get_by_role("status").filter(has_text="doesn't answer")
    status.wait_for()
    # Less and less often: after 10, 20 and 40 seconds.
    for seconds in (10, 20, 40):
        manager.clock.run_for((seconds - 1) * 1000)
        before = len(asked)
        with manager.expect_event("requestfailed"):
            manager.clock.run_for(1_000)
        assert len(asked) == before + 1
    manager.clock.run_for(1_000)
    page = manager.locator("#content").inner_text()
    assert re.search(r"Last updated 7\d s ago\.", page)
    manager.unroute(LIST)
    after(manager, 60)
    expect(status).to_have_count(0)


def test_who_is_logged_out_is_told_and_asks_no_more(manager, asked):
    manager.context.clear_cookies()
    manager.clock.run_for(5_000)
    manager.get_by_text("You are no longer logged in.").wait_for()
    before = len(asked)
    manager.clock.run_for(120_000)
    assert len(asked) == before
    assert manager.locator("#clicktracker-feed").count() == 1


def test_nothing_in_it_is_inline(visited_site, browse):
    page = browse(visited_site, "manager", reports=False)

    def with_policy(route):
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": POLICY}
        route.fulfill(response=answer, headers=headers)

    page.route("**/@@clicktracker-live", with_policy)
    page.clock.install()
    page.goto(visited_site + LIVE)
    after(page, 5)


def test_without_a_script_there_is_a_link(visited_site, browse):
    page = browse(visited_site, "manager", java_script_enabled=False)
    page.goto(visited_site + LIVE)
    assert not page.get_by_role("button", name="Pause").is_visible()
    page.get_by_role("link", name="Refresh").click()
    page.get_by_text("On the site now:").wait_for()


def test_the_screens_are_accessible_and_fit(visited_site, browse, shoot):
    open_and_report(browse(visited_site, "bob"), f"{visited_site}/board-meeting/agenda")
    page = browse(visited_site, "manager", viewport=DESKTOP, reports=False)
    for path in (f"/board-meeting{LIVE}", VISITS, f"{VISITS}?person=bob", LIVE):
        page.goto(visited_site + path)
        looks_right(page)
    shoot(page, "live")
