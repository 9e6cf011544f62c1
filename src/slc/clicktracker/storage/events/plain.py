"""Events of members as plain values, for queues and files, and back again, cheaply."""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import astuple
from slc.clicktracker.storage.events.model import MemberEvent
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from typing import NamedTuple


FOLLOWED = "followed"
SAMPLE = "sample"
COHORTS = (FOLLOWED, SAMPLE)

#: Microseconds: the year 10000 doesn't begin in any calendar that is used here.
_LATEST = 253_402_300_800_000_000

#: Characters of what a page sends with an event: all that may be in it, as JSON that
#: needs six for one.
_MOST_DATA = 8192


class PlainEvent(NamedTuple):
    """A ``MemberEvent`` in texts and numbers."""

    key: str
    reader: str
    cohort: str
    kind: str
    occurred: int
    document: str = ""
    path: str = ""
    portal_type: str = ""
    detail: str = ""
    data: str = ""


def plain_event(event: MemberEvent) -> PlainEvent:
    """Return the values of an event as every storage keeps them.

    Raises ``ValueError`` for what can't be an event of a member.
    """
    row = PlainEvent(*astuple(event))
    if not row.reader or row.cohort not in COHORTS:
        raise ValueError("an event is of a member who is in one of the two groups")
    if type(row.occurred) is not int or not 0 <= row.occurred < _LATEST:
        raise ValueError("an event has a time")
    return PlainEvent(
        key=storable(row.key, LIMITS["key"]),
        reader=storable(row.reader, LIMITS["user"]),
        cohort=row.cohort,
        kind=storable(row.kind, LIMITS["source"]),
        occurred=row.occurred,
        document=storable(row.document, LIMITS["uid"]),
        path=storable(row.path, LIMITS["path"]),
        portal_type=storable(row.portal_type, LIMITS["label"]),
        detail=storable(row.detail, LIMITS["label"]),
        data=storable(row.data, _MOST_DATA),
    )


def member_events(rows: Iterable[Sequence]) -> list[MemberEvent]:
    """Return the events that rows of values, in the order of ``PlainEvent``, are.

    Raises ``ValueError`` or ``TypeError`` for a row that can't be one.
    """
    made = (MemberEvent(**PlainEvent(*row)._asdict()) for row in rows)
    return [MemberEvent(**plain_event(event)._asdict()) for event in made]
