"""Tabs that are really in front or behind, and frames that really have the focus."""

import pytest


CALLBACK = "clicktracker-callback"


@pytest.fixture
def bob(raw_chromium, log_in, sqlite_site):
    """A tab in front that shows the agenda to Bob, and has said so."""
    raw_chromium.call("Storage.setCookies", cookies=log_in(sqlite_site, "bob"))
    tab = raw_chromium.open_tab()
    tab.call("Page.navigate", url=f"{sqlite_site}/board-meeting/agenda")
    tab.wait_for("document.querySelector('#content-core > [aria-hidden]') !== null")
    assert len(tab.posted(CALLBACK)) == 1
    return tab


def in_front(tab):
    return tab.evaluate("document.visibilityState === 'visible' && document.hasFocus()")


def milliseconds(tab):
    """Return the time since the tab was navigated."""
    return tab.evaluate("performance.now()")


def go_elsewhere(tab, other):
    """Bring another tab to the front and return what this one says about itself."""
    other.bring_to_front()
    tab.wait_for("document.visibilityState === 'hidden'")
    # What is sent is announced before a later question is answered.
    *_, last = tab.posted(CALLBACK)
    return last


def test_time_behind_another_tab_does_not_count(bob, raw_chromium):
    assert in_front(bob)
    bob.wait(1)
    other = raw_chromium.open_tab()
    first = go_elsewhere(bob, other)
    left = milliseconds(bob)
    assert 1_000 <= first["engaged"] <= left
    other.wait(3)
    back = milliseconds(bob)
    bob.bring_to_front()
    bob.wait_for("document.hasFocus()")
    bob.wait(1)
    second = go_elsewhere(bob, other)
    assert back - left >= 3_000
    counted = second["engaged"] - first["engaged"]
    assert 1_000 <= counted <= milliseconds(bob) - back
    assert second["view"] == first["view"]
    # Two changes of the tab, two messages, and one when the page was opened.
    assert len(bob.posted(CALLBACK)) == 3


def test_reading_in_a_frame_of_the_page_counts_until_it_is_left(bob, raw_chromium):
    bob.evaluate(
        "document.querySelector('#content-core').insertAdjacentHTML('afterbegin', "
        "'<iframe id=annex width=300 height=200 srcdoc=\"<p>An annex.</p>\"></iframe>')"
    )
    bob.evaluate("document.querySelector('#annex').scrollIntoView({block: 'center'})")
    x, y = bob.evaluate(
        "new Promise((done) => setTimeout(() => {"
        "const box = document.querySelector('#annex').getBoundingClientRect();"
        "done([box.x + 20, box.y + 20]) }, 500))"
    )
    bob.click(x, y)
    bob.wait_for("document.activeElement.id === 'annex'")
    bob.wait(3)
    assert in_front(bob)
    told = go_elsewhere(bob, raw_chromium.open_tab())
    # A frame does not say when it is left, so the last second may be missing.
    assert 2_000 <= told["engaged"] <= milliseconds(bob)
