"""``states_of``: what stands beside a document in a member's own lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.reports.levels import HOW_TO_ACKNOWLEDGE
from slc.clicktracker.reports.own_documents import OwnDocument
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class OwnState:
    """A state: its ``name`` in data, its ``title``, what there is room for besides, None
    where the title says it all. ``colour`` is one of Bootstrap's."""

    name: str
    colour: str
    title: Message
    says: Message | None = None


OVERDUE = OwnState("overdue", "danger", _("Overdue"))
CHANGED = OwnState(
    "changed", "warning", _("Changed"), _("It has changed since you read it.")
)
TO_ACKNOWLEDGE = OwnState(
    "to-acknowledge", "secondary", _("To acknowledge"), HOW_TO_ACKNOWLEDGE
)


def states_of(own: OwnDocument, now: datetime) -> Iterator[OwnState]:
    """Yield the states of a document, the most urgent first."""
    if own.is_overdue(now):
        yield OVERDUE
    if own.older is not None:
        yield CHANGED
    if own.is_to_acknowledge:
        yield TO_ACKNOWLEDGE
