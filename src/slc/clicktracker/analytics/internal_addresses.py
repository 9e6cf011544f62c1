"""Whose address is internal, so that a service learns nothing of the page view."""

from functools import lru_cache
from slc.clicktracker.analytics.interfaces import IAnalyticsProvider
from slc.clicktracker.analytics.settings import IProviderSettings
from slc.clicktracker.analytics.settings import setting
from slc.clicktracker.doors.client_address import full_address
from slc.clicktracker.visitors.entries import is_network
from slc.clicktracker.visitors.networks import Networks
from zope.publisher.interfaces.browser import IBrowserRequest


def internal_networks(provider: IAnalyticsProvider) -> Networks:
    """Return the networks that are internal for a service: its own, if it has a list of
    its own, which may be empty; else those for all services."""
    schema = provider.settings
    has_own = schema is not None and schema.isOrExtends(IProviderSettings)
    if has_own and setting("own_internal_networks", schema):
        texts = setting("internal_networks", schema)
    else:
        texts = setting("internal_networks")
    return _networks(tuple(texts or ()))


def is_internal(provider: IAnalyticsProvider, request: IBrowserRequest) -> bool:
    """Does a request come from an internal address, as far as that can be known?"""
    networks = internal_networks(provider)
    return bool(networks) and full_address(request.environ) in networks


@lru_cache(maxsize=100)
def _networks(texts: tuple[str, ...]) -> Networks:
    """Return networks. Other code than the form may have set lines that mean nothing."""
    return Networks.of(filter(is_network, texts))
