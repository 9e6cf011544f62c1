"""``AnalyticsPage``: the page that is being made, as one service sees it."""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from plone import api
from slc.clicktracker.analytics.complaints import complain
from slc.clicktracker.analytics.identity import identity
from slc.clicktracker.analytics.interfaces import IAnalyticsProvider
from slc.clicktracker.analytics.internal_addresses import internal_networks
from slc.clicktracker.analytics.page_data import IDENTITY
from slc.clicktracker.analytics.page_data import page_data
from slc.clicktracker.analytics.settings import setting
from slc.clicktracker.sites.public_name import door
from slc.clicktracker.sites.public_name import INTERNAL
from slc.clicktracker.sites.rules import is_logged_in
from typing import Any
from zope.publisher.interfaces.browser import IBrowserRequest


@dataclass(frozen=True)
class AnalyticsPage:
    """What is to be known of a page, and what is said on it to the service ``name``.

    ``static_url`` returns the address of a static file of this package.
    """

    name: str
    provider: IAnalyticsProvider
    context: Any
    request: IBrowserRequest
    static_url: Callable[[str], str]

    @property
    def is_shared(self) -> bool:
        """May caches give the page to others? All guests get the same."""
        return not is_logged_in()

    @property
    def said(self) -> dict[str, Any]:
        """What is said to the service besides whom it is about: ``title`` for
        ``clicky_title``. By now: a template may say more while the page is made."""
        prefix = f"{self.name}_"
        return {
            key.removeprefix(prefix): value
            for key, value in self._all_said.items()
            if key.startswith(prefix) and key != f"{prefix}{IDENTITY}"
        }

    @property
    def identity(self) -> str | None:
        """Who is named to the service. Nobody is on a page that caches share."""
        said = self._all_said
        if not self.is_shared:
            return identity(self.name, said)
        if any(said.get(f"{name}_{IDENTITY}") for name in (self.name, "analytical")):
            complain(
                f"shared {self.name}",
                "Nobody is named to %s on pages for guests, as caches share them",
                self.name,
            )
        return None

    @property
    def conditions(self) -> dict[str, Any]:
        """What the script of a service looks at before anything else."""
        return {
            "name": self.name,
            "title": self.provider.title,
            "signals": bool(setting("respect_signals")),
            "consent": setting("consent"),
            "ask": self._asks,
        }

    @property
    def is_unconditional(self) -> bool:
        """May an image be fetched without any script that looks at the conditions?"""
        return (
            bool(setting("noscript_image"))
            and not setting("respect_signals")
            and setting("consent") == "none"
            and not self._asks
        )

    @property
    def _asks(self) -> str | None:
        """Where a script finds out whether the visitor is internal, which the server
        can't have decided on a page that a cache may give to anybody."""
        if not self.is_shared or not internal_networks(self.provider):
            return None
        return f"{api.portal.get().absolute_url()}/{door(INTERNAL)}"

    @property
    def _all_said(self) -> Mapping[str, Any]:
        return page_data(self.context, self.request)
