"""Both doors, and what happens before a request commits."""

from zope.component import adapter
from zope.component import getGlobalSiteManager
from ZPublisher.interfaces import IPubBeforeCommit

import pytest


@pytest.fixture(params=["zope", "filter"])
def door(request):
    """What is true of a beacon is true at both doors."""
    if request.param == "zope":
        return lambda url: url
    return request.getfixturevalue("filter_door")


@pytest.fixture
def before_commit():
    """Return a function that registers what is done with each request for an address
    that has a text in it, before it commits."""
    components = getGlobalSiteManager()
    registered = []

    def register(text, action):
        @adapter(IPubBeforeCommit)
        def handler(event):
            if text in event.request.URL:
                action(event.request)

        components.registerHandler(handler)
        registered.append(handler)

    yield register
    for handler in registered:
        components.unregisterHandler(handler)
