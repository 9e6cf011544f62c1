"""The two doors that beacons come in by, and what is stored in the end."""

from contextlib import contextmanager
from slc.clicktracker.collector.spool_line import unpacked
from slc.clicktracker.doors.filter import CollectorFilter
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.startup import tell_storage
from slc.clicktracker.sites.rules import site_rules
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import ReadingQuery
from urllib.parse import urlsplit
from webtest.http import StopableWSGIServer
from zope.component.hooks import getSite
from zope.component.hooks import setSite
from ZPublisher.httpexceptions import main as http_exceptions
from ZPublisher.WSGIPublisher import publish_module

import pytest
import transaction


@pytest.fixture
def door():
    """Return a function: the address of a door from that of the view in Zope.

    This one is the view itself; the tests in ``tests/doors`` use both.
    """
    return lambda url: url


@pytest.fixture(scope="session")
def filtered_port():
    """The port of a server with the WSGI filter in front of the same Zope."""
    app = CollectorFilter(http_exceptions(publish_module, {}))
    # As behind a proxy of one's own: waitress would leave out what that says.
    server = StopableWSGIServer.create(app, clear_untrusted_proxy_headers=False)
    yield int(server.effective_port)
    server.shutdown()


@pytest.fixture
def filter_door(functional, filtered_port):
    """The door of the filter, which Zope has told about the site just now."""

    def address(url):
        path = urlsplit(url).path
        with site_at(functional["app"], path):
            collector().primed.tell(f"localhost:{filtered_port}{path}", site_rules())
            tell_storage()
        return url.replace(f":{functional['port']}/", f":{filtered_port}/")

    return address


@contextmanager
def site_at(app, path):
    """The site of an address as the database has it now."""
    before = getSite()
    transaction.begin()
    setSite(app[path.split("/")[1]])
    try:
        yield
    finally:
        setSite(before)


def flush():
    """Have all that was accepted recorded now."""
    process = collector()
    process.writer.retry_now()
    process.drain()


def stored(*documents):
    """Return the readings of documents, once all that was accepted is stored."""
    flush()
    uids = [one if isinstance(one, str) else document_uid(one) for one in documents]
    return site_storage().readings(ReadingQuery(tuple(uids))).rows


@pytest.fixture
def waiting(tracked, monkeypatch):
    """Return a function: what lies in the spool. The storage is down."""
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=nowhere")
    site = document_uid(tracked.aq_parent)

    def found():
        collector().spool_notes()
        return unpacked(collector().spools.own.batch(site, 100).records).accesses

    return found


@pytest.fixture
def views_waiting(waiting, tracked):
    """Return a function: the page views that lie in the spool. The storage is down."""
    site = document_uid(tracked.aq_parent)

    def found():
        collector().spool_notes()
        return unpacked(collector().spools.own.batch(site, 100).records).views

    return found
