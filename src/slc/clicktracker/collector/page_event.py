"""What a page of the site says that happened on it."""

from collections.abc import Mapping
from math import isfinite
from slc.clicktracker.storage.events.model import EVENT_NAME
from slc.clicktracker.storage.text import storable
from typing import Any
from typing import NamedTuple

import json
import re


#: An event has so many values at most, and a text in them so many characters.
MOST_VALUES = 8
LONGEST_TEXT = 128

_KEY = re.compile("[A-Za-z][A-Za-z0-9_.:-]{0,31}")

#: Numbers that JavaScript and every database keep as they are.
_LARGEST = 2**53


class MalformedEvent(ValueError):
    """What was sent is no event."""


class PageEvent(NamedTuple):
    """An event by its name; ``data`` is what came with it, JSON in one form, or ""."""

    name: str
    data: str = ""

    @classmethod
    def of(cls, message: Any) -> "PageEvent":
        """Return the event that a value from JSON is: an object with a ``name`` and, where
        there is something to be said, ``data``, an object of a few texts, numbers, truths
        and nulls. Raises ``MalformedEvent``."""
        if type(message) is not dict or not message.keys() <= {"name", "data"}:
            raise MalformedEvent("an event has a name, and data or not")
        name, data = message.get("name"), message.get("data", {})
        if type(name) is not str or not EVENT_NAME.fullmatch(name):
            raise MalformedEvent("the name of the event has another form")
        if type(data) is not dict or len(data) > MOST_VALUES:
            raise MalformedEvent("the data of the event is not an object of few values")
        return cls(name, _written(data) if data else "")


def _written(data: Mapping[str, Any]) -> str:
    for key, value in data.items():
        if not _KEY.fullmatch(key) or not _is_scalar(value):
            raise MalformedEvent("a value of the event has another form")
    kept = {
        key: storable(value, LONGEST_TEXT) if type(value) is str else value
        for key, value in data.items()
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _is_scalar(value: Any) -> bool:
    if type(value) is str:
        return len(value) <= LONGEST_TEXT
    if type(value) in (int, float):
        return -_LARGEST <= value <= _LARGEST and isfinite(value)
    return value is None or type(value) is bool
