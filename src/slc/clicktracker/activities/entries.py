"""What the setting for rules may be: the constraint of its field."""

from collections.abc import Iterable
from slc.clicktracker import _
from slc.clicktracker.activities.rule_line import InvalidRule
from slc.clicktracker.activities.rule_line import rule_of
from slc.clicktracker.visitors.entries import InvalidEntries
from zope.i18nmessageid import Message


#: Each of them is asked about every event that no other has claimed.
MOST_RULES = 100

#: How much of a line a message repeats.
_LONGEST = 40


def are_rules(lines: Iterable[str]) -> bool:
    """Is each line a rule? Raises ``InvalidEntries`` for the first one that isn't."""
    lines = tuple(lines)
    if len(lines) > MOST_RULES:
        raise InvalidEntries(
            _(
                "There are ${number} rules, but only ${most} are allowed. Remove some.",
                mapping={"number": len(lines), "most": MOST_RULES},
            )
        )
    for number, line in enumerate(lines, 1):
        try:
            rule_of(line)
        except InvalidRule as error:
            raise InvalidEntries(_in_rule(number, line, error.args[0])) from error
    return True


def _in_rule(number: int, line: str, complaint: Message) -> Message:
    """Say in which rule something is wrong. Empty lines are none, so its beginning is
    named as well."""
    start = f"{line[:_LONGEST]}{'…' * (len(line) > _LONGEST)}"
    return _(
        "Rule ${number} (${line}): ${complaint}",
        mapping={"number": number, "line": start, "complaint": complaint},
    )
