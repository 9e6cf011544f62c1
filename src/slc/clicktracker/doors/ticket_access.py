"""The access that a ticket stands for, whoever reports it."""

from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.plain import PlainAccess
from slc.clicktracker.tickets.ticket import access_key
from slc.clicktracker.tickets.ticket import Ticket
from typing import Any


def engaged_since(ticket: Ticket, told: int, arrived: int) -> int:
    """Return for how many milliseconds somebody was engaged with the page of a ticket.

    The browser is believed no more than has passed since the ticket was issued.
    ``arrived`` is microseconds since 1970.
    """
    return min(told, max(arrived - microseconds(ticket.issued), 0) // 1000)


def ticket_access(
    ticket: Ticket, view: str, issued: int, arrived: int, **reported: Any
) -> PlainAccess:
    """Return the access of one view with a ticket: what, who and which version are the
    ticket's. Times are microseconds since 1970; ``reported`` is everything else."""
    return PlainAccess(
        key=access_key(ticket, view),
        issued=issued,
        opened=arrived,
        seen=arrived,
        uid=ticket.document,
        path=ticket.path,
        title=ticket.title,
        version=ticket.version,
        user=ticket.user,
        folder=ticket.folder,
        name=ticket.name,
        url=ticket.url,
        digest=ticket.digest,
        words=ticket.words,
        **reported,
    )


def note_of(ticket: Ticket, origin: str) -> PlainAccess:
    """Return the note that what a ticket is of was delivered, with the origin of a note."""
    delivered = microseconds(ticket.issued)
    # No page view has an id as short as the name of an origin.
    return ticket_access(
        ticket, origin, delivered, delivered, origin=origin, engaged=0, depth=0
    )


def served_note(ticket: Ticket) -> PlainAccess:
    """Return the note that a page with this ticket was served."""
    return note_of(ticket, SERVED)
