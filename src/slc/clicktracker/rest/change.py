"""What services share that change something about content as a form of a screen does."""

from plone.protect.interfaces import IDisableCSRFProtection
from slc.clicktracker import _
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.rest.service import ReportService
from typing import Any
from zope.i18nmessageid import Message
from zope.interface import alsoProvides


_JSON = "application/json"
_NO_JSON = _("Send JSON, with the header “Content-Type: application/json”.")


class ChangeService(ReportService):
    """What is amiss with an entry is said there, with 400. That something else has changed
    meanwhile is 409: look at it, then try again."""

    def reply(self) -> Any:
        # Pages of other sites can make a browser send a form, and nothing else: neither
        # JSON that calls itself so, nor another method.
        kind, _, _more = (self.request.getHeader("Content-Type") or "").partition(";")
        if self.request.method == "POST" and kind.strip().lower() != _JSON:
            return self.refused(415, "UnsupportedMediaType", _NO_JSON)
        if self.request.method != "GET":
            alsoProvides(self.request, IDisableCSRFProtection)
        return self._replied()

    def _replied(self) -> Any:
        try:
            return super().reply()
        except Amiss as error:
            if error.errors:
                return self.not_understood(error.errors)
            return self.refused(409, "Conflict", error.status)

    def said(self, done: Message, known: dict[str, Any]) -> dict[str, Any]:
        """Return how it is now, with what was done, in words."""
        return {**known, "message": self.translated(done)}
