"""What a reader does with a page, in a real Chromium, and what the site is told."""

from tests.functional.reading import CALLBACK
from tests.functional.reading import collected
from tests.functional.reading import HIDDEN
from tests.functional.reading import leave
from tests.functional.reading import open_and_report
from tests.functional.reading import seen

import pytest
import re


BIRD = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"
PARAGRAPH = f"<p>{'The minutes of the meeting were read. ' * 40}</p>"
LONG = PARAGRAPH * 60


@pytest.fixture
def agenda(sqlite_site):
    return f"{sqlite_site}/board-meeting/agenda"


@pytest.fixture
def bob(browse, sqlite_site):
    """A page of Bob's whose clock and visibility are ours; it scrolls at once."""
    size = {"width": 1000, "height": 700}
    page = browse(sqlite_site, "bob", viewport=size, reduced_motion="reduce")
    page.clock.install()
    page.add_init_script(f"window.isShown = true; {HIDDEN}")
    return page


@pytest.fixture
def read(bob, agenda):
    """Return a function: open the agenda with another text, return the messages."""

    def open_(text):
        def exchange(route):
            answer = route.fetch()
            page = re.sub(
                r'(?s)(<div id="content-core">).*?(</article>)',
                lambda match: f"{match[1]}{text}</div>{match[2]}",
                answer.text(),
            )
            assert text in page
            route.fulfill(response=answer, body=page)

        bob.route(agenda, exchange)
        sent = collected(bob)
        open_and_report(bob, agenda)
        bob.wait_for_function("document.querySelector('#content-core > [aria-hidden]')")
        seen(bob)
        return sent

    return open_


def come_back(page):
    page.evaluate(
        "isShown = true; document.dispatchEvent(new Event('visibilitychange'))"
    )


def scroll(page, script):
    """Scroll, and give the reader a second to look."""
    page.evaluate(script)
    seen(page)
    page.clock.run_for(1_000)
    seen(page)


def test_a_page_of_two_words_is_read_to_its_end_at_once(bob, read):
    sent = read("<p>No minutes.</p>")
    leave(bob)
    assert "ended" not in sent[0]
    assert (sent[-1]["ended"], sent[-1]["depth"]) == (True, 100)


def test_the_end_of_a_long_page_is_seen_only_by_who_scrolls_to_it(bob, read):
    sent = read(LONG)
    leave(bob)
    assert "ended" not in sent[-1]
    assert 0 < sent[-1]["depth"] < 10
    come_back(bob)
    scroll(bob, "scrollTo(0, document.documentElement.scrollHeight / 2)")
    leave(bob)
    assert "ended" not in sent[-1]
    assert 40 < sent[-1]["depth"] < 60
    come_back(bob)
    scroll(bob, "scrollTo(0, document.documentElement.scrollHeight)")
    scroll(bob, "scrollTo(0, 0)")
    leave(bob)
    assert (sent[-1]["ended"], sent[-1]["depth"]) == (True, 100)


def test_the_end_of_the_content_is_not_that_of_the_page(bob, read):
    sent = read(LONG)
    bob.evaluate(
        "document.querySelector('#content').insertAdjacentHTML("
        "'afterend', '<footer style=\"height: 9000px\"></footer>')"
    )
    scroll(
        bob,
        "document.querySelector('#content-core').scrollIntoView({block: 'end'});"
        "scrollBy(0, 100)",
    )
    leave(bob)
    assert (sent[-1]["ended"], sent[-1]["depth"]) == (True, 100)


@pytest.mark.parametrize(
    "last",
    [
        f"<div style='float: right; width: 300px'>{PARAGRAPH * 30}</div>",
        f"<figure style='float: left; width: 300px'>{PARAGRAPH * 30}</figure>",
        f"<table><tr><td>{PARAGRAPH * 30}</td></tr></table>",
        f"<figure>{PARAGRAPH * 30}<figcaption>Caption</figcaption></figure>",
    ],
    ids=["float", "floating figure", "table", "figure"],
)
def test_the_end_is_below_whatever_comes_last(bob, read, last):
    sent = read(f"<p>Short.</p>{last}")
    leave(bob)
    assert "ended" not in sent[-1]
    come_back(bob)
    scroll(bob, "scrollTo(0, document.documentElement.scrollHeight)")
    leave(bob)
    assert sent[-1]["ended"] is True


@pytest.mark.parametrize("place", ["around", "within", "itself"])
def test_a_scroller_of_its_own_is_scrolled_to_its_end(bob, read, place):
    box = "height: 300px; overflow: auto"
    text = f"<div id='box' style='{box}'>{LONG}</div>" if place == "within" else LONG
    sent = read(text)
    scroller = {"around": "content", "within": "box", "itself": "content-core"}[place]
    bob.evaluate(f"document.getElementById('{scroller}').style.cssText = '{box}'")
    if place != "within":
        # What was in front before the box was there is seen, and no more.
        leave(bob)
        assert "ended" not in sent[-1]
        assert sent[-1]["depth"] < 10
        come_back(bob)
    scroll(bob, f"document.getElementById('{scroller}').scrollTo(0, 1_000_000)")
    leave(bob)
    assert (sent[-1]["ended"], sent[-1]["depth"]) == (True, 100)


LAYOUT = """
JSON.stringify([...document.querySelectorAll("*")]
  .filter((element) => !element.matches("#content-core > [aria-hidden]"))
  .map((element) => Object.values(element.getBoundingClientRect().toJSON()))
  .concat([document.documentElement.scrollHeight]))
"""


@pytest.mark.parametrize(
    "text",
    [
        PARAGRAPH,
        f"<p>Short.</p><img style='float: left' width=300 height=400 src=\"{BIRD}\">",
        "<table class='table'><tr><td>1</td></tr></table>",
    ],
    ids=["text", "float", "table"],
)
def test_nothing_on_the_page_moves(bob, read, text):
    read(text)
    watched = bob.evaluate(LAYOUT)
    bob.evaluate("document.querySelector('#content-core > [aria-hidden]').remove()")
    assert bob.evaluate(LAYOUT) == watched


def test_who_prints_the_page_says_so(bob, read):
    sent = read("<p>No minutes.</p>")
    leave(bob)
    assert "printed" not in sent[-1]
    come_back(bob)
    bob.pdf()
    leave(bob)
    assert sent[-1]["printed"] is True


def test_who_has_gone_for_lunch_does_not_read(bob, read):
    sent = read(LONG)
    bob.clock.run_for(20_000)
    bob.mouse.move(300, 300)
    bob.clock.run_for(600_000)
    bob.keyboard.press("ArrowDown")
    with bob.expect_response(CALLBACK):
        bob.clock.run_for(5_000)
    leave(bob)
    assert 85_000 <= sent[-1]["engaged"] < 100_000


def test_a_computer_that_slept_adds_no_more_than_a_moment(bob, read):
    sent = read(LONG)
    bob.clock.run_for(2_000)
    bob.mouse.move(300, 300)
    bob.clock.fast_forward(50_000)
    leave(bob)
    assert 2_000 <= sent[-1]["engaged"] < 20_000


def tells(engaged):
    """Return what finds the answer to totals of at least so many milliseconds."""

    def is_told(response):
        request = response.request
        return (
            CALLBACK.search(request.url)
            and request.post_data_json["engaged"] >= engaged
        )

    return is_told


def test_totals_come_every_half_minute_while_somebody_reads(bob, read):
    sent = read(LONG)
    for half_minute in (1, 2):
        with bob.expect_response(tells(30_000 * half_minute)):
            for _ in range(2):
                bob.clock.run_for(15_500)
                bob.mouse.move(300, 300)
                bob.mouse.move(400, 300)
    assert [round(message["engaged"], -4) for message in sent] == [0, 30_000, 60_000]
    with bob.expect_response(tells(121_000)):
        bob.clock.run_for(600_000)
    assert len(sent) <= 6
    assert sent[-1]["engaged"] < 140_000
