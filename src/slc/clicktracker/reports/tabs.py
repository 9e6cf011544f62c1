"""The lists that the report of a document is divided into."""

from dataclasses import dataclass
from slc.clicktracker import _
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Tab:
    """A list: its ``name`` in addresses, its ``title``, and what it says when empty.

    Whether it ``has_readings`` decides how it can be narrowed, and what its rows are.
    """

    name: str
    title: Message
    empty: Message
    has_readings: bool = True


READ = Tab(
    "read",
    _("Read"),
    _("Nobody is known to have opened the current version yet."),
)
OLDER = Tab(
    "older",
    _("Older version"),
    _("Nobody is known to have opened an older version only."),
)
ABSENT = Tab(
    "absent",
    _("Not yet"),
    _(
        "Everybody who is listed as expected to read this has opened it, or an older "
        "version of it."
    ),
    has_readings=False,
)
EXCUSED = Tab(
    "excused",
    _("Excused"),
    _("Nobody is excused from reading this."),
    has_readings=False,
)

TABS = (READ, ABSENT, OLDER, EXCUSED)


def what_counts(current: tuple[str, ...]) -> Message:
    """Return what somebody has read who is in "Read"; ``current`` is as in a
    ``ReadingQuery``."""
    if len(current) > 1:
        return _("the current version, or one that counts as it")
    return _("the current version")


def tab_of(name: object) -> Tab:
    """Return the tab with a name, the first one for a name that there isn't."""
    return next((tab for tab in TABS if tab.name == name), TABS[0])
