"""What the screen says that chooses whether readers acknowledge an item."""

from slc.clicktracker import _
from slc.clicktracker.reports.sentences.about import REASON_IS_KEPT
from slc.clicktracker.reports.sentences.about import REASON_MAY_BE_LEFT_EMPTY
from slc.clicktracker.reports.sentences.about import Where
from zope.i18nmessageid import Message


ASKED_NOWHERE = _(
    "The settings of the site say that nobody is asked anywhere. What you choose here has "
    "an effect once this changes."
)
NEVER_READ = _("Nobody is meant to read this, so nobody is asked to acknowledge it.")
OF_SENTENCE = _(
    "What readers acknowledge, word for word. Leave empty for the sentence of the site."
)

CHOSEN = Where(
    here=_("Chosen for this item and everything below it."),
    folder=_("Chosen for ${folder} and everything below it.", mapping={}),
    hidden=_("Chosen for a folder above that you may not see."),
)


def who_is_asked(sentence: str | None, asks_below: bool) -> Message:
    """Say whether members of the audience are asked to acknowledge an item, where a
    ``sentence`` follows, or what is below it."""
    if sentence is not None:
        return _("Members of the audience are asked to acknowledge this:")
    if asks_below:
        return _("Members of the audience are asked to acknowledge the items below it.")
    return _("Readers are not asked to acknowledge this.")


def of_deadline(is_asked_by_deadline: bool, is_asked: bool) -> Message | None:
    """Say who is missing where readers are asked; None where nobody is."""
    if is_asked_by_deadline:
        return _(
            "The deadline asks for it: whoever has not acknowledged it is missing."
        )
    if is_asked:
        return _(
            "Whoever has read it without acknowledging it is not missing, unless a "
            "deadline asks for acknowledgement."
        )
    return None


def of_reason(has_own: bool) -> Message:
    """Say what a reason is for, where something is chosen already or where nothing is."""
    return REASON_IS_KEPT if has_own else REASON_MAY_BE_LEFT_EMPTY
