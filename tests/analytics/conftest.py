"""Services that are registered or configured, and what pages carry for them."""

from slc.clicktracker.analytics.interfaces import IAnalyticsProvider
from zope.component import getGlobalSiteManager

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
