"""What callers give is copied, and only what a script can have."""

from collections import OrderedDict
from collections.abc import Mapping
from persistent.list import PersistentList
from persistent.mapping import PersistentMapping
from slc.clicktracker.analytics.plain_values import BadValue
from slc.clicktracker.analytics.plain_values import plain
from zope.i18nmessageid import Message

import itertools
import json
import pytest


class Text(str):
    def __str__(self):
        return "another"


def cycle():
    made = {}
    made["itself"] = made
    return made


@pytest.mark.parametrize(
    "given, copied",
    [
        (None, None),
        (True, True),
        (4, 4),
        (1.5, 1.5),
        ("", ""),
        ("</script>-->\"'\u2028", "</script>-->\"'\u2028"),
        ("half \ud800 a character", "half \ufffd a character"),
        (Message("title", domain="plone"), "title"),
        ({"a": 1, "b": {"c": ["d"]}}, {"a": 1, "b": {"c": ["d"]}}),
        (OrderedDict(a=1), {"a": 1}),
        ({1: "a"}, {"1": "a"}),
        (PersistentMapping({"a": 1}), {"a": 1}),
        (PersistentList([1, 2]), [1, 2]),
        ((1, "foo", "bar"), [1, "foo", "bar"]),
        ((each for each in "ab"), ["a", "b"]),
        (iter([1]), [1]),
        (["x" * 1000] * 100, ["x" * 1000] * 100),
    ],
)
def test_what_a_script_can_have_is_copied(given, copied):
    found = plain(given)
    assert found == copied
    assert found is None or type(found) in (bool, int, float, str, list, dict)
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize(
    "given",
    [
        b"bytes",
        bytearray(b"x"),
        object(),
        {1, 2},
        {True: "x"},
        {None: "x"},
        {b"x": 1},
        float("nan"),
        float("inf"),
        2**53 + 1,
        10**400,
        1j,
        "x" * 1001,
        "x" * 1_000_000,
        ["x"] * 101,
        {str(number): 0 for number in range(101)},
        itertools.count(),
        [[[[["too deep"]]]]],
        cycle(),
        lambda: "x",
        json,
        Exception("x"),
    ],
    ids=lambda given: type(given).__name__,
)
def test_anything_else_is_refused(given):
    with pytest.raises(BadValue):
        plain(given)


def test_the_copy_and_the_original_share_nothing():
    given = {"session": {"group": ["a"]}}
    copied = plain(given)
    copied["session"]["group"].append("b")
    copied["session"]["username"] = "bob"
    assert given == {"session": {"group": ["a"]}}


class Changing(Mapping):
    """Grows while it is read."""

    def __init__(self):
        self._entries = {"a": 1, "b": 2}

    def __getitem__(self, name):
        self._entries[f"{name}+"] = 0
        return self._entries[name]

    def __iter__(self):
        return iter(self._entries)

    def __len__(self):
        return len(self._entries)


def test_what_changes_while_it_is_read_can_not_be_read():
    with pytest.raises(RuntimeError):
        plain(Changing())
