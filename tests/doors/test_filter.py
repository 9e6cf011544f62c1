"""The WSGI filter: what it answers by itself, and what it leaves to Zope."""

from contextlib import contextmanager
from http.client import HTTPConnection
from io import BytesIO
from plone import api
from plone.keyring.interfaces import IKeyManager
from Products.CMFPlone.utils import get_installer
from Products.SiteAccess.VirtualHostMonster import VirtualHostMonster
from slc.clicktracker.collector.primed import TRUSTED
from slc.clicktracker.doors.callback import Callback
from slc.clicktracker.doors.filter import CollectorFilter
from slc.clicktracker.doors.process import collector
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import ICollectorSettings
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.tickets.ticket import Keys
from tests.both_doors import stored
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import made_ticket
from tests.doors.beacons import ticket_on
from ZODB.DB import DB
from zope.component import getGlobalSiteManager
from zope.component import getUtility
from ZPublisher import HTTPRequest

import pytest
import transaction


ADDRESS = "/plone" + CALLBACK


@pytest.fixture
def door(functional, filtered_port):
    """The filter, which has to ask Zope by itself."""
    return lambda url: url.replace(f":{functional['port']}/", f":{filtered_port}/")


@pytest.fixture
def zope_was_asked(monkeypatch):
    """Return a list that grows with each beacon that comes to Zope."""
    asked = []
    answer = Callback.__call__

    def counting(view):
        asked.append(view)
        return answer(view)

    monkeypatch.setattr(Callback, "__call__", counting)
    return asked


@contextmanager
def ten_seconds_later():
    primed = collector().primed
    clock = primed._clock
    primed._clock = lambda: clock() + TRUSTED
    yield
    primed._clock = clock


def messages(visitor, number):
    ticket = ticket_on(visitor)
    return [beacon(ticket, view=f"view-number-{n:08d}") for n in range(number)]


def test_zope_is_asked_once_and_then_the_filter_answers(
    tracked, visitor, zope_was_asked
):
    bob = visitor("bob")
    for message in messages(bob, 5):
        answer = bob.post(CALLBACK, message)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
    assert len(zope_was_asked) == 1
    (row,) = stored(tracked.agenda)
    assert (row.reader.user, row.reader.name, row.count) == ("bob", "Bob Berger", 5)
    assert row.document.path == "/plone/board/agenda"
    assert row.document.title == "Agenda"


def test_the_filter_opens_no_zodb_connection(tracked, visitor, monkeypatch):
    bob = visitor("bob")
    first, *others = messages(bob, 5)
    bob.post(CALLBACK, first)
    opened = []
    real = DB.open
    monkeypatch.setattr(
        DB, "open", lambda *args, **kw: opened.append(1) or real(*args, **kw)
    )
    for message in others:
        assert bob.post(CALLBACK, message).status_code == 200
    assert not opened


def test_after_some_seconds_zope_is_asked_again(tracked, visitor, zope_was_asked):
    bob = visitor("bob")
    one, two, three = messages(bob, 3)
    bob.post(CALLBACK, one)
    with ten_seconds_later():
        assert bob.post(CALLBACK, two).status_code == 200
        assert bob.post(CALLBACK, three).status_code == 200
    assert len(zope_was_asked) == 2


def test_keys_that_are_gone_are_not_believed_for_more_than_ten_seconds(
    tracked, visitor
):
    bob = visitor("bob")
    one, two, three = messages(bob, 3)
    bob.post(CALLBACK, one)
    ring = getUtility(IKeyManager)["_forms"]
    for _ in range(len(ring)):
        ring.rotate()
    transaction.commit()
    assert bob.post(CALLBACK, two).status_code == 200
    with ten_seconds_later():
        assert bob.post(CALLBACK, three).status_code == 403


def rotate_the_keys():
    getUtility(IKeyManager)["_forms"].rotate()
    transaction.commit()


def test_a_read_counts_with_a_key_that_is_newer_than_the_rules(
    tracked, visitor, zope_was_asked
):
    bob = visitor("bob")
    bob.post(CALLBACK, messages(bob, 1)[0])
    rotate_the_keys()
    for message in messages(bob, 3):
        assert bob.post(CALLBACK, message).status_code == 200
    # Once to be told the rules, and once to be told the new key.
    assert len(zope_was_asked) == 2
    (row,) = stored(tracked.agenda)
    assert (row.reader.user, row.count) == ("bob", 4)


def test_a_read_with_a_newer_key_counts_for_its_address_until_zope_has_told_it(
    tracked, visitor, monkeypatch
):
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ["10.0.0.1"])
    api.portal.set_registry_record("address_limit", 1, interface=ICollectorSettings)
    transaction.commit()
    bob = visitor("bob")
    bob.post(CALLBACK, messages(bob, 1)[0])
    rotate_the_keys()
    for message in messages(bob, 3):
        assert bob.post(CALLBACK, message).status_code == 200
    # The first of them was all that the address may send in a minute.
    rotate_the_keys()
    answer = bob.post(CALLBACK, messages(bob, 1)[0])
    assert answer.headers["X-ClickTracker-Refused"] == "too-many"


def test_forged_is_said_by_zope_of_what_may_have_a_newer_key_and_limited(
    tracked, visitor, zope_was_asked, monkeypatch
):
    # With a proxy that is named, the address of whoever else comes is known.
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ["10.0.0.1"])
    api.portal.set_registry_record("address_limit", 6, interface=ICollectorSettings)
    transaction.commit()
    bob = visitor("bob")
    bob.post(CALLBACK, messages(bob, 1)[0])
    forged = beacon(made_ticket(tracked.aq_parent, Keys(("my own key",), ())))
    answers = [bob.post(CALLBACK, forged) for _ in range(10)]
    found = [answer.headers["X-ClickTracker-Refused"] for answer in answers]
    # Each costs one here and one there.
    assert found == ["ticket-forged"] * 3 + ["too-many"] * 7
    assert len(zope_was_asked) == 4
    for message in messages(bob, 2):
        assert bob.post(CALLBACK, message).status_code == 200


def test_a_changed_setting_takes_effect_within_ten_seconds(
    tracked, visitor, monkeypatch
):
    bob = visitor("bob")
    one, two = messages(bob, 2)
    bob.post(CALLBACK, one)
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    with ten_seconds_later():
        answer = bob.post(CALLBACK, two)
    assert answer.headers["X-ClickTracker-Refused"] == "recording-off"


def test_a_removed_add_on_takes_effect_within_ten_seconds(tracked, visitor):
    bob = visitor("bob")
    one, two = messages(bob, 2)
    bob.post(CALLBACK, one)
    with api.env.adopt_roles(["Manager"]):
        get_installer(tracked.aq_parent).uninstall_product("slc.clicktracker")
    transaction.commit()
    with ten_seconds_later():
        assert bob.post(CALLBACK, two).status_code == 404


def test_a_setting_takes_effect_at_once_in_the_process_that_has_changed_it(
    tracked, visitor, filtered_port
):
    assert ITrackingPolicy["ticket_lifetime"].min == 1
    bob = visitor("bob")
    one, two = messages(bob, 2)
    bob.post(CALLBACK, one)
    name = f"{ITrackingPolicy.__identifier__}.ticket_lifetime"
    api.portal.set_registry_record(name, 2)
    transaction.commit()
    bob.post(CALLBACK, two)
    rules = collector().primed.rules_at(f"localhost:{filtered_port}{ADDRESS}")
    assert rules.lifetime.total_seconds() == 2 * 3600


def test_refusals_of_the_filter_are_counted_and_named(
    tracked, visitor, filtered_port, zope_was_asked
):
    bob = visitor("bob")
    one, *_ = messages(bob, 1)
    bob.post(CALLBACK, one)
    answers = [
        bob.post(CALLBACK, b"garbage"),
        bob.post(CALLBACK, b"x" * 20000),
        bob.get(CALLBACK),
        bob.post(CALLBACK, beacon("x.y")),
    ]
    assert [answer.headers["X-ClickTracker-Refused"] for answer in answers] == [
        "beacon-malformed",
        "body-too-large",
        "not-post",
        "ticket-malformed",
    ]
    assert len(zope_was_asked) == 1
    site = collector().primed.rules_at(f"localhost:{filtered_port}{ADDRESS}").site
    assert collector().counters.of(site)["not-post"] == 1


def test_behind_a_proxy_the_address_is_the_one_that_zope_sees(
    tracked, visitor, functional, zope_was_asked
):
    functional["app"]._setObject("virtual_hosting", VirtualHostMonster())
    transaction.commit()
    bob = visitor("bob")
    bob.site_url = bob.site_url.replace(
        "/plone", "/VirtualHostBase/https/example.org:443/plone/VirtualHostRoot"
    )
    for message in messages(bob, 3):
        assert bob.post(CALLBACK, message).status_code == 200
    assert len(zope_was_asked) == 1


def test_hosts_are_told_apart_as_zope_may_do(tracked, visitor, zope_was_asked):
    bob = visitor("bob")
    cookie = f"__ac={bob.session.cookies['__ac']}"
    for message, host in zip(
        messages(bob, 4), ["a.example", "b.example"] * 2, strict=True
    ):
        headers = {"Host": host, "Cookie": cookie}
        assert bob.post(CALLBACK, message, headers=headers).status_code == 200
    assert len(zope_was_asked) == 2


def test_a_storage_of_two_methods_is_always_called_in_zope(
    tracked, visitor, zope_was_asked
):
    class TwoMethods:
        visits = []

        def logAccess(self, *visit):
            self.visits.append(visit)

        def getLog(self, prefix, order_by=None, order_reverse=False):
            return []

    components = getGlobalSiteManager()
    storage = TwoMethods()
    components.registerUtility(storage, IClickStorage)
    try:
        bob = visitor("bob")
        for message in messages(bob, 3):
            assert bob.post(CALLBACK, message).status_code == 200
    finally:
        components.unregisterUtility(storage, IClickStorage)
    assert len(zope_was_asked) == 3
    assert TwoMethods.visits == [("bob", "/plone/board/agenda", "/board/agenda")] * 3


@pytest.mark.parametrize("primed", [False, True], ids=["unknown", "known"])
@pytest.mark.parametrize(
    "target, headers, expected",
    [
        (ADDRESS + "?a:int=x&b:list:record=1", {}, 400),
        (ADDRESS, {"Content-Type": "text/plain;charset=foo"}, 400),
        (ADDRESS, {"Content-Type": "multipart/form-data"}, 400),
        (ADDRESS, {"Authorization": "Basic ////"}, 400),
        (ADDRESS, {"Authorization": "Basic Ym9i"}, 400),
        (ADDRESS, {"Authorization": "Basic"}, 400),
        (ADDRESS, {"Cookie": "a=1;" * 3000}, 400),
        (ADDRESS, {"Cookie": '__ac="' + "x" * 5000}, 400),
        ("/plone/%ff" + CALLBACK, {}, 400),
        ("/plone/%00" + CALLBACK, {}, (400, 404)),
        ("/plone/nowhere" + CALLBACK, {}, 404),
        ("/nowhere" + CALLBACK, {}, 404),
    ],
)
def test_bytes_that_zope_would_choke_on(
    tracked, visitor, filtered_port, primed, target, headers, expected
):
    bob = visitor("bob")
    if primed:
        bob.post(CALLBACK, messages(bob, 1)[0])
    connection = HTTPConnection("localhost", filtered_port, timeout=30)
    connection.request("POST", target, b"garbage", headers)
    status = connection.getresponse().status
    assert status in (expected if isinstance(expected, tuple) else (expected,))


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PROPFIND", "X"])
def test_other_methods_are_told_to_post(tracked, visitor, filtered_port, method):
    connection = HTTPConnection("localhost", filtered_port, timeout=30)
    connection.request(method, ADDRESS)
    response = connection.getresponse()
    assert response.status == 405
    assert response.getheader("Allow") == "POST"


def test_everything_else_passes(tracked, visitor, filtered_port, functional):
    port = f":{functional['port']}/"
    bob = visitor("bob")
    bob.site_url = bob.site_url.replace(port, f":{filtered_port}/")
    assert "Agenda" in bob.get("/board/agenda").text
    assert bob.get("/nowhere").status_code == 404


@pytest.mark.parametrize("length", ["9" * 5000, "-1", "٣", "1e3"])
def test_a_length_that_is_none_is_refused(functional, length):
    statuses = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": ADDRESS,
        "CONTENT_LENGTH": length,
        "wsgi.input": BytesIO(b"{}"),
    }
    CollectorFilter(None)(environ, lambda status, headers: statuses.append(status))
    assert statuses == ["400 Bad Request"]
