"""Clicky and Matomo as services that this server tells of page views."""

from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.analytics.clicky import IClickySettings
from slc.clicktracker.analytics.interfaces import IAnalyticsProvider
from slc.clicktracker.analytics.internal_addresses import internal_networks
from slc.clicktracker.analytics.matomo import IMatomoSettings
from slc.clicktracker.analytics.matomo import matomo_address
from slc.clicktracker.analytics.secret_text import is_secret
from slc.clicktracker.analytics.settings import is_by_server
from slc.clicktracker.analytics.settings import setting
from slc.clicktracker.analytics.site_id import is_site_number
from slc.clicktracker.forwarding.clicky import ClickySender
from slc.clicktracker.forwarding.interfaces import IForwardedService
from slc.clicktracker.forwarding.matomo import MatomoSender
from slc.clicktracker.forwarding.rules import ForwardedTo
from slc.clicktracker.forwarding.rules import FULL_NAME
from slc.clicktracker.forwarding.rules import Naming
from slc.clicktracker.forwarding.rules import NOBODY
from slc.clicktracker.forwarding.rules import PSEUDONYM
from slc.clicktracker.forwarding.rules import USER_ID
from slc.clicktracker.sites.pseudonyms import pseudonym_key
from slc.clicktracker.sites.secrets import secret
from zope import schema
from zope.component import getUtility
from zope.interface import implementer
from zope.interface import Interface
from zope.interface.interface import InterfaceClass


CLICKY = "clicky"
MATOMO = "matomo"


class IClickySecret(Interface):
    """What only Clicky may know, so no part of the registry."""

    sitekey_admin = schema.Password(
        title=_("Clicky: admin site key"),
        description=_(
            "Only needed if this server forwards page views, which requires a paid "
            "plan of Clicky. You find it in Clicky under Preferences, Info. It is "
            "never shown again."
        ),
        constraint=is_secret,
        required=False,
    )


class IMatomoSecret(Interface):
    """What only Matomo may know, so no part of the registry."""

    matomo_token = schema.Password(
        title=_("Matomo: token"),
        description=_(
            "Only needed if this server forwards page views. Without it, Matomo "
            "ignores page views that are older than 24 hours, and doesn't say which "
            "ones it can't use. You find it in Matomo under Administration, Personal, "
            "Security. It must not be restricted to secure requests. It is never shown "
            "again."
        ),
        constraint=is_secret,
        required=False,
    )


@implementer(IForwardedService)
@dataclass(frozen=True)
class ForwardedToClicky:
    """Clicky takes nothing without the secret."""

    title = "Clicky"
    secret = IClickySecret
    needs = ("site_id", "sitekey_admin")

    def place(self) -> str:
        return ""

    def door(self) -> ForwardedTo | None:
        return _door(CLICKY, IClickySettings)

    def sender(self) -> ClickySender | None:
        site_id = setting("site_id", IClickySettings)
        key = secret("sitekey_admin")
        if not (is_by_server(IClickySettings) and is_site_number(site_id) and key):
            return None
        naming = _naming(CLICKY, IClickySettings)
        return ClickySender(site_id=site_id, key=key, naming=naming)


@implementer(IForwardedService)
@dataclass(frozen=True)
class ForwardedToMatomo:
    """Matomo takes page views of today without a token."""

    title = "Matomo"
    secret = IMatomoSecret
    needs = ("address", "site_id")

    def place(self) -> str:
        address = matomo_address()
        if address is None:
            return ""
        base = address.url(https=bool(setting("https", IMatomoSettings)))
        # There is no page whose scheme it could take.
        return f"http:{base}" if base.startswith("//") else base

    def door(self) -> ForwardedTo | None:
        return _door(MATOMO, IMatomoSettings)

    def sender(self) -> MatomoSender | None:
        site_id = setting("site_id", IMatomoSettings)
        if not (is_by_server(IMatomoSettings) and is_site_number(site_id)):
            return None
        place = self.place()
        if not place:
            return None
        token = secret("matomo_token", place)
        return MatomoSender(
            url=f"{place}/matomo.php",
            site_id=site_id,
            token=token,
            naming=_naming(MATOMO, IMatomoSettings),
        )


def _door(name: str, settings: InterfaceClass) -> ForwardedTo | None:
    if not is_by_server(settings):
        return None
    provider = getUtility(IAnalyticsProvider, name)
    naming = _naming(name, settings)
    return ForwardedTo(name, internal_networks(provider), naming.by, naming.key)


def _naming(name: str, settings: InterfaceClass) -> Naming:
    """Return how members are known. Login names are in no ticket: nobody is then."""
    is_on = setting("auto_identify") and setting("forward_names", settings)
    by = setting("identify_by") if is_on else NOBODY
    if by not in (USER_ID, FULL_NAME, PSEUDONYM):
        by = NOBODY
    return Naming(name, by, pseudonym_key() if by == PSEUDONYM else "")
