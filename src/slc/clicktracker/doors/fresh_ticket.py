"""``@@clicktracker-ticket``: a fresh ticket for a page that has none that counts."""

from AccessControl import getSecurityManager
from AccessControl import Unauthorized
from plone import api
from Products.CMFCore.permissions import View
from slc.clicktracker.doors.callback import read_body
from slc.clicktracker.doors.callback import refuse
from slc.clicktracker.doors.client_address import client_address
from slc.clicktracker.doors.cross_origin import CrossOriginView
from slc.clicktracker.doors.page_ticket import is_counted
from slc.clicktracker.doors.page_ticket import signed
from slc.clicktracker.doors.page_ticket import site_relative
from slc.clicktracker.doors.page_ticket import ticket_for
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.visit_ticket import is_visitor
from slc.clicktracker.doors.visit_ticket import visit_ticket
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.rules import site_rules
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tickets.verdict import Reason
from slc.clicktracker.tickets.verdict import Refused
from slc.clicktracker.versions.visible import visible_text

import json


class FreshTicket(CrossOriginView):
    """Takes ``{"version": "…"}`` of the page that is shown, answers with a ticket.

    The answer is ``{"ticket": "…" or null, "outdated": true or false}``. There is
    no ticket for a page that is not counted, nor for one that shows something
    else than what the content shows now: nobody could prove what that was. A page that is
    not tracked names no version, and gets one where the site records visits.

    Raises ``Unauthorized`` for those who may not view the content.
    """

    def answer(self) -> str:
        if not getSecurityManager().checkPermission(View, self.context):
            raise Unauthorized
        response = self.request.response
        response.setHeader("Cache-Control", "no-store")
        try:
            self._charge()
            shown = self._version_shown()
        except Refused as refused:
            refuse(response, refused, document_uid(api.portal.get()))
            return ""
        response.setHeader("Content-Type", "application/json")
        if not shown:
            return json.dumps({"ticket": self._visit_ticket(), "outdated": False})
        outdated = shown != visible_text(self.context)
        counted = not outdated and is_counted(self.context, self.request)
        return json.dumps(
            {"ticket": self._ticket() if counted else None, "outdated": outdated}
        )

    def _charge(self) -> None:
        """A fresh ticket costs as much as a beacon."""
        rules, limits = site_rules(), collector().limits
        user, folder = current_user()
        if user:
            limits.charge_reader(rules, user, folder)
        else:
            limits.charge_address(rules, client_address(self.request.environ))

    def _version_shown(self) -> str:
        try:
            message = json.loads(read_body(self.request).decode())
        except (ValueError, RecursionError) as error:
            raise Refused(Reason.BEACON_MALFORMED) from error
        version = message.get("version") if isinstance(message, dict) else None
        if not isinstance(version, str):
            raise Refused(Reason.BEACON_MALFORMED)
        return version

    def _ticket(self) -> str:
        url = site_relative(self.context.absolute_url(), self.request)
        ticket = ticket_for(self.context, url, fetched=True, visit=is_visitor())
        return signed(ticket, self.request)

    def _visit_ticket(self) -> str | None:
        """Return the ticket of a page that is not tracked, None where no page view is
        recorded."""
        if not is_visitor():
            return None
        return signed(visit_ticket(self.request, self.context), self.request)
