"""Noting that a page was served to a reader, whether or not anything calls back."""

from slc.clicktracker.collector.delivered import note_delivered
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.ticket import Ticket
from zope.publisher.interfaces.browser import IBrowserRequest


def note_served(ticket: Ticket, request: IBrowserRequest) -> None:
    """Have it noted that a page with this ticket was served, unless the request only
    asks after it."""
    if request.method != "HEAD":
        note_delivered(ticket, SERVED)
