"""``@@clicktracker-reason``: takes the reason for which somebody looks at names."""

from AccessControl import Unauthorized
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect import PostOnly
from Products.Five.browser import BrowserView
from slc.clicktracker import _
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.sites.reasons import give_reason
from slc.clicktracker.sites.rules import is_logged_in


class Reason(BrowserView):
    """Where the form before names is sent to; it leads back to them."""

    def __call__(self) -> str:
        if not is_logged_in():
            raise Unauthorized
        PostOnly(self.request)
        CheckAuthenticator(self.request)
        if not give_reason(text_from(self.request.form.get("reason"))):
            message = _("Enter a reason.")
            api.portal.show_message(message, self.request, "warning")
        self.request.response.redirect(self._back)
        return ""

    @property
    def _back(self) -> str:
        """Where the names are; anything but an address of this site is ignored."""
        portal = api.portal.get()
        back = text_from(self.request.form.get("came_from"))
        is_ours = api.portal.get_tool("portal_url").isURLInPortal(back)
        return back if back and is_ours else portal.absolute_url()
