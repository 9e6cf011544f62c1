"""How far a reader got with a text: the one table of the levels of readings."""

from collections.abc import Callable
from dataclasses import dataclass
from slc.clicktracker.storage.marks import Marks


@dataclass(frozen=True)
class TextRead:
    """What is known of one reader with one text: how often it was ``opened``, for how
    many milliseconds somebody was ``engaged`` and how many the text ``needed``, and
    what else the browsers told."""

    opened: int
    engaged: int
    needed: int
    marks: Marks


@dataclass(frozen=True)
class LevelRule:
    """A level: what it takes besides the level before, in Python and in SQL.

    ``condition`` is of a row ``p`` of texts; ``{needed}`` stands there for the time
    that its text needs.
    """

    name: str
    is_reached: Callable[[TextRead], bool]
    condition: str


#: From the least to the furthest; each includes those before.
LEVEL_RULES = (
    LevelRule("opened", lambda read: read.opened > 0, "p.opened > 0"),
    LevelRule(
        "engaged", lambda read: read.engaged >= read.needed, "p.engaged >= {needed}"
    ),
    LevelRule(
        "finished",
        lambda read: Marks.ENDED in read.marks,
        f"(p.marks & {Marks.ENDED:d}) <> 0",
    ),
)


def furthest(read: TextRead) -> str | None:
    """Return the level that was reached, None for a text that was never opened."""
    name = None
    for rule in LEVEL_RULES:
        if not rule.is_reached(read):
            break
        name = rule.name
    return name


def level_in_sql() -> str:
    """Return the same as a number: that of the first level is 0, of none -1."""
    cases = (
        f"WHEN NOT ({rule.condition}) THEN {number}"
        for number, rule in enumerate(LEVEL_RULES, -1)
    )
    lines = "\n                    ".join(cases)
    return f"CASE {lines}\n                    ELSE {len(LEVEL_RULES) - 1} END"
