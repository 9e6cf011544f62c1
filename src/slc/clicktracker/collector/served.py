"""Noting that a page was served to a reader, whether or not anything calls back."""

from slc.clicktracker.collector.once_a_minute import OnceAMinute
from slc.clicktracker.collector.process import collector
from slc.clicktracker.collector.startup import tell_storage
from slc.clicktracker.collector.ticket_access import ticket_access
from slc.clicktracker.site_rules import spool_limit
from slc.clicktracker.site_storage import takes_batches
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.plain import PlainAccess
from slc.clicktracker.ticket import Ticket
from zope.publisher.interfaces.browser import IBrowserRequest

import logging
import transaction


logger = logging.getLogger("slc.clicktracker")

_said = OnceAMinute()


def note_served(ticket: Ticket, request: IBrowserRequest) -> None:
    """Have it noted that a page with this ticket was served.

    That happens when the current transaction has committed: a page that ends in an
    error was not served, nor one that is made once more after a conflict. A storage
    of two methods can't keep such a note.
    """
    if request.method == "HEAD":
        return
    try:
        if takes_batches():
            tell_storage()
            transaction.get().addAfterCommitHook(_keep, (ticket, spool_limit()))
    except Exception as error:
        _complain(error)


def _keep(is_committed: bool, ticket: Ticket, limit: int) -> None:
    if not is_committed:
        return
    try:
        process = collector()
        if process.is_alive:
            process.notes.add(ticket.site, _note_of(ticket), limit)
        else:
            _complain("the thread that stores is gone")
    except Exception as error:
        _complain(error)


def _complain(error: Exception | str) -> None:
    """Whatever it is, the page goes out as if nothing had been."""
    if _said.is_due("served"):
        logger.error(
            "It is not noted now to whom pages are served: %s. See the status in "
            "Site Setup, ClickTracker Settings.",
            error,
            exc_info=error if isinstance(error, Exception) else None,
        )


def _note_of(ticket: Ticket) -> PlainAccess:
    served = microseconds(ticket.issued)
    # No page view has an id as short as this.
    return ticket_access(
        ticket, "served", served, served, origin=SERVED, engaged=0, depth=0
    )
