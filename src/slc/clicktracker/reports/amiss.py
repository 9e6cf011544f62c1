"""``Amiss``: what was sent can't be done, in words for whoever has sent it."""

from collections.abc import Mapping
from slc.clicktracker import _
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.storage.text import is_blank
from zope.i18nmessageid import Message


SOME_ERRORS = _("There were some errors.")


class Amiss(Exception):
    """``errors`` are what is wrong, by the name of the field; ``status`` says what is wrong
    with all of it, for example that somebody else has changed something meanwhile."""

    def __init__(
        self, errors: Mapping[str, Message], status: Message = SOME_ERRORS
    ) -> None:
        super().__init__(errors, status)
        self.errors = errors
        self.status = status


def check_reason(
    errors: dict[str, Message], reason: str, why: Message | None, name: str = "reason"
) -> None:
    """Add what is wrong with a reason. ``why`` is said where there is none, None where none
    is needed."""
    if why is not None and is_blank(reason):
        errors[name] = why
    elif len(reason) > LONGEST_REASON:
        limit = {"limit": LONGEST_REASON}
        errors[name] = _("No more than ${limit} characters.", mapping=limit)
