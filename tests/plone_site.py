"""Fixtures for tests with a Plone site: a fresh storage, members, requests."""

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from plone import api
from plone.app.multilingual.browser.setup import SetupMultilingualSite
from plone.app.testing import applyProfile
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.app.testing import TEST_USER_ID
from plone.protect.authenticator import createToken
from slc.clicktracker.analytics import complaints
from slc.clicktracker.doors import out_of_the_way
from slc.clicktracker.doors import process
from slc.clicktracker.doors import startup
from slc.clicktracker.doors import transaction_join
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.sites import presence
from slc.clicktracker.sites import public_name
from slc.clicktracker.sites import storage as site_storage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.versions import file_digest
from slc.clicktracker.versions import visible
from tests.both_doors import site_at
from tests.layers import PASSWORD
from zope.component.hooks import getSite
from zope.component.hooks import setSite
from ZPublisher.HTTPResponse import HTTPResponse

import pytest
import re
import requests
import shutil
import transaction


@pytest.fixture(scope="session")
def empty_readings(tmp_path_factory):
    """A SQLite file with all tables, as a storage makes it; a copy takes less time."""
    path = tmp_path_factory.mktemp("empty") / "readings.sqlite"
    storage = SQLiteStorage(path)
    storage.setup()
    storage.close()
    return path


@pytest.fixture(autouse=True)
def fresh_storage(monkeypatch, tmp_path, request):
    """Each test has a SQLite file of its own, whatever the environment says."""
    if "functional" in request.fixturenames:
        shutil.copy(request.getfixturevalue("empty_readings"), tmp_path)
    monkeypatch.delenv("CLICKTRACKER_DSN", raising=False)
    monkeypatch.setenv("CLICKTRACKER_SQLITE", str(tmp_path / "readings.sqlite"))
    monkeypatch.setenv("CLICKTRACKER_SPOOL", str(tmp_path / "spool"))
    modules = (
        complaints,
        file_digest,
        out_of_the_way,
        presence,
        public_name,
        transaction_join,
        startup,
        visible,
    )
    for module in modules:
        monkeypatch.setattr(module, "_said", OnceAMinute())
    presence._known.clear()
    presence._down.clear()
    # The layer has opened the storage of its own environment.
    site_storage._open.clear()
    yield
    end_collector()
    for place, storage in site_storage._open.values():
        if place.source != "utility":
            storage.close()
    site_storage._open.clear()


def end_collector():
    """End the collector; the next request starts another one."""
    process.end()
    process._current = None


OUR_SCREEN = re.compile("/@@(clicktracker|tracking|who-read-this|my-reading)")

#: By the usual name, or by the public one of a site.
A_DOOR = re.compile(r"/@@[\w-]+-callback$")


class ScreensAlone(requests.Session):
    """Of screens, it gets Plone's own half only where they are wanted ``whole``, with head,
    menus and portlets; also where an answer leads to one."""

    def __init__(self):
        super().__init__()
        # All variables of the environment would be looked through for a proxy, each time.
        self.trust_env = False

    def request(self, method, url, *, whole=False, **kw):
        if OUR_SCREEN.search(url) and not whole:
            # As a cookie, so that it is in no address.
            kw["cookies"] = {"ajax_load": "1", **(kw.get("cookies") or {})}
        return super().request(method, url, **kw)


@dataclass
class Visitor:
    """Somebody who talks HTTP with the site, and posts beacons to a door of it."""

    site_url: str
    session: requests.Session
    door: Callable[[str], str]

    def get(self, path, **kw):
        """Ask for a page, as ``ScreensAlone`` does it."""
        return self.session.get(self.url_of(path), **kw)

    def post(self, path, body=b"", **kw):
        kw.setdefault("headers", {"Content-Type": "text/plain;charset=UTF-8"})
        return self.session.post(self.url_of(path), data=body, **kw)

    def url_of(self, path):
        url = self.site_url + path
        return self.door(url) if A_DOOR.search(path) else url


@pytest.fixture
def site(functional):
    """The site with members and the board's papers; what is committed is served."""
    return functional["portal"]


def log_in(app, site, user):
    """Return name and value of the cookie that somebody gets who logs in to a site now.

    It is made here, as the form, which is Plone's, takes as long as a page.
    """
    with site_at(app, f"/{site}"):
        users = getSite().acl_users
        assert users.getUserById(user), user
        response = HTTPResponse()
        users.session._setupSession(user, response)
        ((_, header),) = response._cookie_list()
        return header.partition(";")[0].split("=", 1)


def log_in_by_form(session, site_url, user):
    """With all that Plone does when somebody logs in."""
    form = {"__ac_name": user, "__ac_password": PASSWORD, "buttons.login": "Log in"}
    answer = session.post(f"{site_url}/login", data=form, allow_redirects=False)
    assert "__ac" in session.cookies, answer.text[:300]
    # That page would have shown the welcome, and is not to be made now.
    session.cookies.set("statusmessages", None)
    # It may rotate the keys, which the test is to see.
    transaction.begin()


def authenticator_of(app, site, user):
    """Return the token that plone.protect puts into the forms of somebody."""
    with site_at(app, f"/{site}"), api.env.adopt_user(username=user):
        return createToken()


@pytest.fixture
def visitor(site, functional, door):
    """Return a function: a visitor who is logged in as somebody, or nobody."""
    host, port = functional["host"], functional["port"]

    def as_(name=None, site="plone", by_form=False):
        session = ScreensAlone()
        visitor = Visitor(f"http://{host}:{port}/{site}", session, door)
        if name == "manager":
            session.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
        elif name and by_form:
            log_in_by_form(session, visitor.site_url, name)
        elif name:
            name_and_value = log_in(functional["app"], site, name)
            # As the jar names it that is told to forget the cookie, at a log-out.
            domain = host if "." in host else f"{host}.local"
            session.cookies.set(*name_and_value, domain=domain)
        return visitor

    return as_


@pytest.fixture
def tracked(site):
    """The folder of the board, tracked; the layer has done that already where it could."""
    choose(site.board, Choice.TRACK)
    transaction.commit()
    return site.board


@pytest.fixture
def caching(tracked):
    applyProfile(tracked.aq_parent, "plone.app.caching:default")
    applyProfile(tracked.aq_parent, "plone.app.caching:without-caching-proxy")
    name = "plone.caching.interfaces.ICacheSettings.enabled"
    api.portal.set_registry_record(name, True)
    transaction.commit()


@pytest.fixture
def other_site(functional):
    """A second site with the same content and members, beside the first, as the layer
    has made it; both boards are tracked."""
    return functional["app"].other


@pytest.fixture
def shown(visitor):
    """The site has shown a page: with the first one, Plone writes settings of portlets."""
    assert visitor().get("").status_code == 200
    transaction.begin()


@pytest.fixture
def loads(site):
    """Return a function: how many objects are loaded while something is asked."""

    def count(ask):
        transaction.commit()
        connection = site._p_jar
        connection.cacheMinimize()
        connection.getTransferCounts(clear=True)
        ask()
        return connection.getTransferCounts()[0]

    return count


@pytest.fixture
def second():
    """The transactions of somebody else, beside those of the test."""
    manager = transaction.TransactionManager()
    yield manager
    manager.abort()


@pytest.fixture
def elsewhere(site, second, functional):
    """Return a function that does something about the agenda in these."""
    connection = site._p_jar.db().open(second)
    other = connection.root()["Application"]["plone"].__of__(functional["app"])

    def do(what, *arguments):
        setSite(other)
        try:
            return what(other.board.agenda, *arguments)
        finally:
            setSite(site)

    yield do
    second.abort()
    connection.close()


@pytest.fixture
def made_board():
    """Whoever asks for it has a site in which the layer has made members and the board's
    papers: in each test anew they would take longer than most tests."""


@pytest.fixture
def board(made_board, portal):
    """The published folder, in a site whose only members are alice, bob and carol."""
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(user=api.user.get(userid=TEST_USER_ID))
        yield portal.board


@pytest.fixture
def languages(portal):
    """The site in English and German."""
    with api.env.adopt_roles(["Manager"]):
        applyProfile(portal, "plone.app.multilingual:default")
        tool = api.portal.get_tool("portal_languages")
        tool.addSupportedLanguage("de")
        SetupMultilingualSite(portal).setupSite(portal)
        yield portal


class _Script(HTMLParser):
    found = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "script" and "data-version" in attrs:
            self.found = attrs


def script_in(page):
    """Return the attributes of the tracker's script in a page, or None."""
    parser = _Script()
    parser.feed(page)
    return parser.found


def authenticator_in(page):
    """Return the token that plone.protect put into the forms of a page."""
    (field, *_) = re.findall(r"<input[^>]*_authenticator[^>]*>", page)
    return re.search(r'value="(\w+)"', field).group(1)
