"""What the screens about visitors have in common."""

from functools import cached_property
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.browser.page_links import PageLink
from slc.clicktracker.browser.page_links import render_page_links
from slc.clicktracker.browser.shorter_address import shorter_address
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.permissions import VIEW_VISITORS
from slc.clicktracker.reports.sentences import visitors as sentences
from slc.clicktracker.reports.visitors.about_visitors import AboutVisitors
from slc.clicktracker.reports.visitors.about_visitors import NeedsReason
from slc.clicktracker.reports.visitors.people import Person
from slc.clicktracker.reports.visitors.problems import KEEPS_NO_VISITS
from slc.clicktracker.storage.visits.addresses import is_whole
from slc.clicktracker.storage.visits.agent import named
from slc.clicktracker.storage.visits.model import Agent
from slc.clicktracker.storage.visits.model import SERVER
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import ago
from slc.clicktracker.words.times import duration
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from typing import Any
from urllib.parse import urlencode
from urllib.parse import urlsplit
from zope.component import queryMultiAdapter
from zope.i18nmessageid import Message


#: The screens by the name of their view.
SCREENS = {
    "clicktracker-live": _("Live feed"),
    "clicktracker-visits": _("All visits"),
    "clicktracker-map": _("Map"),
    "clicktracker-visitors-report": _("Visitors report"),
    "clicktracker-activities": _("Activities"),
    "clicktracker-goals": _("Goals"),
}


class VisitorsScreen(NamesShown, AboutVisitors, BrowserView):
    """About the visitors of the site, or of a folder, on a screen."""

    capability = IVisits
    incapable = KEEPS_NO_VISITS

    #: Is it one of ``SCREENS``, or a part of one?
    is_whole = True

    facts_part = ViewPageTemplateFile("templates/facts.pt")
    filter_part = ViewPageTemplateFile("templates/filter.pt")
    notices_part = ViewPageTemplateFile("templates/notices.pt")
    page_part = ViewPageTemplateFile("templates/page.pt")
    person_part = ViewPageTemplateFile("templates/person.pt")
    present_part = ViewPageTemplateFile("templates/present.pt")
    says = sentences

    number = staticmethod(localized_number)
    localized = staticmethod(local_time)
    duration = staticmethod(duration)
    ago = staticmethod(ago)
    timezone = property(lambda self: timezone_name())

    def __call__(self) -> str:
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if address := shorter_address(self.request, self.url, keeps_empty=True):
            self.request.response.redirect(address)
            return ""
        try:
            self.look()
        except NeedsReason:
            return self.unreasoned()
        return self.index()

    def unreasoned(self) -> str:
        """Return what is shown in the place of names before there is a reason."""
        return self.reason_page()

    @property
    def settings_url(self) -> str:
        """Where recording is switched on, "" for those who may not do that."""
        view = "clicktracker-settings"
        return self._screen_url(view) if self._may_open(view) else ""

    def _may_open(self, view: str) -> bool:
        found = queryMultiAdapter((self.context, self.request), name=view)
        return found is not None and api.user.has_permission(
            "Manage portal", obj=self.context
        )

    @cached_property
    def _can_ban(self) -> bool:
        return self._may_open("clicktracker-ban")

    def ban_url(self, address: str) -> str:
        """Return where an address can be banned, "" where that is not to be. What is left
        of an address after some days is nobody's."""
        if not (self.names and self._can_ban and is_whole(address)):
            return ""
        return self._screen_url("clicktracker-ban", network=address)

    def path_url(self, person: Person) -> str:
        """Return where all visits of a visitor are, "" where nobody can know them."""
        if not person.path:
            return ""
        return self._screen_url("clicktracker-visits", **person.path)

    @property
    def url(self) -> str:
        return self._screen_url(self.__name__)

    @property
    def whole_url(self) -> str:
        """Where the same is for the whole site, "" on it and for who may not see that."""
        site = api.portal.get()
        if not self.place or not api.user.has_permission(VIEW_VISITORS, obj=site):
            return ""
        return f"{site.absolute_url()}/@@{self.__name__}"

    def page_links(self) -> str:
        """The links to all screens about visitors that there are in this place."""
        label = _("Screens about visitors")
        return render_page_links(self.screens(), label, self.request)

    def screens(self) -> list[PageLink]:
        """Return where they are."""
        return [
            PageLink(title, self._screen_url(name), self._is_shown(name))
            for name, title in SCREENS.items()
            if queryMultiAdapter((self.context, self.request), name=name) is not None
        ]

    def _is_shown(self, name: str) -> bool:
        return self.is_whole and name == self.__name__

    def _screen_url(self, view: str, **parameters: str) -> str:
        address = f"{self.context.absolute_url()}/@@{view}"
        return f"{address}?{urlencode(parameters)}" if parameters else address

    @cached_property
    def groups(self) -> list[tuple[str, str]]:
        """The groups that a list can be narrowed to, by title."""
        found = [(group.getId(), group.getProperty("title")) for group in _groups()]
        titled = [(group, title or group) for group, title in found]
        return sorted(titled, key=lambda each: each[1].casefold())

    def site_of(self, referrer: str) -> str:
        """Return the host that a visitor came from, "" for none."""
        try:
            return urlsplit(referrer).hostname or ""
        except ValueError:
            return ""

    def agent_words(self, agent: Agent | str) -> str:
        """Return browser, system and device, as far as they are known."""
        agent = named(agent) if isinstance(agent, str) else agent
        # Where nothing better is known "Other" is.
        words = (agent.browser, agent.system, agent.device)
        return " · ".join(isolated(word) for word in words if word not in ("", "Other"))

    def source_words(self, source: str) -> Message:
        """Return how a page view was noticed."""
        if source == SERVER:
            return _("answered by the server")
        return _("reported by the browser")


def _groups() -> list[Any]:
    return [group for group in api.group.get_groups() if group is not None]
