"""The event of a member that a page has sent."""

from hashlib import sha256
from slc.clicktracker.collector.beacon import Beacon
from slc.clicktracker.storage.events.plain import PlainEvent
from slc.clicktracker.tickets.ticket import access_key
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tickets.verdict import SiteRules


def page_event(
    beacon: Beacon,
    ticket: Ticket,
    reader: tuple[str, str, str],
    rules: SiteRules,
    arrived: int,
) -> tuple[PlainEvent, ...]:
    """Return the event in a beacon; none of those whose events are not recorded, who are
    told nothing else for it.

    The ticket proves the page, and ``reader`` whose browser it is. Whether what a browser
    says has happened there, nobody can know. ``arrived`` is in microseconds since 1970.
    """
    user, folder, _name = reader
    cohort = "" if folder else rules.members.get(user, "")
    if not cohort:
        return ()
    key = f"page event\n{access_key(ticket, beacon.view)}"
    event = PlainEvent(
        key=sha256(key.encode()).hexdigest()[:32],
        reader=user,
        cohort=cohort,
        kind="event",
        occurred=arrived,
        document=ticket.document,
        path=ticket.path,
        detail=beacon.event.name,
        data=beacon.event.data,
    )
    return (event,)
