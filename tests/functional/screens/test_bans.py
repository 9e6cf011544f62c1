"""A manager bans an address in the middle of somebody's visit, and lifts that again."""

from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right
from tests.functional.waiting import wait_until

import pytest


MANAGER = {"X-Forwarded-For": "198.51.100.7"}
GUEST = {"X-Forwarded-For": "203.0.113.9"}


@pytest.fixture
def guest(sqlite_site, browse):
    page = browse(sqlite_site, extra_http_headers=GUEST)
    page.goto(f"{sqlite_site}/house-rules")
    assert page.get_by_role("heading", name="House rules").is_visible()
    return page


def test_somebody_is_banned_and_let_in_again(sqlite_site, browse, guest, shoot):
    manager = browse(
        sqlite_site, "manager", viewport=DESKTOP, extra_http_headers=MANAGER
    )
    manager.goto(f"{sqlite_site}/@@clicktracker-settings")
    manager.get_by_role("link", name="Bans", exact=True).click()
    manager.wait_for_selector("text=Nobody is banned.")
    looks_right(manager)
    manager.get_by_role("link", name="Ban an address").click()
    manager.get_by_label("Address or network").fill(MANAGER["X-Forwarded-For"])
    manager.get_by_role("button", name="Ban", exact=True).click()
    manager.wait_for_selector(
        "text=This network contains your own address, 198.51.100.7."
    )
    looks_right(manager)
    manager.get_by_label("Address or network").fill("203.0.113.0/24")
    manager.get_by_label("How long").select_option(label="1 week")
    manager.get_by_label("Note").fill("Tries one password after the other")
    manager.get_by_role("button", name="Ban", exact=True).click()
    manager.wait_for_selector("text=203.0.113.0/24 is banned.")
    looks_right(manager)
    shoot(manager, "bans")

    wait_until(lambda: guest.reload().status == 403)
    said = "Your network address is banned from this site."
    assert guest.locator("body").inner_text().strip() == said

    manager.get_by_role("button", name="Lift 203.0.113.0/24").click()
    manager.wait_for_selector("text=203.0.113.0/24 is no longer banned.")
    manager.locator("#earlier summary").click()
    assert manager.get_by_text("Lifted by").first.is_visible()
    looks_right(manager)
    wait_until(lambda: guest.reload().status == 200)
    assert guest.get_by_role("heading", name="House rules").is_visible()


def test_a_link_fills_in_the_form(sqlite_site, browse, shoot):
    manager = browse(
        sqlite_site, "manager", viewport=DESKTOP, extra_http_headers=MANAGER
    )
    manager.goto(f"{sqlite_site}/@@clicktracker-ban?network=2001:db8::/64")
    assert manager.get_by_label("Address or network").input_value() == "2001:db8::/64"
    looks_right(manager)
    shoot(manager, "ban-form")
