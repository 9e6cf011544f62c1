"""Splits as lines of text, as they are edited in the control panel.

headline: short, long; goal Read to the end, Sign-up; matomo dimension 3
"""

from dataclasses import replace
from slc.clicktracker import _
from slc.clicktracker.goals.split import Split
from slc.clicktracker.goals.words import goal_name
from slc.clicktracker.goals.words import InvalidLine
from slc.clicktracker.goals.words import parts_of
from slc.clicktracker.goals.words import tidy

import re


#: As messages say.
MOST_VARIANTS = 6

#: What code calls them.
_NAME = re.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}")
_VARIANT = re.compile("[A-Za-z0-9_.-]{1,64}")
_GOALS = re.compile("goals? (.+)", re.I)
_DIMENSION = re.compile("matomo dimension ([1-9][0-9]{0,3})", re.I)


def split_of(line: str) -> Split:
    """Return the split that a line says. Raises ``InvalidLine``."""
    line = tidy(line)
    name, colon, said = line.partition(":")
    name = name.strip()
    if not colon or not _NAME.fullmatch(name):
        raise InvalidLine(
            _(
                "“${line}” is not a split test. Write a name of letters, digits, “-”, "
                "“_” and “.”, a colon, its variants and its goal, for example: "
                "headline: short, long; goal Read to the end",
                mapping={"line": line},
            )
        )
    listed, *conditions = said.split(";")
    split = Split(name, _variants(listed, name), ())
    for condition in filter(None, map(str.strip, conditions)):
        split = _with(split, condition)
    if not split.goals:
        raise InvalidLine(
            _(
                "The split “${name}” has no goal by which its variants are compared. Add "
                "one, for example: goal Read to the end",
                mapping={"name": name},
            )
        )
    return split


def _variants(listed: str, name: str) -> tuple[str, ...]:
    variants = tuple(parts_of(listed, ","))
    if not all(map(_VARIANT.fullmatch, variants)):
        raise InvalidLine(
            _(
                "Names of variants consist of letters, digits, “-”, “_” and “.”, and "
                "are separated by commas. Change those of “${name}”.",
                mapping={"name": name},
            )
        )
    if not 2 <= len(set(variants)) == len(variants) <= MOST_VARIANTS:
        raise InvalidLine(
            _(
                "The split “${name}” needs two to six variants with different names.",
                mapping={"name": name},
            )
        )
    return variants


def _with(split: Split, condition: str) -> Split:
    is_second = (_GOALS.fullmatch(condition) and split.goals) or (
        _DIMENSION.fullmatch(condition) and split.dimension
    )
    if is_second:
        raise InvalidLine(
            _(
                "There is another condition like “${condition}”. Keep one of them. "
                "Separate several goals by commas.",
                mapping={"condition": condition},
            )
        )
    if match := _GOALS.fullmatch(condition):
        names = map(goal_name, parts_of(match[1], ","))
        goals = {name.casefold(): name for name in names}
        return replace(split, goals=tuple(goals.values()))
    if match := _DIMENSION.fullmatch(condition):
        return replace(split, dimension=int(match[1]))
    raise InvalidLine(
        _(
            "“${condition}” is not a condition for split tests. You can use these, "
            "separated by semicolons: goal Read to the end; matomo dimension 3",
            mapping={"condition": condition},
        )
    )
