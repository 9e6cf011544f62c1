"""The viewlet that puts the script into pages of tracked content."""

from html import escape
from plone.app.layout.viewlets.common import ViewletBase
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.collector.served import note_served
from slc.clicktracker.evidence.visible import text_key
from slc.clicktracker.evidence.visible import visible_version
from slc.clicktracker.page_ticket import is_counted
from slc.clicktracker.page_ticket import signed
from slc.clicktracker.page_ticket import site_relative
from slc.clicktracker.page_ticket import ticket_for
from slc.clicktracker.site_rules import is_logged_in
from typing import Any
from zope.component import getMultiAdapter


class TrackerViewlet(ViewletBase):
    """One external script with the ticket of this page, or nothing at all."""

    def render(self) -> str:
        if not self._shows_tracked_content():
            return ""
        return self.index()

    def index(self) -> str:
        # Without a template: one alone adds a third to the time that all this takes.
        attributes = {
            "src": static_url(self.site_url, "tracker.js"),
            "data-ticket": self.serve_ticket(),
            "data-endpoint": self.site_url,
            "data-page": self.page,
            "data-version": self.version,
        }
        written = " ".join(
            f'{name}="{escape(value)}"'
            for name, value in attributes.items()
            if value is not None
        )
        return f"<script async {written}></script>"

    def _shows_tracked_content(self) -> bool:
        return shows_content(self.context, self.request) and is_counted(
            self.context, self.request
        )

    def serve_ticket(self) -> str | None:
        """Return a ticket, which is noted as served.

        None for anonymous visitors, whose pages caches share.
        """
        if not is_logged_in():
            return None
        shown = self.request.get("ACTUAL_URL", self.request.getURL())
        ticket = ticket_for(self.context, site_relative(shown, self.request))
        text = signed(ticket, self.request)
        note_served(ticket, self.request)
        return text

    @property
    def page(self) -> str:
        return self.context.absolute_url()

    @property
    def version(self) -> str:
        return text_key(visible_version(self.context))


def shows_content(content: Any, request: Any) -> bool:
    """Is this the page that shows the content itself?

    Not any other view of it (edit, sharing, history …).
    """
    state = getMultiAdapter((content, request), name="plone_context_state")
    return state.is_view_template()
