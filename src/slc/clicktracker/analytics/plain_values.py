"""``plain``: a copy of what a caller gives, as a script may have it."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import islice
from typing import Any

import re


#: Services cut longer texts themselves, and pages are not to grow by what nobody reads.
MOST_CHARACTERS = 1000
MOST_ENTRIES = 100
_DEEPEST = 4

#: What JavaScript's numbers keep exactly.
_LARGEST = 2**53

#: Scripts of services raise when they encode half a character.
_SURROGATES = re.compile("[\ud800-\udfff]")


class BadValue(ValueError):
    """A value that can't be sent. Its text says what is wrong, and not what it is."""


def plain(value: Any, depth: int = 0) -> Any:
    """Return a copy of texts, numbers, truth values, mappings and lists of them.

    Generators are read, once. The copy shares nothing with the original, so neither can
    change the other. Raises ``BadValue`` for anything else, and whatever the value raises.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float):
        return _number(value)
    if depth >= _DEEPEST:
        raise BadValue("is nested too deeply")
    if isinstance(value, Mapping):
        # At once: a dict may be changed by another thread while it is read.
        entries = _few(value.items())
        return {_key(key): plain(each, depth + 1) for key, each in entries}
    if isinstance(value, Sequence | Iterator) and not isinstance(
        value, bytes | bytearray | memoryview
    ):
        return [plain(each, depth + 1) for each in _few(value)]
    raise BadValue(f"is of the kind {type(value).__name__}")


def _text(value: str) -> str:
    if len(value) > MOST_CHARACTERS:
        raise BadValue(f"is longer than {MOST_CHARACTERS} characters")
    return _SURROGATES.sub("\ufffd", str(value))


def _number(value: int | float) -> int | float:
    number = int(value) if isinstance(value, int) else float(value)
    # A number that is none isn't smaller either.
    if not abs(number) <= _LARGEST:
        raise BadValue("is a number that JavaScript doesn't have")
    return number


def _key(key: Any) -> str:
    if isinstance(key, int) and not isinstance(key, bool):
        return str(_number(key))
    if not isinstance(key, str):
        raise BadValue("has a name that is no text")
    return _text(key)


def _few(entries: Iterable[Any]) -> list[Any]:
    found = list(islice(entries, MOST_ENTRIES + 1))
    if len(found) > MOST_ENTRIES:
        raise BadValue(f"has more than {MOST_ENTRIES} entries")
    return found
