"""``DeadlineChange``: somebody sets or ends the deadline of an item."""

from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.asked import is_asked_nowhere
from slc.clicktracker.acknowledgements.recording import can_acknowledge
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import end_deadline
from slc.clicktracker.deadlines.deadlines import own_declaration
from slc.clicktracker.deadlines.deadlines import set_deadline
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.reports.amiss import check_reason
from slc.clicktracker.reports.amiss import SOME_ERRORS
from slc.clicktracker.reports.asked_deadline import AskedDeadline
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.tracking.choice import is_working_copy
from slc.clicktracker.tracking.choice import sends_away
from slc.clicktracker.words.deadlines import deadline_text
from typing import Any
from zope.i18nmessageid import Message


_HAS_CHANGED = _(
    "Nothing was changed: the deadline has changed since you opened the "
    "form. Look at what it says now, then try again."
)


class DeadlineChange:
    """About one item. What is done is said; None where there was nothing to do. Raises
    ``Amiss``."""

    def __init__(self, content: Any) -> None:
        self.content = content

    @cached_property
    def own(self) -> Declaration | None:
        """What was declared of this item itself."""
        return own_declaration(self.content)

    @cached_property
    def own_deadline(self) -> Deadline | None:
        return None if self.own is None else Deadline.of(self.own)

    @property
    def holding(self) -> str:
        """What tells the declaration that holds from all others, "" for none."""
        return "" if self.own is None else "-".join(map(str, self.own.key))

    @property
    def can_have_one(self) -> bool:
        """Not what is never read."""
        return not (is_working_copy(self.content) or sends_away(self.content))

    @property
    def can_acknowledge(self) -> bool:
        """Is there a way to acknowledge something in this site?"""
        return can_acknowledge() and not is_asked_nowhere()

    def set(self, asked: AskedDeadline, reason: str, holding: str) -> Message | None:
        """Declare what was asked for. ``holding`` is what held when it was asked."""
        if not self.can_have_one:
            return None
        # What is as it was is no mistake, even where it is over by now.
        if self.own is not None and AskedDeadline.of(self.own_deadline) == asked:
            return None
        deadline = asked.deadline(site_timezone(), utc_now(), self.can_acknowledge)
        errors = dict(asked.problems)
        why = _("Say why the deadline changes.") if self.own is not None else None
        check_reason(errors, reason, why)
        self._check(errors, holding)
        if not set_deadline(self.content, deadline, reason):
            return None
        return _(
            "To be read by: ${deadline}",
            mapping={"deadline": deadline_text(deadline)},
        )

    def end(self, reason: str, holding: str) -> Message | None:
        """End what holds."""
        if self.own is None:
            return None
        errors: dict[str, Message] = {}
        check_reason(errors, reason, _("Say why the deadline ends."))
        self._check(errors, holding)
        end_deadline(self.content, reason)
        return _("The deadline has ended. It stays in what was declared.")

    def _check(self, errors: dict[str, Message], holding: str) -> None:
        """Nobody replaces or ends what somebody else has just said, without having seen
        that."""
        has_changed = holding != self.holding
        if errors or has_changed:
            raise Amiss(errors, _HAS_CHANGED if has_changed else SOME_ERRORS)
