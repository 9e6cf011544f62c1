"""What the followed members do beside the sample, recovered from their events."""

from hypothesis import given
from hypothesis import strategies as st
from itertools import accumulate
from slc.clicktracker.activities.activities import activities_of
from slc.clicktracker.activities.activities import classified
from slc.clicktracker.activities.comparison import comparison_of
from slc.clicktracker.activities.comparison import Raw
from slc.clicktracker.activities.rule import Rule
from slc.clicktracker.activities.rule_line import rule_of
from slc.clicktracker.activities.run import Run
from slc.clicktracker.activities.run import runs_of
from tests.activities.events import event
from tests.activities.events import in_order
from tests.activities.events import MINUTE
from tests.activities.population import MEMBERS
from tests.activities.population import Population
from tests.activities.population import RULES
from tests.nightly import examples

import pytest


def compared(events, lines=(), gap=30, smallest=5, created=lambda uid: None):
    activities = activities_of(map(rule_of, lines))
    found = comparison_of(
        events, activities, gap=gap, smallest=smallest, created=created
    )
    return found


def members(number, cohort="sample", kind="read", **values):
    """Return an event of each of so many members."""
    return [
        event(n, kind, reader=f"{cohort}-{n}", cohort=cohort, **values)
        for n in range(number)
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_known_population_is_recovered_exactly(seed):
    people = Population(seed)
    found = compared(iter(people.events), RULES, created=people.created)
    assert [each.title for each in found.activities] == ["Bulk submitting", "Updating"]
    for name, group in zip(("followed", "sample"), found.groups, strict=True):
        expected, runs = people.expected[name], people.runs[name]
        bulk, updating = group.activities
        assert group.total.members == MEMBERS[name]
        assert group.total.events == sum(expected.values())
        assert group.total.runs == sum(runs.values())
        assert (bulk.events, bulk.runs) == (expected["bulk"], runs["bulk"])
        assert (updating.events, updating.runs) == (
            expected["updating"],
            runs["updating"],
        )
        assert group.unclassified.events == expected["following"] + expected["editing"]
        assert bulk.members == updating.members == MEMBERS[name]
        # What is most frequent and has no name is there, first.
        assert group.raw[Raw("event", "", "follow")].events == expected["following"]
        assert group.raw[Raw("edited", "Document")].events == runs["editing"]
    assert found.raw[0] == Raw("event", "", "follow")


def test_the_same_seed_makes_the_same_population():
    assert Population(3).events == Population(3).events


def test_a_group_that_is_too_small_is_not_there():
    found = compared([*members(4, "followed"), *members(5)])
    assert found.followed is None
    assert found.sample.total.members == 5
    assert not found.is_empty
    assert compared(members(4), smallest=5).is_empty
    assert compared([], smallest=0).is_empty


def test_how_few_did_something_is_not_told():
    few = [
        event(90 + n, "edited", reader=f"sample-{n}", cohort="sample") for n in (1, 2)
    ]
    found = compared(in_order([*members(6), *few]), ["Editing: edited", "Never: added"])
    editing, never = found.sample.activities
    assert (editing.events, editing.members) == (2, None)
    assert (never.events, never.members) == (0, 0)
    assert found.sample.unclassified.members == 6


def test_kinds_of_events_of_few_members_are_not_told_apart():
    rare = event(99, "event", detail="secret", reader="sample-1", cohort="sample")
    found = compared(in_order([*members(6), rare]))
    assert set(found.sample.raw) == {Raw("read")}
    assert found.sample.unclassified.events == 7


def test_who_comes_from_the_sample_to_the_followed_counts_in_each():
    before = [event(1, cohort="sample"), event(2, cohort="sample")]
    after = event(3, minute=1)
    found = compared([*before, after], smallest=1)
    assert (found.followed.total.events, found.sample.total.events) == (1, 2)
    assert found.followed.total.members == found.sample.total.members == 1


def test_a_pause_ends_a_run_and_so_does_another_member():
    events = [
        event(1, minute=0),
        event(2, minute=30),
        event(3, minute=60.001),
        event(4, minute=60.001, reader="carla"),
    ]
    runs = list(runs_of(events, gap=30))
    assert [[int(each.key, 16) for each in run] for run in runs] == [[1, 2], [3], [4]]


def test_a_run_without_end_is_cut():
    runs = list(runs_of((event(n) for n in range(25)), gap=30, most=10))
    assert [len(run) for run in runs] == [10, 10, 5]


def test_an_event_belongs_to_the_first_activity_that_claims_it():
    additions = [event(n, "added", n) for n in range(5)]
    lines = ["Bulk: added; at least 5", "Writing: added, edited"]
    edited = event(9, "edited", 9)
    for order, expected in ((lines, [5, 1]), (lines[::-1], [6, 0])):
        found = compared([*additions, edited], order, smallest=1)
        assert [each.events for each in found.followed.activities] == expected
        assert found.followed.unclassified.events == 0


def test_what_earlier_activities_claim_does_not_count_for_later_ones():
    events = [event(1, "added", portal_type="File"), event(2, "added", 1)]
    lines = ["Files: added; type File", "Two: added; at least 2"]
    found = compared(events, lines, smallest=1)
    assert [each.events for each in found.followed.activities] == [1, 0]
    assert found.followed.unclassified.events == 1


def test_how_old_something_is_every_activity_can_know():
    made = {"new": event(0).occurred}
    lines = ["Adding: added", "New: read; not older than 7 days"]
    events = [event(1, "added"), event(2, document="new", minute=1)]
    found = compared(events, lines, smallest=1, created=made.get)
    assert [each.events for each in found.followed.activities] == [1, 1]


class Follows:
    """An activity that another package brings."""

    title = "Following people"
    position = 5

    def claimed(self, run):
        # It may name anything; only what is in the run and free is its own.
        return [event(9999), *(e for e in run.events if e.detail == "follow")]


class Fails(Follows):
    title = "Fails"
    position = 1

    def claimed(self, run):
        yield run.events[0]
        raise RuntimeError


def test_activities_of_other_packages_come_after_the_rules(caplog):
    registered = [("b", Follows()), ("a", Follows()), ("c", Fails())]
    found = activities_of([rule_of("Reading: read")], registered)
    assert [each.title for each in found] == [
        "Reading",
        "Fails",
        "Following people",
        "Following people",
    ]
    run = Run((event(1), event(2, "event", detail="follow"), event(3, "viewed")))
    parts = [(each and each.title, len(own)) for each, own in classified(run, found)]
    assert parts == [("Reading", 1), ("Following people", 1), (None, 1)]
    assert "'Fails' fails" in caplog.text


def test_of_which_type_a_read_was_is_told_among_what_is_unclassified():
    found = comparison_of(
        members(5, document="a"), (), gap=30, smallest=5, type_of={"a": "Event"}.get
    )
    assert found.raw == [Raw("read", "Event")]


events_of_members = st.lists(
    st.builds(
        event,
        st.integers(0, 10**6),
        st.sampled_from(["read", "added", "event"]),
        st.integers(0, 40),
        reader=st.sampled_from(["bob", "carla", "dora"]),
        cohort=st.sampled_from(["followed", "sample"]),
        document=st.sampled_from(["", "a", "b", "c"]),
        portal_type=st.sampled_from(["", "Document", "File"]),
    ),
    max_size=60,
    unique_by=lambda each: each.key,
).map(in_order)

rules = st.lists(
    st.builds(
        Rule,
        st.sampled_from(["A", "B", "C", "D"]),
        st.lists(
            st.tuples(st.sampled_from(["read", "added"]), st.just("")),
            min_size=1,
            max_size=2,
        ).map(tuple),
        least=st.integers(1, 4),
        minutes=st.none() | st.integers(1, 10),
        different=st.booleans(),
        types=st.sampled_from([(), ("File",)]),
    ),
    max_size=4,
)


@given(events_of_members, rules, st.integers(1, 30))
@examples(60, nightly=1000)
def test_each_event_is_in_one_activity_or_in_none(events, rules, gap):
    activities = activities_of(rules)
    parts = [
        (each, own)
        for run in runs_of(events, gap)
        for each, own in classified(Run(run), activities)
    ]
    assert in_order(each for _activity, own in parts for each in own) == events
    assert all(own for _activity, own in parts)


@given(
    st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=5, max_size=12),
    st.lists(st.integers(0, 3), min_size=12, max_size=12),
    st.integers(2, 4),
    st.none() | st.integers(1, 6),
    st.booleans(),
)
@examples(200, nightly=2000)
def test_what_is_said_of_a_rule_is_what_it_means(
    documents, pauses, least, minutes, different
):
    """Each event is looked at for itself: is it among enough within the time?"""
    run = [
        event(n, minute=minute, document=document, kind="read" if n % 4 else "edited")
        for n, (minute, document) in enumerate(
            zip(accumulate(pauses), documents, strict=False)
        )
    ]
    rule = Rule("A", (("read", ""),), least, minutes, different)
    fit = [each for each in run if each.kind == "read"]
    meant = [each for each in fit if _is_among_enough(each, fit, rule)]
    assert list(rule.claimed(Run(tuple(run)))) == meant


def _is_among_enough(each, fit, rule):
    """Is there a stretch of time, as long as the rule says, with the event and enough?"""
    length = float("inf") if rule.minutes is None else rule.minutes * MINUTE
    for begin in fit:
        inside = [e for e in fit if 0 <= e.occurred - begin.occurred <= length]
        documents = {e.document for e in inside if e.document}
        number = len(documents) if rule.different else len(inside)
        if each in inside and number >= rule.least:
            return True
    return False


@given(events_of_members, rules, st.integers(1, 30), st.integers(1, 7))
@examples(40, nightly=500)
def test_it_makes_no_difference_in_which_pieces_events_come(events, rules, gap, size):
    def in_pieces():
        for start in range(0, len(events), size):
            yield from events[start : start + size]

    activities = activities_of(rules)
    whole = comparison_of(events, activities, gap=gap, smallest=1)
    assert comparison_of(in_pieces(), activities, gap=gap, smallest=1) == whole
    # Members are independent of each other.
    for name in ("bob", "carla", "dora"):
        own = [each for each in events if each.reader == name]
        alone = comparison_of(own, activities, gap=gap, smallest=1)
        assert alone.followed is None or (
            alone.followed.total.events <= whole.followed.total.events
        )
