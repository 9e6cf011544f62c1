"""The viewlet that puts the script into pages of tracked content."""

from hashlib import sha256
from pathlib import Path
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.page_ticket import is_counted
from slc.clicktracker.page_ticket import site_relative
from slc.clicktracker.page_ticket import ticket_for
from slc.clicktracker.page_ticket import version_label
from slc.clicktracker.site_rules import current_user
from typing import Any


_SCRIPT = Path(__file__).parent / "static" / "tracker.js"

#: Changes with the script, so that browsers may keep it for good.
_SCRIPT_ID = sha256(_SCRIPT.read_bytes()).hexdigest()[:12]


class TrackerViewlet(ViewletBase):
    """One external script with the ticket of this page, or nothing at all."""

    index = ViewPageTemplateFile("templates/tracker.pt")

    def render(self) -> str:
        if not self._shows_tracked_content():
            return ""
        return self.index()

    def _shows_tracked_content(self) -> bool:
        return shows_content(self.context, self.request) and is_counted(
            self.context, self.request
        )

    @property
    def script_url(self) -> str:
        return (
            f"{self.site_url}/++plone++slc.clicktracker"
            f"/++unique++{_SCRIPT_ID}/tracker.js"
        )

    @property
    def ticket(self) -> str | None:
        """The ticket, or None for anonymous visitors, whose pages caches share."""
        user, _ = current_user()
        if not user:
            return None
        shown = self.request.get("ACTUAL_URL", self.request.getURL())
        url = site_relative(shown, self.request)
        return ticket_for(self.context, self.request, url)

    @property
    def page(self) -> str:
        return self.context.absolute_url()

    @property
    def version(self) -> str:
        return version_label(self.context)


def shows_content(content: Any, request: Any) -> bool:
    """Is this the page that shows the content itself?

    Not any other view of it (edit, sharing, history …).
    """
    state = api.content.get_view("plone_context_state", content, request)
    return state.is_view_template()
