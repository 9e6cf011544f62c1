"""Which page views are one visit does not depend on how they arrive."""

from datetime import timedelta
from functools import reduce
from hypothesis import given
from hypothesis import strategies as st
from itertools import pairwise
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.agent import named
from slc.clicktracker.storage.visits.merging import by_key
from slc.clicktracker.storage.visits.merging import merged
from slc.clicktracker.storage.visits.model import Agent
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.runs import place
from slc.clicktracker.storage.visits.runs import Run
from slc.clicktracker.storage.visits.runs import runs_of
from slc.clicktracker.storage.visits.runs import Step
from slc.clicktracker.testing.visitors.made_up import IPHONE
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import view
from tests.nightly import examples


thorough = examples(60, nightly=5000)

times = st.integers(0, 12).map(lambda number: number * 10)
messages = st.builds(
    view,
    st.integers(0, 9),
    times,
    st.sampled_from((Reader(""), Reader("alice"), Reader("bob"))),
    st.sampled_from((0, 5, 40)),
    session=st.sampled_from(("", "a", "b")),
    page=st.sampled_from((Page("/a"), Page("/b", "uid-b"))),
    address=st.sampled_from(("", "192.0.2.1")),
    engaged=st.sampled_from((0, 60_000, 10**15)),
    gap=st.sampled_from((timedelta(minutes=10), timedelta(minutes=30), timedelta.max)),
    is_exit=st.booleans(),
)
steps = st.lists(
    st.builds(
        lambda key, at, stay, gap, who, is_exit: Step(
            *(f"{key}", minutes(at), minutes(at + stay), timedelta(minutes=gap)),
            *(who, is_exit),
        ),
        st.integers(0, 99),
        times,
        st.sampled_from((0, 5, 40)),
        st.sampled_from((10, 30)),
        st.sampled_from((None, None, "alice", "bob")),
        st.integers(0, 4).map(lambda number: number == 0),
    ),
    max_size=20,
    unique_by=lambda step: step.key,
)


@thorough
@given(sent=st.lists(messages, max_size=15), data=st.data())
def test_messages_come_to_the_same_in_any_order_and_however_often(sent, data):
    shuffled = data.draw(st.permutations(sent))
    cut = data.draw(st.integers(0, len(sent)))
    expected = by_key(sent)
    assert by_key(shuffled) == expected
    kept: dict[str, PageView] = {}
    for batch in (shuffled[:cut], shuffled[cut:], shuffled[: cut // 2]):
        for key, each in by_key(batch).items():
            kept[key] = merged(kept[key], each) if key in kept else each
    assert kept == expected
    for key, each in expected.items():
        same = [one for one in sent if one.key == key]
        assert reduce(merged, reversed(same)) == each
        assert each.at <= each.until <= max(each.at, each.seen)


@thorough
@given(sent=steps)
def test_each_page_view_is_in_one_run_and_no_log_out_is(sent):
    runs = runs_of(sent)
    inside = [step for run in runs for step in run.steps]
    pages = [step for step in sent if not step.is_exit]
    assert inside == sorted(pages, key=place)
    for run in runs:
        assert run.key == run.steps[0].key
        assert run.last == run.latest[-1] == max(step.until for step in run.steps)
        assert run.latest == sorted(run.latest)
        # One account at most, and before it only what a guest saw.
        accounts = [step.who for step in run.steps]
        members = [who for who in accounts if who is not None]
        assert len(set(members)) <= 1
        assert accounts == [None] * (len(accounts) - len(members)) + members
        assert run.who == accounts[-1]
        assert run.exit is None or (run.is_over and run.exit in sent)
    for one, other in pairwise(runs):
        first = other.steps[0]
        assert one.is_over or first.at - one.last > first.gap


@thorough
@given(sent=steps, at=times)
def test_a_run_can_be_gone_on_with_from_any_moment(sent, at):
    """So only what is later than a change has to be looked at."""
    expected = runs_of(sent)
    earlier = [step for step in sent if step.at < minutes(at)]
    before = runs_of(earlier)
    open_run = before.pop() if before and before[-1].exit is None else None
    if open_run is not None:
        state = Run(open_run.key, open_run.steps[-1].who, open_run.latest[-1])
    else:
        state = None
    after = runs_of([step for step in sent if step.at >= minutes(at)], state)
    if open_run is not None:
        goes_on = after[0]
        goes_on.steps = open_run.steps + goes_on.steps
        goes_on.latest = open_run.latest + goes_on.latest
    assert before + after == expected


def test_nobody_is_active_for_longer_than_was_heard_of_the_page():
    for engaged, until in (
        (-(2**70), 0),
        (0, 0),
        (60_000, 1),
        (10 * 60_000, 10),
        (10 * 60_000 + 1, 10),
        (2**70, 10),
    ):
        assert view(1, 0, stay=10, engaged=engaged).until == minutes(until)
    assert view(1, 5, stay=-3, engaged=60_000).until == minutes(5)


def test_browsers_have_names():
    assert named(IPHONE) == Agent("Mobile Safari", "iOS", "iPhone")
    assert named("") == named("<script>") == named("\ufffd" * 500) == Agent()
