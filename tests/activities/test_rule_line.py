"""Rules as they are typed: what each line means, and what is said of those that mean
nothing."""

from slc.clicktracker.activities.entries import are_rules
from slc.clicktracker.activities.rule import Rule
from slc.clicktracker.activities.rule_line import InvalidRule
from slc.clicktracker.activities.rule_line import line_of
from slc.clicktracker.activities.rule_line import rule_of
from slc.clicktracker.activities.run import Run
from slc.clicktracker.visitors.entries import InvalidEntries
from tests.activities.events import DAY
from tests.activities.events import event
from tests.activities.events import START
from zope.i18n import translate

import pytest


@pytest.mark.parametrize(
    "line, rule",
    [
        ("Reading: read", Rule("Reading", (("read", ""),))),
        (
            "  Bulk   submitting :ADDED ; at least 5 within 10 minutes;",
            Rule("Bulk submitting", (("added", ""),), least=5, minutes=10),
        ),
        (
            "Approving: workflow publish, workflow reject; below /news; types News Item, "
            "Document",
            Rule(
                "Approving",
                (("workflow", "publish"), ("workflow", "reject")),
                place="/news",
                types=("News Item", "Document"),
            ),
        ),
        (
            "Updating: read, viewed; not older than 7 days; at least 3 different",
            Rule(
                "Updating",
                (("read", ""), ("viewed", "")),
                least=3,
                different=True,
                days=7,
            ),
        ),
        (
            "Once: event follow me; at least 1 different within 1 minute",
            Rule("Once", (("event", "follow me"),), 1, 1, True),
        ),
    ],
)
def test_what_a_line_means(line, rule):
    assert rule_of(line) == rule
    assert are_rules([line])


@pytest.mark.parametrize(
    "line, said",
    [
        ("added", "Write a name, a colon, and what members do"),
        (": added", "Write a name, a colon, and what members do"),
        ("A:", "doesn't say what members do"),
        ("A: ; at least 5", "doesn't say what members do"),
        (
            "A: deleted",
            "“deleted” is not something that members do. After the name, write",
        ),
        ("A: read; often", "“often” is not a condition. You can use these,"),
        ("A: read; within 5 minutes", "is not a condition"),
        ("A: read; at least 0", "Enter a number from 1 to 10000"),
        ("A: read; at least 2 within 1441 minutes", "Enter a number from 1 to 1440"),
        ("A: read; below news", "is not a condition"),
        ("A: read; at least 1; at least 2", "is the second condition of this kind"),
        (81 * "A" + ": read", "has 80 characters at most. Shorten"),
        ("A: read; " + 500 * "x", "A rule can have 500 characters at most"),
        ("Unclassified: read", "“Unclassified” is the name for events without a rule"),
        (
            " unCLASSIFIED : read",
            "is the name for events without a rule. Choose another name",
        ),
        ("A: read report", "“read” takes nothing after it. Leave out “report”"),
        ("A: added News Item", "Conditions come after a semicolon"),
        ("A: logged-in; below /news", "“logged-in” is not about content"),
        ("A: read, logged-in; type Document", "“logged-in” is not about content"),
        ("A: logged-in; not older than 7 days", "“logged-in” is not about content"),
        ("A: logged-in; at least 2 different", "“logged-in” is not about content"),
    ],
)
def test_a_line_that_means_nothing_says_what_to_do(line, said):
    with pytest.raises(InvalidRule) as raised:
        rule_of(line)
    assert said in translate(raised.value.args[0])
    with pytest.raises(InvalidEntries) as refused:
        are_rules(["Reading: read", line])
    whole = translate(refused.value.doc())
    assert said in whole
    assert whole.startswith(f"Rule 2 ({line[:40]}")


def test_there_are_not_more_rules_than_can_be_asked():
    with pytest.raises(InvalidEntries):
        are_rules(["A: read"] * 101)


@pytest.mark.parametrize(
    "kind, detail, portal_type, line",
    [
        ("read", "", "", "X: read"),
        ("event", "follow", "", "X: event follow"),
        ("workflow", "publish", "News Item", "X: workflow publish; type News Item"),
        ("event", "a;b", "a,b", "X: event"),
        ("event", "a  b", " Type", "X: event"),
        ("event", 201 * "a", "Type", "X: event; type Type"),
    ],
)
def test_events_make_a_rule_for_their_like(kind, detail, portal_type, line):
    made = line_of("X", kind, detail, portal_type)
    assert made == line
    like = event(1, kind, detail=detail, portal_type=portal_type)
    assert rule_of(made).claimed(Run((like,))) == [like]


def claimed(line, *events, site="", created=lambda uid: None):
    found = rule_of(line).within(site).claimed(Run(events, created))
    return [int(each.key, 16) for each in found]


def test_a_place_is_one_of_the_site_and_not_a_beginning_of_its_name():
    events = [
        event(1, path="/Plone/news"),
        event(2, path="/Plone/news/today"),
        event(3, path="/Plone/newsletter"),
        event(4, path="/news"),
        event(5),
    ]
    for place in ("/news", "/news/"):
        assert claimed(f"A: read; below {place}", *events, site="/Plone") == [1, 2]
    assert claimed("A: read; below /", *events, site="/Plone") == [1, 2, 3]


def test_what_is_new_is_new_when_it_is_read():
    made = {"new": START - DAY, "old": START - 8 * DAY}
    events = [
        event(1, document="new"),
        event(2, document="old"),
        event(3, document="gone"),
        event(4),
        event(5, document="new", occurred=START + 7 * DAY),
    ]
    assert claimed("A: read; not older than 7 days", *events, created=made.get) == [1]


def test_different_documents_count_once():
    events = [event(n, document=uid) for n, uid in enumerate(["a", "a", "b", ""])]
    assert claimed("A: read; at least 2 different", *events) == [0, 1, 2, 3]
    assert claimed("A: read; at least 3 different", *events) == []


def test_a_type_that_the_event_does_not_tell_is_that_of_the_content():
    events = (
        event(1, document="a"),
        event(2, document="b"),
        event(3, document="b", portal_type="Event"),
        event(4),
    )
    types = {"a": "Event", "b": "Document", "": "Event"}
    rule = rule_of("A: read; type Event")
    found = rule.claimed(Run(events, type_of=types.get))
    assert [int(each.key, 16) for each in found] == [1, 3]
    assert [int(each.key, 16) for each in rule.claimed(Run(events))] == [3]


@pytest.mark.parametrize(
    "first, then, covers",
    [
        ("added, edited", "added; at least 5 within 10 minutes", True),
        ("workflow", "workflow publish; below /news", True),
        ("read; below /news/", "read; below /news/old; type Event", True),
        ("read; type Event, Link", "read; type Link", True),
        ("read; not older than 7 days", "read; not older than 3 days", True),
        ("added; at least 2", "added; at least 5", False),
        ("added", "added, edited", False),
        ("workflow publish", "workflow", False),
        ("read; below /news", "read; below /newsletter", False),
        ("read; type Event", "read", False),
        ("read; not older than 3 days", "read; not older than 7 days", False),
        ("read; not older than 3 days", "read", False),
        ("read; at least 1 different", "read", False),
    ],
)
def test_what_leaves_nothing_for_another_rule(first, then, covers):
    before, rule = (rule_of(f"A: {said}").within("") for said in (first, then))
    assert before.covers(rule) is covers
