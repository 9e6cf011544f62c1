"""What an instance answers for the sake of the benchmark."""

from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from slc.clicktracker.doors.process import collector
from slc.clicktracker.sites.rules import site_rules
from zope.interface import alsoProvides


class EmptyView(BrowserView):
    """The least that a view of Zope can do, with the same answer; for members only, so
    that the log-in is looked at."""

    def __call__(self) -> str:
        self.request.response.setHeader("Content-Length", "0")
        return ""


class Switch(BrowserView):
    """Switches the setting ``record`` to ``on``, 0 or 1, and tells the filter of this
    process at once."""

    def __call__(self) -> str:
        alsoProvides(self.request, IDisableCSRFProtection)
        asked = self.request.form
        api.portal.set_registry_record(asked["record"], asked["on"] == "1")
        host = self.request.environ["HTTP_HOST"]
        address = f"{host}{self.context.absolute_url_path()}/@@clicktracker-callback"
        collector().primed.tell(address, site_rules())
        return ""
