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
def on_each_request():
    """Return a function: something is done with each request, before a page is made."""
    components = getGlobalSiteManager()
    handlers = []

    def add(do):
        def handle(event):
            do(event.request)

        handlers.append(handle)
        components.registerHandler(handle, (IPubAfterTraversal,))

    yield add
    for handle in handlers:
        components.unregisterHandler(handle, (IPubAfterTraversal,))


@pytest.fixture
def say(on_each_request):
    """Return a function that has each page say something to services, as a view would."""

    def said(**values):
        on_each_request(lambda request: set_analytics(request, **values))

    return said
