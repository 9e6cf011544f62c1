"""Which services the page views of the current site are forwarded to, and how."""

from collections.abc import Iterator
from plone import api
from plone.registry.interfaces import IRegistry
from slc.clicktracker.forwarding.interfaces import IForwardedService
from slc.clicktracker.forwarding.interfaces import Sender
from slc.clicktracker.forwarding.rules import ForwardRules
from slc.clicktracker.interfaces import IAnalyticsSettings
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IOutbox
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.visitor_rules import visitor_setting
from slc.clicktracker.sites.visits import keeps_visits
from slc.clicktracker.storage.visits.model import SCRIPT
from typing import Any
from zope.component import getUtilitiesFor
from zope.component import getUtility
from zope.component import queryUtility


def forward_rules(source: str = SCRIPT) -> ForwardRules | None:
    """Return how what comes from a source is forwarded in the current site; None where
    nothing is.

    Page views are, as far as they are recorded; where no visits are, reads of tracked
    content are, which come from the script.
    """
    reads = not (visitor_setting("enabled") and keeps_visits())
    if source != (SCRIPT if reads else visitor_setting("source")):
        return None
    if not keeps_outbox() or not is_recording():
        return None
    doors = (service.door() for _name, service in _services())
    services = tuple(door for door in doors if door is not None)
    if not services:
        return None
    return ForwardRules(
        services=services,
        base=api.portal.get().absolute_url(),
        consent=_setting("consent"),
        signals=bool(_setting("respect_signals")),
        reads=reads,
    )


def senders() -> dict[str, Sender]:
    """Return what sends to each service of the current site, by its name."""
    if not keeps_outbox() or not is_recording():
        return {}
    found = {name: service.sender() for name, service in _services()}
    return {name: sender for name, sender in found.items() if sender is not None}


def keeps_outbox() -> bool:
    """Has the current site's storage an outbox?

    Where its address can't be understood it is one of ours all the same.
    """
    custom = queryUtility(IClickStorage)
    return custom is None or IOutbox.providedBy(custom)


def forwarded_services() -> dict[str, IForwardedService]:
    """Return all services that page views could be forwarded to, by name."""
    return dict(_services())


def _services() -> Iterator[tuple[str, IForwardedService]]:
    yield from sorted(getUtilitiesFor(IForwardedService), key=lambda named: named[0])


def _setting(name: str) -> Any:
    record = f"{IAnalyticsSettings.__identifier__}.{name}"
    default = IAnalyticsSettings[name].default
    return getUtility(IRegistry).get(record, default)
