"""A frame reports nothing before some of the page in it was really seen."""

from pathlib import Path
from tests.functional.waiting import wait_until

import json
import pytest
import slc.clicktracker


SCRIPT = Path(slc.clicktracker.__file__).parent / "browser" / "static" / "tracker.js"

SITE = "http://site.example"

PAPER = """<!doctype html><title>Agenda</title>
<script async src="/tracker.js" data-ticket="{ticket}" data-endpoint="" data-page="/agenda">
</script>
<div style="position: fixed; inset: 0 0 auto 0; height: 40px; background: white">Menu</div>
<main style="margin-top: 60px"><h1>Agenda</h1><p>The minutes of the last meeting are
read and approved.</p><p>Any other business.</p></main>"""

AROUND = """<!doctype html><title>Around</title><body style="margin: 0">
<iframe src="/agenda" style="border: 0; width: 600px; height: 400px; {style}"></iframe>
{more}"""

#: The same paper in another frame, in sight and above all else.
WITNESS = """document.body.insertAdjacentHTML("beforeend", `<iframe src="/minutes" style="
    position: fixed; right: 0; bottom: 0; width: 350px; height: 250px; z-index: 1">`)"""

#: What observers are told of the page, later ones after earlier ones.
OBSERVED = """new Promise((done) => new IntersectionObserver(done).observe(
    document.querySelector("main")))"""


@pytest.fixture
def tab(new_context):
    """A page in whose site there are a paper and a page around it."""
    page = new_context(viewport={"width": 1000, "height": 700}).new_page()
    page.sent = []
    page.witnessed = []
    page.around = ""

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        if "clicktracker-callback" in path:
            message = json.loads(route.request.post_data)
            (page.sent if message["ticket"] == "T" else page.witnessed).append(message)
            route.fulfill(status=204)
        elif path == "/tracker.js":
            route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
        elif path == "/agenda":
            route.fulfill(body=PAPER.format(ticket="T"), content_type="text/html")
        elif path == "/minutes":
            route.fulfill(body=PAPER.format(ticket="W"), content_type="text/html")
        else:
            route.fulfill(body=page.around, content_type="text/html")

    page.route(f"{SITE}/**", answer)
    return page


def show(tab, style="", more=""):
    tab.around = AROUND.format(style=style, more=more)
    tab.goto(f"{SITE}/around")


def wait_for_a_later_frame(tab):
    """Wait until a frame has reported that was put into the page just now: the one
    that was there before could have done so earlier."""
    tab.evaluate(WITNESS)
    wait_until(lambda: tab.witnessed, tab)


@pytest.mark.parametrize(
    ("style", "more"),
    [
        ("display: none", ""),
        ("visibility: hidden", ""),
        ("width: 1px; height: 1px", ""),
        ("opacity: 0", ""),
        ("opacity: 0.01", ""),
        ("position: absolute; left: -9999px", ""),
        ("margin-top: 5000px", ""),
        ("clip-path: inset(50%)", ""),
        (
            "",
            "<div style='position: fixed; inset: 0; background: white'>Something else",
        ),
    ],
)
def test_a_page_in_a_frame_that_nobody_sees_reports_nothing(tab, style, more):
    show(tab, style, more)
    wait_for_a_later_frame(tab)
    assert tab.sent == []


def test_a_page_in_a_frame_that_is_seen_is_opened(tab):
    show(tab)
    wait_until(lambda: tab.sent, tab)
    assert tab.sent[0]["ticket"] == "T"


def test_it_is_opened_as_soon_as_it_is_seen(tab):
    show(tab, "opacity: 0")
    wait_for_a_later_frame(tab)
    assert tab.sent == []
    tab.evaluate("document.querySelector('iframe').style.opacity = 1")
    wait_until(lambda: tab.sent, tab)
    tab.evaluate("document.querySelector('iframe').style.opacity = 0.99")
    tab.evaluate("document.querySelector('iframe').style.opacity = 1")
    tab.frames[1].evaluate(OBSERVED)
    assert len({one["view"] for one in tab.sent}) == 1


def test_a_browser_that_does_not_know_what_is_painted_reports_nothing(tab):
    """As Firefox and Safari."""
    tab.add_init_script(
        "delete IntersectionObserverEntry.prototype.isVisible;"
        "delete IntersectionObserver.prototype.trackVisibility"
    )
    show(tab)
    tab.frames[1].evaluate(OBSERVED)
    assert tab.evaluate("1") and tab.sent == []


def test_a_page_in_no_frame_is_opened_at_once(tab):
    tab.goto(f"{SITE}/agenda")
    wait_until(lambda: tab.sent, tab)
