"""Whatever is sent to either door: no server error, and no read that nobody made."""

from hypothesis import given
from hypothesis import strategies as st
from io import BytesIO
from slc.clicktracker.collector.limits import Limits
from slc.clicktracker.doors.filter import CollectorFilter
from slc.clicktracker.sites.rules import site_keys
from slc.clicktracker.sites.storage import recorder_of
from slc.clicktracker.storage.marks import MARKS_BY_NAME
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.tickets.ticket import access_key
from slc.clicktracker.tickets.ticket import verify
from sqlalchemy import text
from tests.both_doors import flush
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on
from tests.nightly import examples
from wsgiref.util import setup_testing_defaults
from ZPublisher.httpexceptions import main as http_exceptions
from ZPublisher.WSGIPublisher import publish_module

import json
import pytest


fuzzed = examples(100, nightly=20_000)

ZOPE = http_exceptions(publish_module, {})
DOORS = {"zope": ZOPE, "filter": CollectorFilter(ZOPE)}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
TOTALS = st.integers() | st.floats() | st.text(max_size=3) | st.none() | st.booleans()
REPORTED = ["engaged", "depth", *MARKS_BY_NAME]
VIEW = "0123456789abcdef"
VIEWS = st.from_regex(r"[A-Za-z0-9_-]{16,64}", fullmatch=True) | st.text()

#: What a server hands on as a header: any byte but the end of the line.
HEADER = st.text(
    st.characters(max_codepoint=255, blacklist_characters="\r\n\0"), max_size=60
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "HTTP_AUTHORIZATION",
            "HTTP_COOKIE",
            "HTTP_X_FORWARDED_FOR",
            "HTTP_ACCEPT_LANGUAGE",
            "HTTP_IF_MODIFIED_SINCE",
            "HTTP_ORIGIN",
            "HTTP_RANGE",
        ]
    ),
    HEADER | HEADER.map("Basic {}".format) | HEADER.map('__ac="{}"'.format),
    max_size=2,
)


@pytest.fixture(params=list(DOORS))
def door(request):
    """A function: the status with which a door answers a body and headers."""
    app = DOORS[request.param]

    def post(body, address="/plone" + CALLBACK, **headers):
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": address,
            "CONTENT_TYPE": "text/plain;charset=UTF-8",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "REMOTE_ADDR": "93.184.216.34",
            **headers,
        }
        setup_testing_defaults(environ)
        statuses = []

        def start(status, headers, exc_info=None):
            statuses.append(int(status.split()[0]))

        answer = app(environ, start)
        assert b"".join(answer) == b"" or statuses[0] != 200
        return statuses[0]

    post.is_filter = request.param == "filter"
    return post


@pytest.fixture
def bob(tracked, visitor, door, monkeypatch):
    """A log-in, and the ticket of a page that was shown in it and reported once,
    so that the filter knows the site. There are no limits: these messages come
    faster than any allows."""
    monkeypatch.setattr(Limits, "_charge", lambda *args: None)
    someone = visitor("bob")
    someone.ticket = ticket_on(someone)
    value = someone.session.cookies["__ac"].strip('"')
    someone.cookie = f'__ac="{value}"'
    body = json.dumps({"ticket": someone.ticket, "view": VIEW}).encode()
    ticket, _ = verify(someone.ticket, site_keys())
    someone.key_of = lambda view: access_key(ticket, view)
    someone.site = ticket.site
    assert door(body, HTTP_COOKIE=someone.cookie) == 200
    return someone


def recorded_keys(site):
    """The accesses in the storage; the requests have left no site behind."""
    flush()
    with recorder_of(site).engine.connect() as connection:
        rows = connection.execute(text("SELECT key FROM clicktracker_access"))
        return {row.key for row in rows}


def test_arbitrary_bytes_and_headers(door, bob):
    @fuzzed
    @given(body=st.binary(max_size=600), headers=HEADERS)
    def try_it(body, headers):
        assert 400 <= door(body, **(headers if door.is_filter else {})) < 500

    try_it()
    assert recorded_keys(bob.site) == {bob.key_of(VIEW)}


def test_arbitrary_json(door, bob):
    @fuzzed
    @given(message=JSON, headers=HEADERS)
    def try_it(message, headers):
        sent = {"HTTP_COOKIE": bob.cookie, **(headers if door.is_filter else {})}
        assert 400 <= door(json.dumps(message).encode(), **sent) < 500

    try_it()
    assert recorded_keys(bob.site) == {bob.key_of(VIEW)}


def test_changed_tickets_and_strange_totals(door, bob):
    """One sign of the ticket changed, views and totals of any kind: a read is
    recorded for the ticket as it was issued, in its own log-in, and for no other."""
    rightful = {bob.key_of(VIEW)}

    @fuzzed
    @given(
        place=st.integers(0, len(bob.ticket) - 1),
        sign=st.sampled_from("ABab01-_.=\0ü"),
        changed=st.booleans(),
        view=VIEWS,
        totals=st.dictionaries(st.sampled_from(REPORTED), TOTALS),
        cookie=st.sampled_from([bob.cookie, "", "__ac=abc"]),
    )
    def try_it(place, sign, changed, view, totals, cookie):
        ticket = bob.ticket
        if changed:
            ticket = ticket[:place] + sign + ticket[place + 1 :]
        body = json.dumps({"ticket": ticket, "view": view, **totals}).encode()
        status = door(body, HTTP_COOKIE=cookie)
        assert status < 500 or status == 503
        if status == 200:
            assert (ticket, cookie) == (bob.ticket, bob.cookie)
            rightful.add(bob.key_of(view))

    try_it()
    recorded = recorded_keys(bob.site)
    assert recorded <= rightful
    assert len(recorded) == min(len(rightful), VIEWS_PER_TICKET)


@fuzzed
@given(
    address=st.text(
        st.characters(max_codepoint=255, blacklist_characters="\r\n"), max_size=40
    )
)
def test_arbitrary_addresses_that_end_like_ours(tracked, address):
    app = DOORS["filter"]
    statuses = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/" + address + CALLBACK,
        "CONTENT_LENGTH": "2",
        "wsgi.input": BytesIO(b"{}"),
    }
    setup_testing_defaults(environ)
    list(app(environ, lambda status, headers, exc_info=None: statuses.append(status)))
    assert 400 <= int(statuses[0].split()[0]) < 500
