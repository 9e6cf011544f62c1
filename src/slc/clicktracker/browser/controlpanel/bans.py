"""``@@clicktracker-bans``: who is banned from the site, and who was."""

from datetime import datetime
from functools import cached_property
from plone import api
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.changed_screen import ChangedScreen
from slc.clicktracker.doors.client_address import caller_of
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.sites.bans import lift
from slc.clicktracker.sites.bans import listed_bans
from slc.clicktracker.sites.bans import LONGEST_NOTE
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import storable
from slc.clicktracker.visitors.bans import Ban
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from typing import Any
from zope.i18nmessageid import Message


#: Where a page of the bans that have ended begins; of the others it is ``b_start``.
_EARLIER_START = "earlier_start"


class BansView(ChangedScreen):
    """The screen. What is posted to it lifts a ban."""

    index = ViewPageTemplateFile("templates/bans.pt")
    bans_list = ViewPageTemplateFile("templates/bans-list.pt")
    timezone = staticmethod(timezone_name)
    number = staticmethod(localized_number)

    def change(self) -> Message:
        network = text_from(self.request.form.get("network"))
        if not lift(network):
            return _("Nothing was changed.")
        return _(
            "${network} is no longer banned. This takes effect in all server "
            "processes within ten seconds.",
            mapping={"network": network},
        )

    @property
    def panel_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-settings"

    @property
    def add_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-ban"

    @cached_property
    def why_off(self) -> Message | None:
        return why_off(self.request.environ)

    @cached_property
    def why_doubtful(self) -> Message | None:
        return why_doubtful(self.request.environ)

    @cached_property
    def search(self) -> str:
        return storable(text_from(self.request.form.get("find")), LONGEST_NOTE).strip()

    @cached_property
    def _listed(self) -> tuple[list[Ban], list[Ban]]:
        return listed_bans(self.search)

    @cached_property
    def current(self) -> Batch:
        """A page of the bans that hold."""
        return self._page(self._listed[0], "b_start")

    @cached_property
    def earlier(self) -> Batch:
        """A page of those that have ended."""
        return self._page(self._listed[1], _EARLIER_START)

    def _page(self, bans: list[Ban], name: str) -> Batch:
        start = number_from(self.request.form.get(name), 0, 0, LAST_START)
        start = min(start, last_start(len(bans), PAGE_SIZE))
        return Batch(bans, PAGE_SIZE, start, b_start_str=name)

    @property
    def is_long(self) -> bool:
        """Is there more than can be looked through at a glance?"""
        return sum(map(len, self._listed)) > PAGE_SIZE

    @property
    def shows_earlier(self) -> bool:
        """Are they unfolded: is one of their pages, or something in them, asked for?"""
        return bool(self.search) or _EARLIER_START in self.request.form

    def name(self, who: Reader) -> str:
        if who.user:
            return name_of(who)
        return api.portal.translate(_("a command on the server"))

    def localized(self, moment: datetime) -> str:
        return local_time(moment)


def why_doubtful(environ: dict[str, Any]) -> Message | None:
    """Say why bans may keep nobody out, and what to do; None where all is well."""
    caller = caller_of(environ)
    if caller.address or not caller.can_ban:
        return None
    return _(
        "Zope doesn't know where you come from, because its trusted proxy ${address} "
        "doesn't say so. If this is true for all visitors, bans have no effect. Let "
        "the proxy send the header X-Forwarded-For. waitress only passes it on with "
        "clear_untrusted_proxy_headers = false in zope.ini.",
        mapping={"address": environ.get("REMOTE_ADDR", "")},
    )


def why_off(environ: dict[str, Any]) -> Message | None:
    """Say why nobody can be banned, and what to do; None where bans work."""
    if caller_of(environ).can_ban:
        return None
    peer = environ.get("REMOTE_ADDR")
    if not peer:
        return _(
            "Bans are off: Zope doesn't know where requests come from, because the web "
            "server connects through a socket file. Let it connect through a port, and "
            "set trusted-proxy in zope.conf to its address."
        )
    return _(
        "Bans are off: requests come from ${address}. This may be a proxy for all "
        "visitors, so banning one of them would ban everybody. Set trusted-proxy in "
        "zope.conf to the address of the proxy.",
        mapping={"address": peer},
    )
