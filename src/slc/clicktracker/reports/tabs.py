"""The lists that the report of a document is divided into."""

from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.reports.explanation import Explanation
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Tab:
    """A list: its ``name`` in addresses, its ``title``, the ``explanation`` above it, and
    what it says when empty; another thing where there may be downloads.

    Whether it ``has_readings`` decides how it can be narrowed, and what its rows are.
    """

    name: str
    title: Message
    explanation: Explanation
    empty: Message
    empty_of_downloads: Message | None = None
    has_readings: bool = True

    def emptiness(self, has_downloads: bool) -> Message:
        """Return what it says when empty, and no more than is known."""
        return (has_downloads and self.empty_of_downloads) or self.empty


READ = Tab(
    "read",
    _("Read"),
    Explanation(
        one=_("One reader of ${version}."),
        many=_("${total} readers of ${version}."),
    ),
    _("Nobody is known to have opened the current version yet."),
    _("Nobody is known to have opened or downloaded the current version yet."),
)
OLDER = Tab(
    "older",
    _("Older version"),
    Explanation(
        one=_("One reader of an older version."),
        many=_("${total} readers of an older version."),
        unproven=_("It is not known whether they have read the current version."),
    ),
    _("Nobody is known to have opened only an older version."),
    _("Nobody is known to have opened or downloaded only an older version."),
)
ABSENT = Tab(
    "absent",
    _("Not yet"),
    Explanation(
        one=_("One of ${expected} expected readers."),
        many=_("${total} of ${expected} expected readers."),
        opened=_("None of these readers is known to have opened this."),
        downloaded=_("None of these readers is known to have downloaded this."),
        unproven=_(
            "This doesn't prove that they have not read it: reading on paper, in a "
            "mail, in somebody else's copy or in a browser that blocks scripts leaves "
            "no trace here."
        ),
    ),
    _("All known expected readers have opened this, or an older version of it."),
    _(
        "All known expected readers have opened or downloaded this, or an older "
        "version of it."
    ),
    has_readings=False,
)
EXCUSED = Tab(
    "excused",
    _("Excused"),
    Explanation(
        one=_("One reader is excused from reading this."),
        many=_("${total} readers are excused from reading this."),
        opened=_("People who manage tracking record and end exceptions."),
        downloaded=None,
        unproven=_(
            "People who were never expected to read this are not listed here. Excused "
            "people who have read it anyway are in “Read” or “Older version”, with a "
            "note."
        ),
    ),
    _("Nobody is excused from reading this."),
    has_readings=False,
)

TABS = (READ, ABSENT, OLDER, EXCUSED)

#: In an address, for the list of those who are missing, whichever that is: "Not yet", or
#: "Older version" where nobody is without any version.
MISSING = "missing"


def what_counts(current: tuple[str, ...]) -> Message:
    """Return what somebody has read who is in "Read"; ``current`` is as in a
    ``ReadingQuery``."""
    if len(current) > 1:
        return _("the current version, or one that counts as current")
    return _("the current version")


def tab_of(name: object) -> Tab:
    """Return the tab with a name, the first one for a name that there isn't."""
    return next((tab for tab in TABS if tab.name == name), TABS[0])
