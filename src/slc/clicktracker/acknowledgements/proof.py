"""What proves which version somebody saw who acknowledges it: a ticket of the page."""

from dataclasses import replace
from datetime import datetime
from datetime import timezone
from slc.clicktracker import _
from slc.clicktracker.doors.page_ticket import path_in_site
from slc.clicktracker.doors.page_ticket import signed
from slc.clicktracker.doors.page_ticket import ticket_for
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.rules import site_rules
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tickets.verdict import judge
from slc.clicktracker.tickets.verdict import KeyUnknown
from slc.clicktracker.tickets.verdict import Reason
from slc.clicktracker.tickets.verdict import Refused
from typing import Any
from zope.publisher.interfaces.browser import IBrowserRequest


class Unproven(Exception):
    """A ticket doesn't prove it; ``words`` say why, for whoever has clicked."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


_OLD = _(
    "The page has been open for too long, so nobody can tell any more which version you "
    "have seen."
)
_OTHER_USER = _("The page was opened by somebody else.")
_NO_TICKET = _("This was not sent by a page of this site.")


def page_proof(content: Any, request: IBrowserRequest) -> str:
    """Return the signed ticket of a page that shows content to the current user.

    It records no reading and no page view, whoever sends it as a beacon: the page of a file
    shows none.
    """
    ticket = ticket_for(content, path_in_site(content))
    return signed(replace(ticket, tracked=False), request)


def proven(text: str, request: IBrowserRequest) -> Ticket:
    """Return the ticket of a page that was shown to the current user, as for a beacon.
    Raises ``Unproven``."""
    now = datetime.now(timezone.utc)
    try:
        # Whose it is, is asked in any case: no log-in has to be the same.
        _outcome, ticket = judge(text, site_rules(), (), now)
    except (Refused, KeyUnknown) as error:
        is_old = isinstance(error, Refused) and error.reason is Reason.TICKET_EXPIRED
        raise Unproven(_OLD if is_old else _NO_TICKET) from error
    if ticket.tracked or ticket.visit or not ticket.document:
        raise Unproven(_NO_TICKET)
    if (ticket.user, ticket.folder) != current_user():
        raise Unproven(_OTHER_USER)
    return ticket
