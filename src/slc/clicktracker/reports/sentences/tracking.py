"""What the screen "Tracking" says."""

from slc.clicktracker import _
from slc.clicktracker.reports.sentences.about import Notices
from slc.clicktracker.reports.sentences.about import Where
from slc.clicktracker.tracking.choice import Tracking


COPY_IS_NEVER_TRACKED = _(
    "This is a working copy, and working copies are never tracked. Choose on the "
    "original; the choice stays there when this copy is checked in."
)
NOTICES = Notices(
    of_page=_(
        "This is the default page of the folder ${folder}. Your choice here only applies "
        "to this page. To track everything in the folder, open ${link}.",
        mapping={},
    ),
    title=_("the tracking of the folder"),
    view="tracking",
    of_copy=COPY_IS_NEVER_TRACKED,
)


_RECORDED = Where(
    here=_("Reads of this item are recorded."),
    folder=_(
        "Reads of this item are recorded, because ${folder} is tracked.", mapping={}
    ),
    hidden=_("Reads of this item are recorded."),
)
_NOT_RECORDED = Where(
    here=_("Reads of this item are not recorded."),
    folder=_(
        "Reads of this item are not recorded, because ${folder} is left out.",
        mapping={},
    ),
    hidden=_("Reads of this item are not recorded."),
)


def state_of(tracking: Tracking) -> Where:
    """Return what is said of whether an item is tracked, and through what."""
    return _RECORDED if tracking.tracked else _NOT_RECORDED
