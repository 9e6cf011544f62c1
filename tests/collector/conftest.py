from slc.clicktracker.collector.process import collector
from slc.clicktracker.collector.record import unpacked
from slc.clicktracker.tracking import document_uid
from tests.collector.clock import Clock
from zope.component import adapter
from zope.component import getGlobalSiteManager
from ZPublisher.interfaces import IPubBeforeCommit

import pytest


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["zope", "filter"])
def door(request):
    """What is true of a beacon is true at both doors."""
    if request.param == "zope":
        return lambda url: url
    return request.getfixturevalue("filter_door")


@pytest.fixture
def waiting(tracked, monkeypatch):
    """Return a function: what lies in the spool. The storage is down."""
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=nowhere")
    site = document_uid(tracked.aq_parent)

    def found():
        collector().spool_notes()
        return unpacked(collector().spools.own.batch(site, 100).records)

    return found


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
