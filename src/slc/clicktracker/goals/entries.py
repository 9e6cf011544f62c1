"""What the settings for goals and splits may be: the constraints of their fields."""

from collections.abc import Callable
from collections.abc import Iterable
from slc.clicktracker import _
from slc.clicktracker.goals.goal import Goal
from slc.clicktracker.goals.goal_line import goal_of
from slc.clicktracker.goals.split import Split
from slc.clicktracker.goals.split_line import split_of
from slc.clicktracker.goals.words import InvalidLine
from slc.clicktracker.goals.words import seen
from slc.clicktracker.visitors.entries import InvalidEntries
from zope.i18nmessageid import Message


#: Each goal is looked for with every message about a reading.
MOST_LINES = 50

#: How much of a line a message repeats.
_LONGEST = 40


def are_goals(lines: Iterable[str]) -> bool:
    """Is each line a goal, of another name? Raises ``InvalidEntries`` for the first one
    that isn't."""
    return _are(tuple(lines), goal_of, _in_goal)


def are_splits(lines: Iterable[str]) -> bool:
    """Is each line a split, of another name, and told by another dimension? Raises
    ``InvalidEntries`` for the first one that isn't."""
    lines = tuple(lines)
    return _are(lines, split_of, _in_split) and _are_apart(map(split_of, lines))


def _are_apart(splits: Iterable[Split]) -> bool:
    """A page that has both would tell one of them alone."""
    told: dict[int, str] = {}
    for split in splits:
        if split.dimension in told:
            raise InvalidEntries(
                _(
                    "“${name}” and “${other}” use the same Matomo dimension: "
                    "${number}. Change one of them.",
                    mapping={
                        "name": told[split.dimension],
                        "other": split.name,
                        "number": split.dimension,
                    },
                )
            )
        if split.dimension:
            told[split.dimension] = split.name
    return True


def _are(
    lines: tuple[str, ...],
    made_of: Callable[[str], Goal | Split],
    in_line: Callable[[int, str, Message], Message],
) -> bool:
    if len(lines) > MOST_LINES:
        raise InvalidEntries(
            _(
                "There are ${number} lines, but only ${most} are allowed. Remove some.",
                mapping={"number": len(lines), "most": MOST_LINES},
            )
        )
    names: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        try:
            name = made_of(line).name
        except InvalidLine as error:
            raise InvalidEntries(in_line(number, line, error.args[0])) from error
        if name.casefold() in names:
            raise InvalidEntries(
                _(
                    "“${name}” is used twice; case doesn't matter. Rename one of them.",
                    mapping={"name": names[name.casefold()]},
                )
            )
        names[name.casefold()] = name
    return True


def _in_goal(number: int, line: str, complaint: Message) -> Message:
    return _(
        "Goal ${number} (${line}): ${complaint}", mapping=_said(number, line, complaint)
    )


def _in_split(number: int, line: str, complaint: Message) -> Message:
    return _(
        "Split ${number} (${line}): ${complaint}",
        mapping=_said(number, line, complaint),
    )


def _said(number: int, line: str, complaint: Message) -> dict[str, object]:
    """Which line it is. Empty ones are none, so its beginning is named as well."""
    start = f"{line[:_LONGEST]}{'…' * (len(line) > _LONGEST)}"
    return {"number": number, "line": seen(start), "complaint": complaint}
