"""``AskingChange``: somebody chooses whether readers of an item are asked to acknowledge it."""

from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.asked import Choice
from slc.clicktracker.acknowledgements.asked import end_choice
from slc.clicktracker.acknowledgements.asked import is_asked_by_deadline
from slc.clicktracker.acknowledgements.asked import LONGEST_SENTENCE
from slc.clicktracker.acknowledgements.asked import own_choice
from slc.clicktracker.acknowledgements.asked import set_choice
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.reports.amiss import check_reason
from slc.clicktracker.reports.amiss import SOME_ERRORS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tracking.choice import is_working_copy
from slc.clicktracker.tracking.choice import sends_away
from typing import Any
from zope.i18nmessageid import Message


#: What can be chosen for an item, in the order of the form.
ASK, LEAVE, INHERIT = "ask", "leave", "inherit"

_HAS_CHANGED = _(
    "Nothing was changed: somebody else has changed this since you opened the "
    "form. Look at what it says now, then try again."
)


class AskingChange:
    """About one item."""

    def __init__(self, content: Any) -> None:
        self.content = content

    @cached_property
    def own(self) -> Declaration | None:
        """What was declared of this item itself."""
        return own_choice(self.content)

    @property
    def kept(self) -> str:
        """What is chosen for it, one of the words above."""
        if self.own is None:
            return INHERIT
        return ASK if Choice.of(self.own).is_asked else LEAVE

    @property
    def sentence(self) -> str:
        """The sentence of its own, "" for the usual one."""
        return Choice.of(self.own).sentence if self.own else ""

    @property
    def holding(self) -> str:
        """What tells the declaration that holds from all others, "" for none."""
        return "" if self.own is None else "-".join(map(str, self.own.key))

    @cached_property
    def is_asked_by_deadline(self) -> bool:
        """Does the deadline that holds here ask for it?"""
        return is_asked_by_deadline(self.content)

    def change(
        self, chosen: str, sentence: str, reason: str, holding: str
    ) -> Message | None:
        """Declare it. ``sentence`` is as ``typed_sentence`` returns it, ``holding`` what held
        when it was chosen. Return what was done, None where there was nothing to do. Raises
        ``Amiss``."""
        is_never_read = is_working_copy(self.content) or sends_away(self.content)
        is_same = chosen != ASK or sentence == self.sentence
        is_as_before = chosen == self.kept and is_same
        if is_never_read or chosen not in (ASK, LEAVE, INHERIT) or is_as_before:
            return None
        self._check(chosen, sentence, reason, holding)
        if chosen == INHERIT:
            end_choice(self.content, reason)
        else:
            is_asked = chosen == ASK
            own = Choice(is_asked, sentence if is_asked else "")
            set_choice(self.content, own, reason)
        return _("Your choice was saved.")

    def _check(self, chosen: str, sentence: str, reason: str, holding: str) -> None:
        errors: dict[str, Message] = {}
        if chosen == LEAVE and self.is_asked_by_deadline:
            errors["choice"] = _(
                "The deadline asks for acknowledgement, so readers are asked. First choose "
                "other evidence for the deadline."
            )
        why = _("Say why this changes.") if self.own is not None else None
        check_reason(errors, reason, why)
        if len(sentence) > LONGEST_SENTENCE:
            limit = {"limit": LONGEST_SENTENCE}
            errors["sentence"] = _("No more than ${limit} characters.", mapping=limit)
        if errors:
            raise Amiss(errors, SOME_ERRORS)
        if holding != self.holding:
            raise Amiss({}, _HAS_CHANGED)


def typed_sentence(text: str) -> str:
    """Return a sentence as somebody has typed it. Forms send lines with other ends than they
    came with."""
    return storable(text.replace("\r\n", "\n").strip(), LONGEST_SENTENCE + 1)
