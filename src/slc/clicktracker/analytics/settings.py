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


#: How page views get to a service: never in both ways, as each would count twice.
BY_SCRIPT = "script"
BY_SERVER = "server"


class IForwardedSettings(IProviderSettings):
    """What every service may have of its own that page views can be forwarded to."""

    transport = choice(
        title=_("How page views get there"),
        description=_("Each page view is told in one of these ways only."),
        options={
            BY_SCRIPT: _("A script in the pages: the visitor's browser tells."),
            BY_SERVER: _(
                "This server forwards the page views that it records as visits, where "
                "visits are switched on, else reads of tracked content. The pages carry "
                "no script of the service, and it learns no network address."
            ),
        },
    )

    forward_names = schema.Bool(
        title=_("Name members in what this server forwards"),
        description=_(
            "As set above for all services, but for login names, which are not known "
            "then: nobody is named by them. Whom the code of a page names, or that it "
            "names nobody, is not known either, so this is off at first."
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
