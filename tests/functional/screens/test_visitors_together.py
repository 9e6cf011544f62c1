"""Two members and two guests in browsers of their own, one of whom is banned in the middle:
what is counted of them is the same wherever it is told."""

from tests.functional.reading import open_and_report
from tests.functional.reading import seen
from tests.functional.screen import DESKTOP
from tests.functional.waiting import wait_until
from tests.functional.waiting import wait_until_stored

import pytest
import re


#: Who comes from where: the demo's database of places knows these networks.
CAROL = ("carol", "192.0.2.5")
DAVE = ("dave", "198.51.100.5")
WELCOME_GUEST = (None, "203.0.113.5")
BANNED_GUEST = (None, "203.0.113.70")
MANAGER = ("manager", "198.51.100.200")

AGENDA = "/board-meeting/agenda"
BUDGET = "/board-meeting/budget"
RULES = "/house-rules"


@pytest.fixture
def open_browser(visited_site, browse):
    """Return a function: a page in the browser of somebody with a network address."""

    def open_(who, **options):
        user, address = who
        headers = {"X-Forwarded-For": address}
        return browse(visited_site, user, extra_http_headers=headers, **options)

    return open_


@pytest.fixture
def manager(open_browser):
    return open_browser(MANAGER, reports=False, viewport=DESKTOP)


@pytest.fixture
def told(visited_site, manager):
    """Return a function: all that the site tells of its visitors, as numbers."""

    def numbers():
        feed, places, report = (
            manager.request.get(f"{visited_site}/@@clicktracker-{name}.json").json()
            for name in ("live", "map", "visitors-report")
        )
        said = manager.request.get(f"{visited_site}{AGENDA}/@@clicktracker-visitors")
        on_page, on_site = map(int, re.findall(r"\d+", said.text()))
        return {
            "feed": {
                "page views": feed["total"],
                **{who: feed["now"][who] for who in ("members", "guests")},
            },
            "map": {
                place["name"]: (place["members"], place["guests"])
                for place in places["places"]
            },
            "report": {
                name: report["about"][name]
                for name in (
                    *("visits_of_members", "visits_of_guests", "members", "guests"),
                    *("views", "views_in_visits", "unique_views"),
                )
            },
            "on the agenda": on_page,
            "on the site": on_site,
        }

    return numbers


def look_at(page, url):
    """Open a page and look at it, so that there is something to be told of it later: by
    then a guest has the cookie."""
    assert open_and_report(page, url).ok
    page.wait_for_load_state()
    seen(page)


def difference(before, after):
    if isinstance(after, dict):
        found = {
            name: difference(before.get(name, type(value)()), value)
            for name, value in after.items()
        }
        return {name: value for name, value in found.items() if value}
    if isinstance(after, tuple):
        each = zip(before or (0, 0), after, strict=True)
        found = tuple(now - then for then, now in each)
        return found if any(found) else None
    return after - before


def test_feed_map_report_and_pages_tell_the_same(
    visited_site, open_browser, manager, told
):
    wait_until_stored(manager, visited_site)
    before = told()
    carol, dave, guest, unwanted = map(
        open_browser, (CAROL, DAVE, WELCOME_GUEST, BANNED_GUEST)
    )
    for browser, path in (
        *((carol, BUDGET), (carol, AGENDA), (dave, AGENDA), (dave, AGENDA)),
        *((guest, RULES), (guest, AGENDA), (unwanted, RULES), (unwanted, RULES)),
    ):
        look_at(browser, visited_site + path)

    manager.goto(f"{visited_site}/@@clicktracker-live")
    ban = manager.get_by_role("link", name=f"Ban {BANNED_GUEST[1]}").first
    wait_until(lambda: manager.reload() and ban.count())
    ban.click()
    manager.get_by_role("button", name="Ban", exact=True).click()
    manager.wait_for_selector(f"text={BANNED_GUEST[1]} is banned.")
    wait_until(lambda: unwanted.goto(visited_site + AGENDA).status == 403)
    # Who is welcome goes on, from next door even.
    look_at(guest, visited_site + RULES)

    expected = {
        "feed": {"page views": 9, "members": 2, "guests": 2},
        "map": {
            "Hamburg, Germany": (1, 0),
            "Rotterdam, Netherlands": (1, 0),
            "Singapore": (0, 1),
            "Wellington, New Zealand": (0, 1),
        },
        "report": {
            "visits_of_members": 2,
            "visits_of_guests": 2,
            "members": 2,
            "guests": 2,
            "views": 9,
            "views_in_visits": 9,
            # Carol's two pages, Dave's one, the welcome guest's two, and the rules.
            "unique_views": 6,
        },
        # The guest has gone on to the rules.
        "on the agenda": 2,
        "on the site": 4,
    }
    wait_until_stored(manager, visited_site)
    assert difference(before, told()) == expected
