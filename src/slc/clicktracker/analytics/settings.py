"""Settings of services, read from the registry of the current site."""

from plone.registry.interfaces import IRegistry
from slc.clicktracker import _
from slc.clicktracker.interfaces import IAnalyticsSettings
from slc.clicktracker.visitors.entries import are_networks
from slc.clicktracker.visitors.fields import lines
from typing import Any
from zope import schema
from zope.component import getUtility
from zope.interface import Interface
from zope.interface.interface import InterfaceClass


class IProviderSettings(Interface):
    """What every service may have of its own."""

    own_internal_networks = schema.Bool(
        title=_("Internal addresses of its own"),
        description=_(
            "The list below holds for this service instead of the one for all services. "
            "If the list is empty, nobody is internal."
        ),
        default=False,
        required=False,
    )

    internal_networks = lines(
        title=_("Internal addresses for this service"),
        description=_("Addresses or networks, one per line."),
        constraint=are_networks,
    )


def setting(name: str, schema: InterfaceClass = IAnalyticsSettings) -> Any:
    """Return a setting, its default where there is no record."""
    record = f"{schema.__identifier__}.{name}"
    return getUtility(IRegistry).get(record, schema[name].default)
