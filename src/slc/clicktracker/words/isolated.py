"""A user's text within a sentence of ours, where no markup can keep them apart."""

from unicodedata import bidirectional

import re


#: They turn round whatever follows, also beyond the end of the text that has them.
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")

_FROM_THE_RIGHT = {"R", "AL", "AN"}

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """Return text so that its direction has no effect on what stands beside it.

    Templates use ``<bdi>``, or ``dir="auto"``, instead.
    """
    plain = _CONTROLS.sub("", text)
    if _FROM_THE_RIGHT.isdisjoint(map(bidirectional, plain)):
        return plain
    return f"{_FIRST_STRONG_ISOLATE}{plain}{_POP_ISOLATE}"
