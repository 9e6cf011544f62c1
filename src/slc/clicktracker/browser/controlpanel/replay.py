"""``@@clicktracker-replay``: give the reads in quarantine another chance."""

from plone import api
from plone.protect import CheckAuthenticator
from plone.protect import PostOnly
from Products.Five.browser import BrowserView
from slc.clicktracker import _
from slc.clicktracker.collector.quarantine import QuarantineUnavailable
from slc.clicktracker.collector.spool import SpoolUnavailable
from slc.clicktracker.doors.process import collector
from slc.clicktracker.sites.uids import document_uid


class Replay(BrowserView):
    """The button in the control panel, which shows what came of it."""

    def __call__(self) -> str:
        PostOnly(self.request)
        CheckAuthenticator(self.request)
        try:
            count = collector().replay(document_uid(api.portal.get()))
        except (SpoolUnavailable, QuarantineUnavailable) as error:
            text = _(
                "The reads stay in quarantine: ${error}", mapping={"error": str(error)}
            )
            api.portal.show_message(text, self.request, "error")
        else:
            text = _(
                "Reads that are being tried again: ${count}. Those that still can't be "
                "stored return to quarantine within seconds.",
                mapping={"count": count},
            )
            api.portal.show_message(text, self.request, "info")
        panel = f"{self.context.absolute_url()}/@@clicktracker-settings"
        self.request.response.redirect(panel)
        return ""
