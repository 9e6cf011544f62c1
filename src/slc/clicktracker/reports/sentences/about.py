"""What all screens about an item say of it."""

from dataclasses import dataclass
from slc.clicktracker import _
from typing import Any
from zope.i18nmessageid import Message


#: Below a field for a reason, which has to be given, and which need not be.
REASON_IS_KEPT = _("The reason is kept with your name and the time.")
REASON_MAY_BE_LEFT_EMPTY = _(
    "May be left empty. It is kept with your name and the time."
)

OF_LINK = _(
    "A link is never tracked: it sends readers to another address, so nobody could be "
    "known to have read it."
)


@dataclass(frozen=True)
class Notices:
    """Why something is not what somebody may think: ``of_page`` for the default page of a
    ``${folder}``, where ``${link}`` leads to the ``view`` of the folder, with a ``title``;
    ``of_copy`` for working copies."""

    of_page: Message
    title: Message
    view: str
    of_copy: Message


@dataclass(frozen=True)
class Where:
    """For what something holds: ``here``, in a ``${folder}`` above, or in one that is
    ``hidden`` from who looks."""

    here: Message
    folder: Message
    hidden: Message

    def of(self, is_here: bool, folder: Any) -> Message:
        """Return which of them is said; ``folder`` is None where it is hidden."""
        if is_here:
            return self.here
        return self.hidden if folder is None else self.folder


SET = Where(
    here=_("Set for this item and everything below it."),
    folder=_("Set for ${folder} and everything below it.", mapping={}),
    hidden=_("Set for a folder above that you may not see."),
)
