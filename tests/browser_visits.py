"""A site that records visits, and browsers that look at it."""

from plone import api
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.interfaces import IVisitorSettings
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import refusal
from tests.plone_site import script_in
from ZPublisher import HTTPRequest

import pytest
import transaction


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def switch(**settings):
    for name, value in settings.items():
        api.portal.set_registry_record(name, value, IVisitorSettings)
    transaction.commit()


@pytest.fixture
def visits(tracked, monkeypatch):
    """The site records visits, and its proxy on this host is known."""
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ["127.0.0.1"])
    switch(enabled=True)


@pytest.fixture
def guests_counted(tracked):
    """Reads of guests are counted."""
    api.portal.set_registry_record("track_anonymous", True, interface=ITrackingPolicy)
    transaction.commit()


@pytest.fixture
def in_browser(visits, visitor):
    """Return a function: a visitor with a browser, from an address."""

    def of(name=None, address="198.51.100.7"):
        found = visitor(name)
        found.session.headers["User-Agent"] = FIREFOX
        found.session.headers["Accept"] = "text/html,application/xhtml+xml"
        found.session.headers["X-Forwarded-For"] = address
        return found

    return of


def script_of(visitor, path):
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    return script_in(answer.text)


def look_at(visitor, path, view="0123456789abcdef", **more):
    """Open a page; its script calls back."""
    ticket = script_of(visitor, path)["data-ticket"]
    headers = {"Content-Type": "text/plain;charset=UTF-8", **more.pop("headers", {})}
    answer = visitor.post(CALLBACK, beacon(ticket, view=view, **more), headers=headers)
    assert answer.status_code == 200, refusal(answer)
    return answer
