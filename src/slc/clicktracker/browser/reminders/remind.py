"""``@@clicktracker-remind``: send the reminders that are due, as ``clicktracker remind``
does; for administrators, and for programs with the token of the site."""

from AccessControl import getSecurityManager
from AccessControl import Unauthorized
from datetime import timedelta
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.reminders.run import Report
from slc.clicktracker.reminders.run import run_reminders
from slc.clicktracker.reminders.wishes import Wishes
from slc.clicktracker.sites.remind_token import is_remind_token
from zope.interface import alsoProvides


#: The header with the token: it is in no address, which servers write into their logs.
HEADER = "X-ClickTracker-Token"

#: After this long no mail is begun: the next call goes on.
_LIMIT = timedelta(seconds=30)


class RemindView(BrowserView):
    """Only a POST does anything, of somebody who proves that they may."""

    def __call__(self) -> str:
        response = self.request.response
        response.setHeader("Cache-Control", "private, no-store")
        response.setHeader("Content-Type", "text/plain; charset=utf-8")
        if self.request.method != "POST":
            response.setStatus(405)
            response.setHeader("Allow", "POST")
            return "Only POST does this.\n"
        if token := self.request.getHeader(HEADER):
            if not is_remind_token(token):
                response.setStatus(403, lock=True)
                return "This is not the token of this site.\n"
            alsoProvides(self.request, IDisableCSRFProtection)
            report = _run()
            if not report.is_done:
                # Who calls it regularly need not read the text to know.
                response.setStatus(503)
            return f"{report.text}\n"
        if not getSecurityManager().checkPermission("Manage portal", self.context):
            raise Unauthorized
        CheckAuthenticator(self.request)
        url = f"{api.portal.get().absolute_url()}/@@clicktracker-reminders"
        return say_what_was_done(self.request, _run().text, url)


def _run() -> Report:
    base = Wishes.of_site().address or api.portal.get().absolute_url()
    return run_reminders(base, _LIMIT)
