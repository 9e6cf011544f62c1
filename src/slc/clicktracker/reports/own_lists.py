"""The two lists of what a member is expected to read, in words."""

from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.reports.own_documents import OwnDocument
from slc.clicktracker.reports.reading_list import ReadingList
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class OwnList:
    """A list: its ``name`` in addresses and in ``ReadingList``, its ``title``, what its
    evidence is, what is said above it, None where nothing is, and where it is ``empty``."""

    name: str
    attribute: str
    title: Message
    evidence: Message
    empty: Message
    says: Message | None = None

    def of(self, found: ReadingList) -> tuple[OwnDocument, ...]:
        return getattr(found, self.attribute)


DONE = OwnList(
    "done",
    "done",
    _("Done"),
    _("What is known"),
    _("You are not known to have read anything that you are expected to read."),
)
TO_READ = OwnList(
    "to-read",
    "to_read",
    _("To read"),
    _("Evidence asked for"),
    _("There is nothing left for you to read."),
    _(
        "You are expected to read these documents, and are not known to have read them as "
        "far as is asked for. What was read on paper leaves no trace here."
    ),
)

#: In the order of the screens.
OWN_LISTS = (TO_READ, DONE)


def own_list(name: object) -> OwnList:
    """Return the list with a name, the first for a strange one."""
    return next((each for each in OWN_LISTS if each.name == name), TO_READ)
