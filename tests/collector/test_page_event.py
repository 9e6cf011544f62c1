"""An event of a page has a name and a few values; anything else is refused."""

from slc.clicktracker.collector.beacon import Beacon
from slc.clicktracker.collector.beacon import MalformedBeacon
from slc.clicktracker.collector.beacon import parse
from slc.clicktracker.collector.page_event import LONGEST_TEXT
from slc.clicktracker.collector.page_event import MOST_VALUES
from slc.clicktracker.collector.page_event import PageEvent

import json
import pytest


VIEW = "0123456789abcdef"


def parsed(event):
    message = {"ticket": "t", "view": VIEW, "event": event}
    return parse(json.dumps(message).encode())


def test_an_event_has_a_name():
    assert parsed({"name": "video:play"}) == Beacon(
        "t", VIEW, event=PageEvent("video:play")
    )
    assert parsed({"name": "x", "data": {}}).event == PageEvent("x")
    assert parsed(None).event is None


def test_what_comes_with_it_is_kept_in_one_form():
    data = {"z": "ü", "a": 1.5, "b": None, "c": True, "d": 7}
    text = '{"a":1.5,"b":null,"c":true,"d":7,"z":"ü"}'
    assert parsed({"name": "x", "data": data}).event == PageEvent("x", text)


def test_what_no_storage_keeps_is_replaced():
    body = f'{{"ticket":"t","view":"{VIEW}","event":{{"name":"x","data":'
    body += '{"a":"\\u0000\\ud800"}}}'
    event = parse(body.encode()).event
    assert json.loads(event.data) == {"a": "\ufffd\ufffd"}


def test_as_much_as_is_allowed_fits():
    data = {f"k{n}{'x' * 30}": "👍" * LONGEST_TEXT for n in range(MOST_VALUES)}
    event = parsed({"name": "n" * 64, "data": data}).event
    assert json.loads(event.data) == data


@pytest.mark.parametrize(
    "event",
    [
        *("x", 1, [], ["x"], {}, True, {"data": {}}, {"name": None}, {"name": ["x"]}),
        *(
            {"name": name}
            for name in ("", "1x", "x y", "x\n", "é", "x" * 65, "</script>")
        ),
        {"name": "x", "more": 1},
        *({"name": "x", "data": data} for data in (None, [], "a", 1, [["a", 1]])),
        *({"name": "x", "data": {"a": bad}} for bad in ([], {}, [1], {"b": 1})),
        *({"name": "x", "data": {"a": bad}} for bad in ("y" * 129, 2**53 + 1, 1e300)),
        *({"name": "x", "data": {"a": bad}} for bad in (float("nan"), float("inf"))),
        *({"name": "x", "data": {bad: 1}} for bad in ("", "1", "a b", "a" * 33, "é")),
        {"name": "x", "data": {f"a{n}": n for n in range(MOST_VALUES + 1)}},
    ],
)
def test_anything_else_is_refused(event):
    with pytest.raises(MalformedBeacon):
        parsed(event)
