"""``@tracking``: whether content is tracked and why, and the choice itself."""

from slc.clicktracker import _
from slc.clicktracker.browser.report.tracking import done_by_choice
from slc.clicktracker.rest.screens.tracking import tracking_screen
from slc.clicktracker.rest.sent import sent_to
from slc.clicktracker.rest.service import ReportService
from slc.clicktracker.tracking.allowed import if_visible
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choice_of
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.tracking.choice import tracking_of
from typing import Any


class GetTracking(ReportService):
    """Answers with ``tracked``, the ``choice`` for this very item ("track", "exclude" or
    "inherit"), and the ``source``: the item that decides, None where there is none or the
    caller may not view it. With ``screen=1`` also with what the screen says."""

    def answer(self) -> dict[str, Any]:
        return {**self._known, **self.screen(tracking_screen)}

    @property
    def _known(self) -> dict[str, Any]:
        tracking = tracking_of(self.context)
        source = if_visible(tracking.source)
        return {
            "@id": self.url,
            "tracked": tracking.tracked,
            "choice": choice_of(self.context).value,
            "source": source
            and {"@id": source.absolute_url(), "title": source.Title()},
        }


class PatchTracking(GetTracking):
    """Takes ``{"choice": …}``, and answers as before, with how it is now."""

    def answer(self) -> dict[str, Any]:
        asked = sent_to(self.request, ("choice",)).get("choice")
        try:
            choice = Choice(asked)
        except ValueError:
            return self.not_understood(
                {"choice": _("Nothing was changed: choose one of the options.")}
            )
        before = tracking_of(self.context).tracked
        done = done_by_choice(self.context, choose(self.context, choice), before)
        return {**self._known, "message": self.translated(done)}
