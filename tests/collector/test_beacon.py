"""A beacon is a small JSON object; anything else is refused."""

from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.collector.beacon import Beacon
from slc.clicktracker.collector.beacon import MalformedBeacon
from slc.clicktracker.collector.beacon import parse
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import MARKS_BY_NAME

import json
import pytest


VIEW = "0123456789abcdef"


def test_a_beacon_holds_a_ticket_and_a_view():
    body = json.dumps({"ticket": "t", "view": VIEW}).encode()
    assert parse(body) == Beacon("t", VIEW)


def test_a_beacon_may_say_how_far_the_page_was_read():
    seen = {"engaged": 1500.7, "depth": 80, "ended": True, "printed": True}
    body = json.dumps({"ticket": "t", "view": VIEW, **seen}).encode()
    assert parse(body) == Beacon("t", VIEW, 1500, 80, Marks.ENDED | Marks.PRINTED)


@given(st.dictionaries(st.sampled_from(sorted(MARKS_BY_NAME)), st.booleans()))
def test_what_is_so_is_told_by_its_name(told):
    body = json.dumps({"ticket": "t", "view": VIEW, "later": True, **told}).encode()
    so = {name for name, mark in MARKS_BY_NAME.items() if mark in parse(body).marks}
    assert so == {name for name in told if told[name]}


@pytest.mark.parametrize("mark", MARKS_BY_NAME)
@pytest.mark.parametrize("value", [1, 0, 1.0, "true", "", None, [], {}])
def test_what_is_neither_true_nor_false_is_refused(mark, value):
    body = json.dumps({"ticket": "t", "view": VIEW, mark: value}).encode()
    with pytest.raises(MalformedBeacon):
        parse(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"text"',
        b"[" * 4096,
        b'{"a":' * 800,
        b"{}",
        b'{"ticket": "t"}',
        b'{"ticket": 1, "view": "0123456789abcdef"}',
        b'{"ticket": "t", "view": ["0123456789abcdef"]}',
        b'{"ticket": "t", "view": "short"}',
        b'{"ticket": "t", "view": "0123456789abcdef\\n"}',
        b'{"ticket": "t", "view": "' + b"x" * 65 + b'"}',
        '{"ticket": "t", "view": "\u0660123456789abcdef"}'.encode(),
        b"1" * 4096,
    ],
)
def test_what_is_no_beacon_is_refused(body):
    with pytest.raises(MalformedBeacon):
        parse(body)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_a_beacon_or_refused(body):
    try:
        beacon = parse(body)
    except MalformedBeacon:
        return
    assert isinstance(beacon, Beacon)
