"""Who is banned gets a plain 403, at the door of the filter and at that of Zope."""

from contextlib import contextmanager
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from plone.browserlayer.utils import unregister_layer
from Products.CMFPlone.utils import get_installer
from Products.SiteErrorLog.SiteErrorLog import IPubFailureSubscriber
from slc.clicktracker.collector.primed import TRUSTED
from slc.clicktracker.doors import banned
from slc.clicktracker.doors import plain_refusal
from slc.clicktracker.doors.process import collector
from slc.clicktracker.sites.bans import lift
from tests.doors.bans import BANNED
from tests.doors.bans import made
from tests.doors.bans import PROXY
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on
from tests.doors.virtual_hosts import add_virtual_hosts
from tests.doors.virtual_hosts import VIRTUAL
from zope.component import getGlobalSiteManager
from ZPublisher import HTTPRequest
from ZPublisher.interfaces import IPubAfterTraversal

import pytest
import requests
import transaction


FREE = "203.0.113.10"


@pytest.fixture(autouse=True)
def proxy(monkeypatch):
    """The tests are the trusted proxy, which says where a request comes from."""
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", (PROXY,))


@pytest.fixture(params=["zope", "filter"])
def port(request, functional):
    """The port of a server: of Zope itself, or with the filter in front of it."""
    if request.param == "zope":
        return functional["port"]
    return request.getfixturevalue("filtered_port")


@pytest.fixture
def get(site, port):
    """Return a function: the answer for somebody at an address."""

    def get(address, path="/plone/rules", method="GET", **headers):
        return requests.request(
            method,
            f"http://127.0.0.1:{port}{path}",
            headers={"X-Forwarded-For": address, **headers},
            timeout=60,
        )

    return get


def lifted(network=BANNED):
    assert lift(network)
    transaction.commit()


@contextmanager
def later(monkeypatch, seconds):
    """What Zope has told is so many seconds old."""
    told = collector().bans
    clock = told._clock
    monkeypatch.setattr(told, "_clock", lambda: clock() + seconds)
    yield
    monkeypatch.setattr(told, "_clock", clock)


@pytest.fixture
def reached_zope():
    """Return a list that grows with each request that Zope has found something for."""
    reached = []
    components = getGlobalSiteManager()

    def note(event):
        reached.append(event.request.environ["PATH_INFO"])

    components.registerHandler(note, (IPubAfterTraversal,))
    yield reached
    components.unregisterHandler(note, (IPubAfterTraversal,))


def test_who_is_banned_gets_a_plain_403(get):
    made()
    for _ in range(3):
        answer = get(BANNED)
        assert answer.status_code == 403
        assert answer.text == "Your network address is banned from this site.\n"
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
    assert "House rules" in get(FREE).text


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS"])
@pytest.mark.parametrize(
    "path",
    [
        "/plone",
        "/plone/",
        "/plone//rules",
        "/plone/nowhere",
        "/plone/board/../rules",
        "/plone/%C3%A4?a=x",
        "/plone/++api++/rules",
        "/plone/rules/plone/rules",
        "/plone/@@clicktracker-bans",
    ],
)
def test_whatever_is_asked_for(get, method, path):
    made()
    for _ in range(2):
        answer = get(BANNED, path, method, Accept="application/json")
        assert answer.status_code == 403
        assert answer.headers["X-ClickTracker-Refused"] == "banned"
        said = "Your network address is banned from this site.\n"
        assert answer.text == ("" if method == "HEAD" else said)


def test_nothing_is_rendered_for_who_is_banned(get, reached_zope):
    made()
    for _ in range(3):
        assert get(BANNED).status_code == 403
    assert reached_zope == []


@pytest.fixture
def log_of_errors(site):
    """What the site notes of requests that fail, as Zope does it outside of tests."""
    components = getGlobalSiteManager()
    components.registerHandler(IPubFailureSubscriber)
    yield site.error_log
    components.unregisterHandler(IPubFailureSubscriber)


def test_nothing_is_said_in_the_log_of_errors(get, log_of_errors, caplog):
    made()
    get(BANNED)
    assert log_of_errors.getLogEntries() == []
    assert "Banned" not in caplog.text


def test_a_log_in_does_not_help(get, visitor, site, port):
    manager = visitor("manager").session
    made()
    headers = {"X-Forwarded-For": BANNED}
    answer = manager.get(f"http://127.0.0.1:{port}/plone", headers=headers)
    assert answer.status_code == 403


def test_a_banned_reader_reports_nothing(tracked, get, visitor, port):
    made()
    message = beacon(ticket_on(visitor("bob")))
    answer = requests.post(
        f"http://127.0.0.1:{port}/plone{CALLBACK}",
        data=message,
        headers={"X-Forwarded-For": BANNED},
    )
    assert answer.status_code == 403


def test_a_beacon_is_refused_within_ten_seconds(tracked, visitor, port, monkeypatch):
    """Also by a process that sees nothing but beacons, and no ban before."""
    bob = visitor("bob")
    url = f"http://127.0.0.1:{port}/plone{CALLBACK}"
    headers = {"X-Forwarded-For": BANNED, "Cookie": cookie_of(bob)}
    for _ in range(2):
        answer = requests.post(url, data=beacon(ticket_on(bob)), headers=headers)
        assert answer.status_code == 200
    message = beacon(ticket_on(bob))
    made()
    primed = collector().primed
    clock = primed._clock
    monkeypatch.setattr(primed, "_clock", lambda: clock() + TRUSTED)
    for _ in range(2):
        answer = requests.post(url, data=message, headers=headers)
        assert answer.status_code == 403
        assert answer.headers["X-ClickTracker-Refused"] == "banned"


def cookie_of(visitor):
    return f"__ac={visitor.session.cookies['__ac']}"


def test_a_ban_that_was_lifted_lets_everybody_in(get, monkeypatch):
    made()
    assert get(BANNED).status_code == 403
    lifted()
    with later(monkeypatch, TRUSTED):
        assert get(BANNED).status_code == 200


def test_a_ban_ends_by_itself(get, monkeypatch):
    now = datetime.now(timezone.utc)
    made(until=now + timedelta(hours=1))
    assert get(BANNED).status_code == 403
    monkeypatch.setattr(plain_refusal, "utc_now", lambda: now + timedelta(hours=1))
    assert get(BANNED).status_code == 200


def test_of_two_networks_the_one_that_holds_counts(get, monkeypatch):
    now = datetime.now(timezone.utc)
    made(BANNED, until=now + timedelta(hours=1))
    made("203.0.113.0/24", until=now + timedelta(hours=2))
    for hours, status in ((0, 403), (1, 403), (2, 200)):
        moment = now + timedelta(hours=hours)
        monkeypatch.setattr(plain_refusal, "utc_now", lambda moment=moment: moment)
        assert get(BANNED).status_code == status


# By whom a request says that it comes. The last one was added by the proxy.
EVASIONS = [
    "8.8.8.8, {banned}",
    "{banned}, 127.0.0.1",
    ", ".join(["8.8.8.8"] * 39) + ", {banned}",
    "127.0.0.1, " * 39 + "{banned}",
    "<script>, {banned}",
    "unknown,{banned},,",
    "{banned}:4711",
    "::ffff:{banned}",
    "[::ffff:{banned}]:4711",
]
ACCUSATIONS = [
    "{banned}, {free}",
    "{banned}, {free}, 127.0.0.1",
    ", ".join(["{banned}"] * 39) + ", {free}",
    "{banned}, unknown",
    "{banned}, <script>",
    "{banned}, 1.2.3.4.5",
]


@pytest.mark.parametrize("forwarded", EVASIONS)
def test_what_a_visitor_says_of_itself_evades_no_ban(get, forwarded):
    made()
    for _ in range(2):
        assert get(forwarded.format(banned=BANNED)).status_code == 403


@pytest.mark.parametrize("forwarded", ACCUSATIONS)
def test_what_a_visitor_says_of_itself_inflicts_no_ban(get, forwarded):
    made()
    get(BANNED)
    assert get(forwarded.format(banned=BANNED, free=FREE)).status_code == 200


@pytest.mark.parametrize(
    "written", ["2001:db8::7", "2001:DB8:0::0007", "2001:db8::7%eth0", "[2001:db8::7]"]
)
def test_addresses_of_ipv6_are_known_however_they_are_written(get, written):
    made("2001:db8::/64")
    get(FREE)
    assert get(written).status_code == 403
    assert get("2001:db8:0:1::7").status_code == 200


def test_without_a_trusted_proxy_what_a_request_says_counts_for_nothing(
    get, monkeypatch
):
    made()
    get(BANNED)
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ())
    assert get(BANNED).status_code == 200
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ("10.0.0.1",))
    assert get(BANNED).status_code == 200


def uninstall(site):
    get_installer(site).uninstall_product("slc.clicktracker")


def take_away(site):
    """As an import of settings may do."""
    unregister_layer("slc.clicktracker")


@pytest.mark.parametrize("remove", [uninstall, take_away])
def test_a_site_without_the_add_on_keeps_nobody_out(get, site, monkeypatch, remove):
    made()
    assert get(BANNED).status_code == 403
    with api.env.adopt_roles(["Manager"]):
        remove(site)
    transaction.commit()
    with later(monkeypatch, TRUSTED):
        assert get(BANNED).status_code == 200


def test_the_root_of_zope_is_no_site(get):
    made()
    get(BANNED)
    assert get(BANNED, "/").status_code != 403


@pytest.mark.parametrize("port", ["filter"], indirect=True)
def test_the_filter_answers_by_itself_for_some_seconds(get, monkeypatch, port):
    made()
    get(FREE)
    assert list(collector().bans.told) == [f"127.0.0.1:{port}/plone"]
    # Zope would let everybody in now.
    monkeypatch.setattr(banned, "is_banned", lambda *args: False)
    assert get(BANNED).status_code == 403
    monkeypatch.undo()
    lifted()
    get(FREE, "/plone/board")
    assert not collector().bans.told


def test_two_sites_ban_for_themselves(get, other_site, monkeypatch):
    made()
    get(BANNED)
    assert get(BANNED, "/other").status_code == 200
    # By way of the other one.
    assert get(BANNED, "/other/plone/rules").status_code != 200


@pytest.mark.parametrize(
    "path",
    [
        VIRTUAL.format("plone/", "rules"),
        VIRTUAL.format("plone/", ""),
        VIRTUAL.format("", "plone/rules"),
        VIRTUAL.format("plone/", "_vh_intranet/rules"),
        VIRTUAL.format("plone/board/", "agenda"),
        VIRTUAL.format("plone/++api++/", "rules"),
    ],
)
def test_virtual_hosts(get, site, functional, filtered_port, port, path):
    add_virtual_hosts(functional)
    made()
    for _ in range(3):
        assert get(BANNED, path, Host="www.example.org").status_code == 403
    if port == filtered_port:
        (address,) = collector().bans.told
        assert f"www.example.org{path}".startswith(address)
    assert get(FREE, path, Host="www.example.org").status_code == 200


def test_a_host_that_zope_itself_knows_the_site_of(get, functional, other_site):
    add_virtual_hosts(functional, "www.example.org/plone")
    made()
    for path in ("/rules", "/", "/board/agenda"):
        assert get(BANNED, path, Host="www.example.org").status_code == 403
        assert get(FREE, path, Host="www.example.org").status_code == 200
    other = VIRTUAL.format("other/", "")
    assert get(BANNED, other, Host="www.example.org").status_code == 200
