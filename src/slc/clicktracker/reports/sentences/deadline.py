"""What the screen of a deadline says."""

from slc.clicktracker import _
from slc.clicktracker.reports.sentences.about import Notices
from slc.clicktracker.reports.sentences.about import REASON_IS_KEPT
from slc.clicktracker.reports.sentences.about import REASON_MAY_BE_LEFT_EMPTY
from zope.i18nmessageid import Message


NOTICES = Notices(
    of_page=_(
        "This is the default page of the folder ${folder}. A deadline here only applies "
        "to this page. For everything in the folder, open ${link}.",
        mapping={},
    ),
    title=_("the deadline of the folder"),
    view="clicktracker-deadline",
    of_copy=_(
        "This is a working copy, which nobody is meant to read. Set the deadline on the "
        "original; it stays there when this copy is checked in."
    ),
)

NO_DEADLINE = _(
    "There is no deadline for this item, neither here nor in a folder above."
)
CAN_NEVER_BE_MET = _(
    "Nobody can acknowledge anything on this site at present, so readers stay missing "
    "until somebody vouches for them. Choose other evidence, or have the settings of the "
    "site changed."
)

#: What is said in the forms.
WITHOUT_TIME = _("Without a time, readers have until the end of this day.")
OF_MEETING = _("May be left empty. It is shown beside the deadline.")
OF_EVIDENCE = _(
    "Readers who have acknowledged it, or for whom somebody vouches, are not missing, "
    "whatever is asked for here."
)
NO_REMINDERS = _("This site sends no reminders at present.")
OF_END = REASON_IS_KEPT
ONCE_ENDED = _(
    "If a folder above has a deadline, that one applies here afterwards. What was "
    "declared stays in the history."
)


def title_of_form(has_own: bool) -> Message:
    return _("Change the deadline") if has_own else _("Set a deadline here")


def holds_for(zone: str) -> Message:
    """Say what a deadline is for, and in which time zone it is given."""
    return _(
        "It holds for this item and everything below it that has no deadline of its "
        "own. All days and times in this form are in the time zone of the site, ${zone}.",
        mapping={"zone": zone},
    )


def of_reason(has_own: bool) -> Message:
    """Say what a reason is for, where there is a deadline already or where there isn't."""
    if not has_own:
        return REASON_MAY_BE_LEFT_EMPTY
    return _(
        "The deadline until now ends for this reason. It is kept with your name and the "
        "time."
    )
