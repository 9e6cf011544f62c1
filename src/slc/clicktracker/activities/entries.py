"""What the setting for rules may be: the constraint of its field."""

from collections.abc import Iterable
from slc.clicktracker import _
from slc.clicktracker.activities.rule_line import InvalidRule
from slc.clicktracker.activities.rule_line import rule_of
from slc.clicktracker.visitors.entries import InvalidEntries


#: Each of them is asked about every event that no other has claimed.
MOST_RULES = 100


def are_rules(lines: Iterable[str]) -> bool:
    """Is each line a rule? Raises ``InvalidEntries`` for the first one that isn't."""
    lines = tuple(lines)
    if len(lines) > MOST_RULES:
        raise InvalidEntries(
            _(
                "There are ${number} rules, and ${most} at most can be asked about every "
                "event. Remove some.",
                mapping={"number": len(lines), "most": MOST_RULES},
            )
        )
    for line in lines:
        try:
            rule_of(line)
        except InvalidRule as error:
            raise InvalidEntries(*error.args) from error
    return True
