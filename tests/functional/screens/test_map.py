"""The map in a browser: on the demo site with its made-up visitors."""

from playwright.sync_api import expect
from tests.functional.reading import open_and_report
from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right

import pytest
import re


MAP = "/@@clicktracker-map"
LIST = re.compile("clicktracker-map.*list=1")

#: A policy that lets no inline code run and asks nobody else.
POLICY = "script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'"


@pytest.fixture
def manager(visited_site, browse):
    """The manager's browser with the map open; its clock is the test's."""
    page = browse(visited_site, "manager", viewport=DESKTOP, reports=False)
    page.clock.install()
    page.goto(visited_site + MAP)
    return page


def after(page, seconds):
    """Let time pass on a page until it has the list that was due."""
    with page.expect_response(LIST) as answer:
        page.clock.run_for(seconds * 1000)
    assert answer.value.ok
    page.wait_for_load_state("networkidle")


def circles(page):
    """Return where each place is on the map, and how large."""
    return page.locator("svg circle").evaluate_all(
        """all => Object.fromEntries(all.map((each) => [
          each.textContent,
          ["cx", "cy", "r"].map((name) => Number(each.getAttribute(name))),
        ]))"""
    )


def entry(page, city):
    return page.locator("#clicktracker-places > ol > li", has_text=city)


def test_every_place_of_the_list_is_on_the_map(manager):
    titles = manager.locator("#clicktracker-places h3").all_inner_texts()
    assert len(titles) > 8 and titles[-1] == "Place not known"
    found = circles(manager)
    assert set(found) == set(titles) - {"Place not known"}
    # West and east, north and south are where they should be, and many are a large circle.
    x, y, size = zip(
        *(
            found[name]
            for name in (
                "New York, United States",
                "Hamburg, Germany",
                "Wellington, New Zealand",
            )
        ),
        strict=True,
    )
    assert x[0] < x[1] < x[2]
    assert y[1] < y[0] < y[2]
    assert max(size) == size[1]


def test_it_can_be_looked_at_more_closely(manager):
    before = circles(manager)
    button = manager.get_by_role("button", name="Zoom in")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    closer = circles(manager)

    def apart(found):
        one, other = found["Hamburg, Germany"], found["Copenhagen, Denmark"]
        return abs(one[0] - other[0])

    assert apart(closer) > 3 * apart(before)
    button.click()
    assert circles(manager) == before


def test_an_entry_and_its_circle_are_marked_together(manager):
    entry(manager, "Hamburg").hover()
    marked = manager.locator("svg circle").evaluate_all(
        "all => all.filter((one) => one.style.fillOpacity === '1')"
        ".map((one) => one.textContent)"
    )
    assert marked == ["Hamburg, Germany"]
    entry(manager, "Wellington").get_by_role("link").first.focus()
    expect(entry(manager, "Wellington")).to_have_class(re.compile("bg-body-secondary"))


def test_who_comes_is_on_the_map_without_a_reload(visited_site, manager, browse):
    manager.evaluate("window.isTheSamePage = true")
    size = circles(manager)["Wellington, New Zealand"][2]
    headers = {"X-Forwarded-For": "203.0.113.77"}
    bob = browse(visited_site, "bob", extra_http_headers=headers)
    open_and_report(bob, f"{visited_site}/board-meeting/agenda")
    for _ in range(20):
        after(manager, 5)
        if entry(manager, "Wellington").get_by_text("Bob Berger").count():
            break
    else:
        raise AssertionError(manager.locator("#clicktracker-places").inner_text())
    assert manager.evaluate("window.isTheSamePage")
    assert circles(manager)["Wellington, New Zealand"][2] > size
    entry(manager, "Wellington").get_by_role("link", name="Bob Berger").click()
    manager.get_by_text("The path of Bob Berger through this site").wait_for()


def test_whoever_uses_the_keyboard_stays_where_they_are(manager):
    link = entry(manager, "Hamburg").get_by_role("link", name="Alice Anders")
    focused = link.get_attribute("id")
    link.focus()
    after(manager, 5)
    assert manager.evaluate("document.activeElement.id") == focused


def test_a_pause_lasts_until_it_is_ended(manager):
    asked = []
    manager.on("request", lambda r: LIST.search(r.url) and asked.append(r.url))
    manager.get_by_role("button", name="Pause").click()
    manager.clock.run_for(60_000)
    assert asked == []


def test_it_asks_nobody_else_and_needs_no_inline_code(visited_site, browse):
    page = browse(visited_site, "manager", reports=False)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    def with_policy(route):
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": POLICY}
        route.fulfill(response=answer, headers=headers)

    page.route(f"**{MAP}", with_policy)
    page.clock.install()
    page.goto(visited_site + MAP)
    after(page, 5)
    assert len(circles(page)) > 8
    here = visited_site.removesuffix("/Plone")
    assert [url for url in asked if not url.startswith((here, "data:"))] == []


def test_without_a_script_there_is_the_list(visited_site, browse):
    page = browse(visited_site, "manager", java_script_enabled=False)
    page.goto(visited_site + MAP)
    assert not page.locator("svg[role=img]").is_visible()
    assert not page.get_by_role("button", name="Pause").is_visible()
    page.get_by_role("link", name="Refresh").click()
    entry(page, "Hamburg").wait_for()


def test_the_map_is_accessible_and_fits(visited_site, browse, shoot):
    page = browse(visited_site, "manager", viewport=DESKTOP, reports=False)
    page.goto(visited_site + MAP)
    assert page.get_by_role("img", name="A map of the world").is_visible()
    looks_right(page)
    shoot(page, "map")
    page.get_by_role("button", name="Zoom in").click()
    looks_right(page)
