"""``TrackerData``: what a page has to know that tells the site of its readers."""

from collections.abc import Callable
from slc.clicktracker.doors.page_ticket import is_counted
from slc.clicktracker.doors.page_ticket import path_in_site
from slc.clicktracker.doors.page_ticket import signed
from slc.clicktracker.doors.page_ticket import ticket_for
from slc.clicktracker.doors.served import note_served
from slc.clicktracker.doors.visit_ticket import visit_ticket
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.versions.visible import visible_text
from typing import Any
from typing import NamedTuple
from zope.publisher.interfaces.browser import IBrowserRequest


class TrackerData(NamedTuple):
    """``ticket`` is None where the page has to ask for one, as caches share it. ``version``
    tells the text that it shows from others, "" where only a page view is reported."""

    ticket: str | None
    version: str


def tracker_data(
    content: Any | None,
    request: IBrowserRequest,
    visits: bool,
    address: Callable[[Any], str] = path_in_site,
) -> TrackerData | None:
    """Return what a page that shows content has to know, None where it reports nothing.

    ``content`` is None for a page that shows something else, ``visits`` says whether page
    views are reported. ``address`` tells the address in the site that is recorded of a
    page. That the page is served to a named reader is noted with the request.
    """
    if content is None or not is_counted(content, request):
        return _of_visit(content, request) if visits else None
    if not is_logged_in():
        return TrackerData(None, visible_text(content))
    ticket = ticket_for(content, address(content), visit=visits)
    text = signed(ticket, request)
    note_served(ticket, request)
    return TrackerData(text, ticket.digest or ticket.version)


def _of_visit(content: Any | None, request: IBrowserRequest) -> TrackerData:
    return TrackerData(signed(visit_ticket(request, content), request), "")
