"""Which services the page views of the current site are forwarded to, and how."""

from collections.abc import Callable
from plone import api
from plone.registry.interfaces import IRegistry
from slc.clicktracker.forwarding.interfaces import IForwardedService
from slc.clicktracker.forwarding.interfaces import Sender
from slc.clicktracker.forwarding.rules import ForwardRules
from slc.clicktracker.interfaces import IAnalyticsSettings
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IOutbox
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.storage import takes_batches
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.sites.visitor_rules import visitor_setting
from slc.clicktracker.sites.visits import keeps_visits
from slc.clicktracker.storage.visits.model import SCRIPT
from typing import Any
from typing import TypeVar
from ZODB.POSException import ConflictError
from zope.component import getUtilitiesFor
from zope.component import getUtility
from zope.component import queryUtility

import logging


logger = logging.getLogger("slc.clicktracker")

Answer = TypeVar("Answer")

_said = OnceAMinute()


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
    services = tuple(_asked(lambda service: service.door()).values())
    if not services:
        return None
    portal = api.portal.get()
    return ForwardRules(
        site=document_uid(portal),
        services=services,
        base=portal.absolute_url(),
        consent=_setting("consent"),
        signals=bool(_setting("respect_signals")),
        reads=reads,
    )


def senders() -> dict[str, Sender]:
    """Return what sends to each service of the current site, by its name."""
    if not keeps_outbox() or not is_recording():
        return {}
    return _asked(lambda service: service.sender())


def keeps_outbox() -> bool:
    """Has the current site's storage an outbox, that is filled in batches?

    Where its address can't be understood it is one of ours all the same.
    """
    custom = queryUtility(IClickStorage)
    return custom is None or (IOutbox.providedBy(custom) and takes_batches())


def forwarded_services() -> dict[str, IForwardedService]:
    """Return all services that page views could be forwarded to, by name."""
    return dict(sorted(getUtilitiesFor(IForwardedService), key=lambda one: one[0]))


def _asked(
    question: Callable[[IForwardedService], Answer | None],
) -> dict[str, Answer]:
    """Return what services answer that is not None. One that fails is left out: whoever
    asks is about to keep a read."""
    found = {}
    for name, service in forwarded_services().items():
        try:
            answer = question(service)
        except ConflictError:
            raise
        except Exception:
            if _said.is_due(name):
                logger.exception("Nothing is forwarded to %s, as it fails", name)
            continue
        if answer is not None:
            found[name] = answer
    return found


def _setting(name: str) -> Any:
    record = f"{IAnalyticsSettings.__identifier__}.{name}"
    default = IAnalyticsSettings[name].default
    return getUtility(IRegistry).get(record, default)
