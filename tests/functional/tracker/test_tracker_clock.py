"""The script's clock and messages, whatever a reader does and a server answers.

Steps that hypothesis makes up are done in a real Chromium, in a page whose time is in
our hands, and compared with ``reader_model``.
"""

from hypothesis import given
from hypothesis import strategies as st
from itertools import pairwise
from pathlib import Path
from tests.functional.tracker.reader_model import Reader
from tests.functional.tracker.reader_model import TICK
from tests.nightly import examples

import pytest
import slc.clicktracker


SCRIPT = Path(slc.clicktracker.__file__).parent / "browser" / "static" / "tracker.js"
WORLD = Path(__file__).parent / "tracker_world.js"

MESSAGE_EVERY = 30_000
HOUR = 3_600_000

signs = st.sampled_from(
    ["scroll", "pointermove", "pointerdown", "keydown", "touchstart", "wheel"]
)
little = st.integers(0, 3_000)
some = st.integers(0, 100_000)
leaving = st.sampled_from([("hide", "pagehide"), ("pagehide", "hide"), ("pagehide",)])


def step(name, argument=None):
    return st.tuples(st.just(name), st.none() if argument is None else argument)


steps = st.lists(
    st.one_of(
        step("pass", little),
        step("pass", some),
        step("pass", st.integers(59_000, 61_000)),
        step("suspend", st.integers(0, 10 * HOUR)),
        step("hide"),
        step("show"),
        step("blur"),
        step("focus"),
        step("intoFrame"),
        step("outOfFrame"),
        step("sign", signs),
        step("sign", signs),
        step("print", st.sampled_from(["beforeprint", "afterprint"])),
        step("see", st.integers(0, 100)),
        step("seeTheEnd"),
        step("leaveAndComeBack", st.tuples(some, leaving)),
    ),
    max_size=40,
)

replies = st.lists(
    st.one_of(
        st.just((200, None)),
        st.just("lost"),
        st.tuples(st.sampled_from([429, 500, 503]), st.sampled_from([None, "7", "90"])),
    ),
    max_size=8,
)


@pytest.fixture
def play(page):
    """Return a function that does steps in Chromium and returns the messages."""
    blank = "<!doctype html><title>.</title>"
    page.route(
        "**/*", lambda route: route.fulfill(body=blank, content_type="text/html")
    )
    page.goto("http://localhost/")
    page.add_script_tag(path=WORLD)
    source = SCRIPT.read_text()
    call = "([source, steps, replies]) => play(source, steps, replies)"
    return lambda steps, replies=(): page.evaluate(call, [source, steps, replies])


def by_view(messages):
    """Return a list of messages for each view, in the order of their beginning."""
    views = {}
    for message in messages:
        views.setdefault(message["view"], []).append(message)
    return list(views.values())


def totals(message):
    flags = {name: message.get(name, False) for name in ("ended", "printed")}
    return {"engaged": message["engaged"], "depth": message["depth"], **flags}


def never_take_anything_back(messages):
    for view in by_view(messages):
        for earlier, later in pairwise(view):
            before, after = totals(earlier), totals(later)
            assert all(before[name] <= after[name] for name in before)


@given(steps=steps, leaving=leaving)
@examples(50, nightly=5_000)
def test_what_is_reported_is_what_the_reader_did(play, steps, leaving):
    steps = [*steps, ("close", leaving)]
    messages = play(steps)
    reader = Reader()
    for number, (name, argument) in enumerate(steps, 1):
        reader.do(name, argument)
        so_far = [message for message in messages if message["step"] <= number]
        told = by_view(so_far)[-1][-1]["engaged"]
        assert reader.view.engaged - reader.view.less - told <= MESSAGE_EVERY + TICK
    never_take_anything_back(messages)
    views = by_view(messages)
    assert len(views) == len(reader.views)
    for reported, expected in zip(views, reader.views, strict=True):
        first, last = reported[0], reported[-1]
        assert (first["at"], first["engaged"]) == (expected.began, 0)
        least = expected.engaged - expected.less
        assert least <= last["engaged"] <= expected.engaged + expected.more
        assert last["depth"] == expected.depth
        assert last.get("ended", False) is expected.ended
        assert last.get("printed", False) is expected.printed
        assert all(m["engaged"] <= m["at"] - expected.began for m in reported)
        assert all(totals(one) != totals(other) for one, other in pairwise(reported))


def wait_asked_for(failure):
    """Milliseconds, at least, until the script may send anything."""
    if failure == "lost" or failure[1] is None:
        return 5_000
    return max(5, int(failure[1])) * 1_000


@given(steps=steps, replies=replies)
@examples(25, nightly=2_000)
def test_whatever_the_server_answers_it_is_left_in_peace_and_told_in_the_end(
    play, steps, replies
):
    # Longer than all that the server may ask for.
    long_after = [("show", None), ("focus", None), ("pass", 1_000_000)]
    steps = [
        *steps,
        *long_after,
        ("sign", "keydown"),
        ("pass", 1_500),
        ("close", ["hide"]),
    ]
    messages = play(steps, replies)
    never_take_anything_back(messages)
    for number, answer in enumerate(replies[: len(messages)]):
        if answer != (200, None):
            failed_at = messages[number]["at"]
            later = {message["at"] for message in messages[number:]} - {failed_at}
            assert not later or min(later) - failed_at >= wait_asked_for(answer)
    if len(messages) > len(replies):
        reader = Reader()
        for name, argument in steps:
            reader.do(name, argument)
        last = next(m for m in reversed(messages) if m["view"] == messages[-1]["view"])
        least = reader.view.engaged - reader.view.less
        assert least <= last["engaged"] <= reader.view.engaged + reader.view.more
