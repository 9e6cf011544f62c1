"""What a reader does with a page in a real Chromium."""

import json
import re


CALLBACK = re.compile("clicktracker-callback")

HIDDEN = """
Object.defineProperty(document, "visibilityState", {
  get: () => window.isShown ? "visible" : "hidden",
});
"""


def open_and_report(page, url):
    """Open a page and wait until its beacon is answered; return the answer."""
    with page.expect_response(CALLBACK) as answer:
        page.goto(url)
    return answer.value


def collected(page, pattern=CALLBACK):
    """Return a list that grows with the messages that the page sends."""
    found = []
    page.on(
        "request",
        lambda request: (
            pattern.search(request.url) and found.append(json.loads(request.post_data))
        ),
    )
    return found


def hide(page):
    page.evaluate(
        "window.isShown = false;document.dispatchEvent(new Event('visibilitychange'))"
    )


def seen(page):
    """Wait until the page's observers have been told what is to be seen now."""
    page.evaluate(
        "new Promise((done) => new IntersectionObserver(done).observe(document.body))"
    )


def leave(page):
    with page.expect_response(CALLBACK) as answer:
        hide(page)
    assert answer.value.status == 200
