"""Settings of services, read from the registry of the current site."""

from plone.registry.interfaces import IRegistry
from slc.clicktracker import _
from slc.clicktracker.interfaces import IAnalyticsSettings
from slc.clicktracker.visitors.entries import are_networks
from slc.clicktracker.visitors.fields import choice
from slc.clicktracker.visitors.fields import lines
from typing import Any
from zope import schema
from zope.component import getUtility
from zope.interface import Interface
from zope.interface.interface import InterfaceClass


class IProviderSettings(Interface):
    """What every service may have of its own."""

    own_internal_networks = schema.Bool(
        title=_("Separate internal addresses"),
        description=_(
            "This service uses the list below instead of the one for all services. If "
            "the list is empty, nobody is internal."
        ),
        default=False,
        required=False,
    )

    internal_networks = lines(
        title=_("Internal addresses for this service"),
        description=_("Addresses or networks, one per line."),
        constraint=are_networks,
    )


#: How page views get to a service: never in both ways, as each would count twice.
BY_SCRIPT = "script"
BY_SERVER = "server"


class IForwardedSettings(IProviderSettings):
    """What every service may have of its own that page views can be forwarded to."""

    transport = choice(
        title=_("How page views are sent"),
        description=_("Each page view is sent in one of these ways only."),
        options={
            BY_SCRIPT: _(
                "A script in the pages: the visitor's browser informs the service."
            ),
            BY_SERVER: _(
                "This server forwards the page views in recorded visits or, if visits "
                "are off, reads of tracked content. Pages contain no script of the "
                "service, and it learns no network address."
            ),
        },
    )

    forward_names = schema.Bool(
        title=_("Name members in forwarded page views"),
        description=_(
            "As set above for all services, except for login names, which the server "
            "doesn't know at this point. If the code of a page names somebody else or "
            "nobody, the server doesn't know this either. That is why this is off by "
            "default."
        ),
        default=False,
        required=False,
    )


def setting(name: str, schema: InterfaceClass = IAnalyticsSettings) -> Any:
    """Return a setting, its default where there is no record."""
    record = f"{schema.__identifier__}.{name}"
    return getUtility(IRegistry).get(record, schema[name].default)


def is_by_server(schema: InterfaceClass) -> bool:
    """Does the server tell the service of these settings, so that pages don't?"""
    return setting("transport", schema) == BY_SERVER
