"""What may be told where a few readers are too few: neither how few did something, nor how
few did not."""

from slc.clicktracker import _
from zope.i18nmessageid import Message


#: What stands in the place of a number: also where it is nobody, or everybody.
TOO_FEW = _("fewer than ${number}")
ALL_BUT_FEW = _("all except fewer than ${number}")

#: Where one of those could be found by the number.
NOT_TOLD = _("not shown")

INSTEAD = frozenset({TOO_FEW, ALL_BUT_FEW, NOT_TOLD})

#: A number, or what stands in its place; None where there can be none.
Told = int | Message | None


def told(number: int, smallest: int) -> Told:
    """Return how many readers there are, if these are not too few."""
    return number if number >= smallest else _with(TOO_FEW, smallest)


def told_of(number: int, every: int, smallest: int) -> Told:
    """Return how many of all readers did something, if neither these nor the others are too
    few."""
    if number >= smallest > every - number:
        return _with(ALL_BUT_FEW, smallest)
    return told(number, smallest)


def _with(message: Message, smallest: int) -> Message:
    return Message(message, mapping={"number": smallest})
