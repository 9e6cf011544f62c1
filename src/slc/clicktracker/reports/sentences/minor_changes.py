"""What the screen of minor changes says."""

from slc.clicktracker import _
from zope.i18nmessageid import Message


ABOUT = _(
    "After a change, all readers of an earlier version move to “Older version”. If a "
    "change makes no difference to readers, such as a corrected typo, declare it minor "
    "here. Readers of the earlier version then count as readers of the current one."
)

OF_COPY = _(
    "This is a working copy, and working copies are never tracked. Declare on the "
    "original, once this copy is checked in."
)
ONLY_EDITORS = _("Only people who may edit this item can declare a change minor.")
NOTHING_TO_DECLARE = _(
    "There is nothing to declare: nobody is known to have received an earlier version."
)
ALL_COUNT = _("All of these versions already count as current.")

WHICH_VERSION = _("What is the earliest version that is the same in substance?")
WHICH_COUNT = _("All versions from the chosen one to the current one will count.")
OF_REASON = _(
    "For example “a corrected typo”. The reason is kept with your name and the time, even "
    "after a withdrawal, and is shown to people who may edit this or see its readers."
)
ONCE_WITHDRAWN = _(
    "People who have only read these versions are then listed under “Older version” "
    "again, and have to read the current one."
)
SAME_AS_EACH_OTHER = _(
    "These versions are the same as each other, but different from the current one."
)


def current_version(title: Message, first: str | None) -> Message:
    """Say which version is the current one, and when it was ``first`` delivered."""
    if first is None:
        return _("The current one: ${version}.", mapping={"version": title})
    names = {"version": title, "time": first}
    return _("The current one: ${version}, first delivered on ${time}.", mapping=names)
