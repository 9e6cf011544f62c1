"""Services that are registered or configured, and what pages carry for them."""

from slc.clicktracker.analytics.interfaces import IAnalyticsProvider
from slc.clicktracker.analytics.page_data import set_analytics
from zope.component import getGlobalSiteManager
from ZPublisher.interfaces import IPubAfterTraversal

import pytest


@pytest.fixture
def register():
    """Return a function that registers services by their names, for one test."""
    components = getGlobalSiteManager()
    names = []

    def add(**providers):
        for name, provider in providers.items():
            components.registerUtility(provider, IAnalyticsProvider, name)
            names.append(name)

    yield add
    for name in names:
        components.unregisterUtility(provided=IAnalyticsProvider, name=name)


@pytest.fixture
def say():
    """Return a function that has each page say something to services.

    As a view would, on the request: before anything of the page is made.
    """
    components = getGlobalSiteManager()
    handlers = []

    def said(**values):
        def handle(event):
            set_analytics(event.request, **values)

        handlers.append(handle)
        components.registerHandler(handle, (IPubAfterTraversal,))

    yield said
    for handle in handlers:
        components.unregisterHandler(handle, (IPubAfterTraversal,))
