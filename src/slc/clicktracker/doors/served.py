"""Noting that content was served to a reader, whether or not anything calls back."""

from slc.clicktracker.doors.asked_for import is_to_be_read
from slc.clicktracker.doors.delivered import note_delivered
from slc.clicktracker.doors.out_of_the_way import out_of_the_way
from slc.clicktracker.doors.page_ticket import is_counted
from slc.clicktracker.doors.page_ticket import site_relative
from slc.clicktracker.doors.page_ticket import ticket_for
from slc.clicktracker.doors.shown import shown_content
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.tickets.ticket import Ticket
from typing import Any
from zope.publisher.interfaces.browser import IBrowserRequest
from ZPublisher.interfaces import IPubBeforeCommit


_OK = 200

#: The attribute of a request with the UIDs of what is noted as served with it.
_NOTED = "_clicktracker_served"


def note_served(ticket: Ticket, request: IBrowserRequest) -> None:
    """Have it noted that a page with this ticket was served, unless the request only
    asks after it, or is not for somebody to look at the page now."""
    if request.method != "HEAD" and is_to_be_read(request.getHeader):
        _noted_in(request).add(ticket.document)
        note_delivered(ticket, SERVED)


def note_shown(content: Any, request: IBrowserRequest) -> None:
    """Have it noted that content was shown whole to a named reader, if it is tracked.

    Once for each request, and not where a ticket says it already.
    """
    with out_of_the_way():
        if (
            is_logged_in()
            and document_uid(content) not in _noted_in(request)
            and is_counted(content, request)
        ):
            url = site_relative(content.absolute_url(), request)
            note_served(ticket_for(content, url), request)


def note_without_script(event: IPubBeforeCommit) -> None:
    """Have it noted what an answer shows that has no head, and so no script."""
    request = event.request
    if not IClickTrackerLayer.providedBy(request) or not is_logged_in():
        return
    with out_of_the_way():
        content = shown_content(request)
        if content is not None and request.response.getStatus() == _OK:
            note_shown(content, request)


def _noted_in(request: IBrowserRequest) -> set[str]:
    # As an annotation it would take several times as long.
    return request.__dict__.setdefault(_NOTED, set())
