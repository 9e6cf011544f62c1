"""The title of our screens in the browser: what the screen is, and of what."""

from html import escape
from plone import api
from plone.app.layout.viewlets.common import TitleViewlet
from slc.clicktracker import _
from zope.interface import Interface


class IScreen(Interface):
    """Marker of a view of ours while it is published."""


_DASHBOARD = _("Reading dashboard")
_READER = _("What is known about a reader")
_REPORT = _("Who read this")

_TITLES = {
    "acknowledge-reading": _("Not acknowledged"),
    "clicktracker-acknowledgement": _("Acknowledgement"),
    "clicktracker-activities": _("Activities"),
    "clicktracker-as-of": _("Who had read this then?"),
    "clicktracker-attest": _("Vouch for readers"),
    "clicktracker-audience": _("Audience"),
    "clicktracker-audience-rule": _("Change who is expected"),
    "clicktracker-ban": _("Ban an address"),
    "clicktracker-bans": _("Bans"),
    "my-deadlines": _("Deadlines in your calendar"),
    "clicktracker-dashboard": _DASHBOARD,
    "clicktracker-dashboard-members": _("Members"),
    "clicktracker-deadline": _("Deadline"),
    "clicktracker-declarations": _("What was declared"),
    "clicktracker-deleted": _("Deleted documents"),
    "clicktracker-deleted-document": _REPORT,
    "clicktracker-deleted-document-reader": _READER,
    "clicktracker-deleted-seals": _("Sealed reports of deleted documents"),
    "clicktracker-excuse": _("Excuse somebody"),
    "clicktracker-forget": _("Forget a person"),
    "clicktracker-goals": _("Goals"),
    "clicktracker-live": _("Live feed"),
    "clicktracker-mail-subscriptions": _("Subscriptions to reports by mail"),
    "clicktracker-mails": _("Reports by mail"),
    "clicktracker-map": _("Map"),
    "clicktracker-minor-change": _("Minor changes"),
    "clicktracker-purpose": _("What is recorded about members"),
    "my-reading-list": _("My reading list"),
    "reading-receipt": _("Receipt"),
    "clicktracker-reminders": _("Reminders"),
    "clicktracker-seals": _("Sealed reports"),
    "clicktracker-settings": _("ClickTracker Settings"),
    "clicktracker-stop-mails": _("Stop reports by mail"),
    "clicktracker-try": _("Would this page view be recorded?"),
    "clicktracker-visitors-report": _("Visitors report"),
    "clicktracker-visits": _("Visits"),
    "my-reading": _("What is recorded about you"),
    "tracking": _("Tracking"),
    "who-read-this": _REPORT,
    "who-read-this-addresses": _("E-mail addresses"),
    "who-read-this-reader": _READER,
}


class PageTitle(TitleViewlet):
    """Plone's own has the title of the content alone, so tabs could not be told apart."""

    def update(self) -> None:
        super().update()
        title = _TITLES.get(self.view.__name__)
        if title is not None:
            screen = escape(api.portal.translate(title))
            self.site_title = self.sep.join([screen, self.site_title])
