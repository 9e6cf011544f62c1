"""``@@clicktracker-try``: would such a page view be recorded, and which rule says so?"""

from dataclasses import replace
from functools import cached_property
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.shorter_address import shorter_address
from slc.clicktracker.doors.client_address import addresses_are_known
from slc.clicktracker.doors.client_address import full_address
from slc.clicktracker.doors.page_view import agent_of
from slc.clicktracker.doors.plain_refusal import is_banned
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.sites.bans import bans_in_force
from slc.clicktracker.sites.visitor_rules import visitor_rules
from slc.clicktracker.visitors.decision import Decision
from slc.clicktracker.visitors.networks import address_of
from slc.clicktracker.words.isolated import isolated
from typing import Any
from urllib.parse import urlsplit
from zope.i18nmessageid import Message


_GUEST = ("Anonymous",)

#: How much of what was typed a message repeats.
_LONGEST = 100


class TryIt(BrowserView):
    """Answers by the settings as they are saved. It only asks, and changes nothing.

    What is not given is that of the request for this page itself.
    """

    index = ViewPageTemplateFile("templates/try-it.pt")

    #: Is the address of the page one of another host, or none? Known with ``path``.
    is_elsewhere = False

    def __call__(self) -> str:
        # It has the address of whoever looks at it.
        self.request.response.setHeader("Cache-Control", "private, no-store")
        url = f"{self.context.absolute_url()}/@@{self.__name__}"
        if address := shorter_address(self.request, url, keeps_empty=True):
            self.request.response.redirect(address)
            return ""
        return self.index()

    @cached_property
    def address(self) -> str:
        environ = self.request.environ
        peer = environ.get("REMOTE_ADDR", "")
        return self._asked("address", full_address(environ) or peer)

    @property
    def known_address(self) -> str:
        """The address as the doors would know it, "" where they could not."""
        return full_address({"REMOTE_ADDR": self.address})

    @cached_property
    def agent(self) -> str:
        return self._asked("agent", agent_of(self.request.environ))

    @cached_property
    def path(self) -> str:
        """The path in the site; an address of the site is as good."""
        asked = self._asked("path", self.request.getURL())
        site = api.portal.get().absolute_url()
        is_whole = asked == site or asked.startswith(f"{site}/")
        try:
            path = urlsplit(asked.removeprefix(site) if is_whole else asked).path
            self.is_elsewhere = bool(urlsplit(asked).netloc) and not is_whole
        except ValueError:
            # What Python takes for a host that can't be.
            path, self.is_elsewhere = asked, True
        return path if path.startswith("/") else f"/{path}"

    @property
    def doubts(self) -> list[Message]:
        """Why the answer may not be the one to what is meant."""
        doubts = []
        if self.address and address_of(self.address) is None:
            doubts.append(
                _(
                    "“${address}” is not a network address. The result is for a "
                    "visitor with an unknown address.",
                    mapping={"address": isolated(self.address[:_LONGEST])},
                )
            )
        if self.path and self.is_elsewhere:
            doubts.append(
                _(
                    "The address of the page is not below ${site}. Pages of other sites "
                    "are not recorded here. If this site can be reached there as well, "
                    "this is the answer.",
                    mapping={"site": api.portal.get().absolute_url()},
                )
            )
        return doubts

    @property
    def is_banned(self) -> bool:
        """Is everybody kept out who comes from the address?"""
        bans = bans_in_force(api.portal.get())
        return bool(bans) and is_banned(bans, {"REMOTE_ADDR": self.address})

    @property
    def bans_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-bans"

    @cached_property
    def member(self) -> str:
        """The id of a user, "" for a guest."""
        return self._asked("member", "")

    @cached_property
    def user(self) -> Any | None:
        return api.user.get(userid=self.member) if self.member else None

    @property
    def complaint(self) -> Message | None:
        """Why no rule about networks can apply, None where one can."""
        if address_of(self.address) is None:
            return _("Without a valid address, no rule about networks applies.")
        if self.known_address:
            return None
        if addresses_are_known():
            return _(
                "This is the address of a proxy that Zope trusts, not of a visitor. So no "
                "rule about networks applies."
            )
        return _(
            "No rule about networks applies to this address, because it may be that of "
            "a proxy: it belongs to this server or to a private network, and Zope "
            "doesn't know its proxy. Set trusted-proxy in zope.conf."
        )

    @property
    def is_enabled(self) -> bool:
        return visitor_rules().enabled

    @cached_property
    def decision(self) -> Decision:
        """What would be decided if visits were recorded at all."""
        roles = self.user.getRoles() if self.user else _GUEST
        groups = self.user.getGroups() if self.user else ()
        rules = replace(visitor_rules(), enabled=True)
        return rules.decide(
            self.known_address, self.agent, self.path, roles=roles, groups=groups
        )

    @property
    def setting(self) -> str:
        """The title of the setting that decides."""
        return IVisitorSettings[self.decision.rule].title

    @property
    def settings_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-settings"

    def _asked(self, name: str, otherwise: str) -> str:
        return self.request.form.get(name, otherwise).strip()
