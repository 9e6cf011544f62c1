"""Somebody looks up who has declared what, in a real browser."""

from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right

import pytest


def test_the_tracking_leads_to_what_was_declared_and_back(sqlite_site, browse):
    secretary = browse(sqlite_site, "secretary", viewport=DESKTOP)
    secretary.goto(f"{sqlite_site}/board-meeting/minutes/@@tracking")
    secretary.click("text=What was declared about this item")
    declared = secretary.locator("li", has_text="Minor change").inner_text()
    assert "says the same as:" in declared
    secretary.click("text=Back to the tracking of this item")
    secretary.wait_for_url("**/minutes/@@tracking")


@pytest.mark.parametrize("item", ["minutes", "lease.pdf", "agenda"])
def test_the_screen_is_accessible_and_fits(sqlite_site, browse, item):
    page = browse(sqlite_site, "manager", viewport=DESKTOP)
    page.goto(f"{sqlite_site}/board-meeting/{item}/@@clicktracker-declarations")
    looks_right(page)
