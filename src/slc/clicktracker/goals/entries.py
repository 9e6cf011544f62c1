"""What the settings for goals and splits may be: the constraints of their fields."""

from collections.abc import Callable
from collections.abc import Iterable
from slc.clicktracker import _
from slc.clicktracker.goals.goal import Goal
from slc.clicktracker.goals.goal_line import goal_of
from slc.clicktracker.goals.split import Split
from slc.clicktracker.goals.split_line import split_of
from slc.clicktracker.goals.words import InvalidLine
from slc.clicktracker.visitors.entries import InvalidEntries


#: Each goal is looked for with every message about a reading.
MOST_LINES = 50


def are_goals(lines: Iterable[str]) -> bool:
    """Is each line a goal, of another name? Raises ``InvalidEntries`` for the first one
    that isn't."""
    return _are(tuple(lines), goal_of)


def are_splits(lines: Iterable[str]) -> bool:
    """Is each line a split, of another name? Raises ``InvalidEntries`` for the first one
    that isn't."""
    return _are(tuple(lines), split_of)


def _are(lines: tuple[str, ...], made_of: Callable[[str], Goal | Split]) -> bool:
    if len(lines) > MOST_LINES:
        raise InvalidEntries(
            _(
                "There are ${number} lines, and ${most} is the most. Remove some.",
                mapping={"number": len(lines), "most": MOST_LINES},
            )
        )
    names: dict[str, str] = {}
    for line in lines:
        try:
            name = made_of(line).name
        except InvalidLine as error:
            raise InvalidEntries(*error.args) from error
        if name.casefold() in names:
            raise InvalidEntries(
                _(
                    "“${name}” is there twice, as capital letters make no difference. Give "
                    "one of them another name.",
                    mapping={"name": names[name.casefold()]},
                )
            )
        names[name.casefold()] = name
    return True
