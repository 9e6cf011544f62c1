"""``@clicktracker-reason``: takes the reason for which somebody looks at names."""

from AccessControl import Unauthorized
from slc.clicktracker import _
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.rest.sent import sent_to
from slc.clicktracker.rest.service import ReportService
from slc.clicktracker.sites.reasons import give_reason
from slc.clicktracker.sites.rules import is_logged_in
from typing import Any


class PatchReason(ReportService):
    """Takes ``{"reason": …}``, and answers with what is kept of it for the next hour."""

    def answer(self) -> dict[str, Any]:
        if not is_logged_in():
            raise Unauthorized
        sent = sent_to(self.request, ("reason",))
        reason = give_reason(text_from(sent.get("reason")))
        if not reason:
            return self.not_understood({"reason": _("Enter a reason.")})
        return {"@id": self.url, "reason": reason}
