"""Waiting until a page has what it asks for by itself.

Playwright's "networkidle" does it as well, but half a second later.
"""

from playwright.sync_api import Page
from weakref import WeakKeyDictionary


#: Milliseconds, and how many times in a row nothing is under way after them.
MOMENT, MOMENTS = 40, 3

#: So many of them; then there are requests of which nobody is told how they end.
PATIENCE = 50

_under_way: WeakKeyDictionary[Page, set] = WeakKeyDictionary()


def watch(page: Page) -> None:
    """Know from now on which requests of a page are under way."""
    requests = _under_way[page] = set()
    page.on("request", lambda request: requests.add(request))
    for ends in ("requestfinished", "requestfailed"):
        page.on(ends, lambda request: requests.discard(request))


def settle(page: Page) -> None:
    """Wait until a page that is loaded has asked for nothing more for some moments; one
    that nobody has watched is left to Playwright."""
    page.wait_for_load_state()
    quiet = 0
    for _ in range(PATIENCE if page in _under_way else 0):
        page.wait_for_timeout(MOMENT)
        # What its scripts have to do comes before the answer.
        page.evaluate("1")
        quiet = 0 if _under_way[page] else quiet + 1
        if quiet == MOMENTS:
            return
    page.wait_for_load_state("networkidle")
