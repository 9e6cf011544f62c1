"""Waiting until something holds."""

import time


PATIENCE = 20


def wait_until(holds, page=None):
    """Wait until ``holds()``. What a route answers, or what is heard of a page, needs the
    ``page``: Playwright does either only while it is asked for something.
    """
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        if page:
            page.evaluate("1")
        time.sleep(0.01)


def wait_until_stored(manager, site):
    """Wait until nothing lies between what was accepted and the storage."""

    def nothing_waits():
        status = manager.request.get(f"{site}/@@clicktracker-status")
        return status.json()["total"]["spooled"] == 0

    wait_until(nothing_waits)
