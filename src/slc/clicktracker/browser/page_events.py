"""The viewlet that lets scripts of a page say what happens on it."""

from html import escape
from plone.app.layout.viewlets.common import ViewletBase
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.sites.cohorts import are_page_events_on
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.sites.rules import current_user


class PageEventsViewlet(ViewletBase):
    """One external script, or nothing. Only for a member whose events are recorded it is
    told where to send them; so what guests get is the same for all, as caches share it."""

    def render(self) -> str:
        if not are_page_events_on() or IContentIsIgnored.providedBy(self.request):
            return ""
        address = escape(static_url(self.site_url, "events.js"))
        user, folder = current_user()
        endpoint = ""
        if not folder and user in recorded_members():
            endpoint = f' data-endpoint="{escape(self.site_url)}"'
        return f'<script defer src="{address}"{endpoint}></script>'
