"""The viewlets that see which content a page shows."""

from Acquisition import aq_base
from html import escape
from plone.app.layout.viewlets.common import ViewletBase
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.doors.page_ticket import path_in_site
from slc.clicktracker.doors.page_ticket import site_relative
from slc.clicktracker.doors.served import note_shown
from slc.clicktracker.doors.shown import document_of
from slc.clicktracker.doors.shown import shown_content
from slc.clicktracker.doors.tracker_data import tracker_data
from slc.clicktracker.doors.visit_ticket import is_visit
from slc.clicktracker.sites.public_name import said_name
from typing import Any
from zope.component import getMultiAdapter
from zope.component import getUtility


class TrackerViewlet(ViewletBase):
    """One external script with the ticket of this page, or nothing at all."""

    def update(self) -> None:
        """What other viewlets make here takes a tenth of the time of all that this one does,
        and is not needed."""

    def render(self) -> str:
        document = self._shown_document()
        visits = is_visit(self.request)
        data = tracker_data(document, self.request, visits, self._address)
        if data is None:
            return ""
        page = {
            "data-ticket": data.ticket,
            "data-page": self._page_of(document),
            "data-version": data.version,
        }
        return self._script(page, visits)

    def _page_of(self, document: Any | None) -> str:
        """Return where a fresh ticket is asked for."""
        shown = shown_content(self.request) if document is None else document
        # Content alone can tell later what the page was: a screen gets no fresh ticket.
        return self.request.URL if shown is None else shown.absolute_url()

    def _script(self, page: dict[str, str | None], visits: bool) -> str:
        site_path = getUtility(ISiteRoot).getPhysicalPath()
        site_url = self.request.physicalPathToURL(site_path)
        # Without a template: one alone adds a third to the time that all this takes.
        attributes = {
            "src": static_url(site_url, "tracker.js"),
            "data-endpoint": site_url,
            "data-name": said_name(),
            "data-visits": "1" if visits else None,
            **page,
        }
        written = " ".join(
            f'{name}="{escape(value)}"'
            for name, value in attributes.items()
            if value is not None
        )
        return f"<script async {written}></script>"

    def _shown_document(self) -> Any | None:
        """Return what the page shows; None where it is the page of something else."""
        shown = shown_content(self.request)
        here = document_of(self.context)
        return here if shown is not None and aq_base(here) is aq_base(shown) else None

    def _address(self, document: Any) -> str:
        """Return the address in the site that is recorded: one that Plone itself makes.

        Others lead here too, as many as somebody likes to think of.
        """
        page = document.absolute_url()
        # The usual one first: to know others takes many times as long.
        if self.request.get("ACTUAL_URL") == page:
            return path_in_site(document)
        state = getMultiAdapter(
            (self.context, self.request), name="plone_context_state"
        )
        made = state.is_view_template()
        return site_relative(state.current_base_url() if made else page, self.request)


class ShownWholeViewlet(ViewletBase):
    """Has it noted that a listing shows this content whole, and shows nothing itself."""

    def render(self) -> str:
        note_shown(self.context, self.request)
        return ""
