"""The site's own word in the names of the doors: where it answers, and what else does."""

from Acquisition import aq_base
from OFS.Folder import Folder
from plone import api
from Products.CMFPlone.utils import get_installer
from Products.Five.browser import BrowserView
from slc.clicktracker.collector.primed import TRUSTED
from slc.clicktracker.doors.callback import Callback
from slc.clicktracker.doors.process import collector
from slc.clicktracker.interfaces import IPublicNameSettings
from tests.both_doors import stored
from tests.content import add
from tests.doors.bans import BANNED
from tests.doors.bans import made
from tests.doors.beacons import ask
from tests.doors.beacons import beacon
from tests.doors.beacons import refusal
from tests.doors.virtual_hosts import add_virtual_hosts
from tests.doors.virtual_hosts import VIRTUAL
from tests.plone_site import script_in
from tests.public_names import call_it
from tests.public_names import former_names
from zope.component import getGlobalSiteManager
from zope.component.hooks import setSite
from zope.interface import Interface
from zope.publisher.interfaces.browser import IBrowserRequest
from ZPublisher import HTTPRequest

import pytest
import requests
import transaction


USUAL = "/@@clicktracker-callback"
NOTES = "/@@notes-callback"


@pytest.fixture(params=["zope", "filter"])
def door(request, functional):
    """Each door. The filter was told nothing, and has to ask Zope by itself."""
    if request.param == "zope":
        return lambda url: url
    port = request.getfixturevalue("filtered_port")
    return lambda url: url.replace(f":{functional['port']}/", f":{port}/")


by_the_filter = pytest.mark.parametrize("door", ["filter"], indirect=True)
by_zope = pytest.mark.parametrize("door", ["zope"], indirect=True)


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


@pytest.fixture
def ten_seconds_later(monkeypatch):
    def wait():
        primed = collector().primed
        clock = primed._clock
        monkeypatch.setattr(primed, "_clock", lambda: clock() + TRUSTED)

    return wait


def opened(visitor, path="/board/agenda"):
    """Return the script of a page, and the door that it uses."""
    script = script_in(visitor.get(path).text)
    return script, f"/@@{script.get('data-name', 'clicktracker')}-callback"


def reads_of(document):
    return [(row.reader.user, row.count) for row in stored(document)]


def test_a_read_is_recorded_by_either_name(tracked, visitor):
    call_it("notes")
    bob = visitor("bob")
    script, door = opened(bob)
    assert door == NOTES
    for number, path in enumerate((NOTES, USUAL, NOTES)):
        message = beacon(script["data-ticket"], view=f"view-number-{number:08d}")
        answer = bob.post(path, message)
        assert (answer.status_code, answer.text) == (200, ""), refusal(answer)
        assert answer.headers["Cache-Control"] == "no-store"
    assert reads_of(tracked.agenda) == [("bob", 3)]


def test_a_page_that_is_open_while_the_name_changes_goes_on_reporting(tracked, visitor):
    call_it("notes")
    bob = visitor("bob")
    script, door = opened(bob)
    for number, name in enumerate(("memo", "", "other", "memo")):
        call_it(name)
        message = beacon(script["data-ticket"], view=f"view-number-{number:08d}")
        assert bob.post(door, message).status_code == 200, name
        path = "/board/agenda/@@notes-ticket"
        fresh = ask(bob, script["data-version"], path).json()
        assert fresh["ticket"] and not fresh["outdated"], name
        assert bob.session.get(script["src"]).status_code == 200, name
    assert reads_of(tracked.agenda) == [("bob", 4)]


def test_what_is_wrong_with_a_message_is_said_by_the_new_name_as_well(tracked, visitor):
    call_it("notes")
    bob = visitor("bob")
    script, door = opened(bob)
    assert bob.post(door, beacon(script["data-ticket"])).status_code == 200
    answers = [
        bob.post(door, "garbage"),
        bob.post(door, beacon("x.y")),
        bob.post(door, "x" * 20_000),
        bob.get(door),
    ]
    assert [refusal(answer) for answer in answers] == [
        (400, "beacon-malformed"),
        (400, "ticket-malformed"),
        (413, "body-too-large"),
        (405, "not-post"),
    ]


@by_the_filter
def test_zope_is_asked_once_and_then_the_filter_answers(
    tracked, visitor, zope_was_asked, ten_seconds_later
):
    call_it("notes")
    bob = visitor("bob")
    script, door = opened(bob)

    def send(number):
        message = beacon(script["data-ticket"], view=f"view-number-{number:08d}")
        assert bob.post(door, message).status_code == 200

    for number in range(4):
        send(number)
    assert len(zope_was_asked) == 1
    ten_seconds_later()
    for number in range(4, 8):
        send(number)
    assert len(zope_was_asked) == 2
    assert reads_of(tracked.agenda) == [("bob", 8)]


@by_the_filter
def test_a_name_that_is_none_any_more_is_forgotten_within_ten_seconds(
    tracked, visitor, ten_seconds_later
):
    call_it("notes")
    bob = visitor("bob")
    script, door = opened(bob)
    message = beacon(script["data-ticket"])
    assert bob.post(door, message).status_code == 200
    call_it("")
    api.portal.set_registry_record("former_names", (), IPublicNameSettings)
    transaction.commit()
    ten_seconds_later()
    assert bob.post(door, message).status_code == 404


def test_a_name_that_was_never_given_is_not_found(tracked, visitor):
    bob = visitor("bob")
    script, _door = opened(bob)
    message = beacon(script["data-ticket"])
    for name in ("notes", "", "clicktracker-", "-"):
        assert bob.post(f"/@@{name}-callback", message).status_code == 404, name
    call_it("notes")
    for path in ("/@@memo-callback", "/notes-callback", "/@@notes", "/@@notes-other"):
        assert bob.post(path, message).status_code == 404, path
    assert reads_of(tracked.agenda) == []


@pytest.fixture
def view_of_others():
    """Something else that is called like a door, and what it was sent."""
    seen = []

    class View(BrowserView):
        def __call__(self):
            request = self.request
            sent = request.environ["QUERY_STRING"], request.form.get("paid")
            seen.append((*sent, request.environ["CONTENT_TYPE"]))
            return "thanks"

    required = (Interface, IBrowserRequest)
    components = getGlobalSiteManager()
    components.registerAdapter(View, required, Interface, "payment-callback")
    yield seen
    components.unregisterAdapter(View, required, Interface, "payment-callback")


@by_the_filter
def test_a_view_of_others_gets_what_it_was_sent(tracked, visitor, view_of_others):
    call_it("notes")
    anybody = visitor()
    url = anybody.url_of("/board/@@payment-callback")
    for _ in range(2):
        answer = requests.post(f"{url}?a=1", data={"paid": "7"})
        assert answer.text == "thanks"
    assert view_of_others == [("a=1", "7", "application/x-www-form-urlencoded")] * 2


@by_zope
def test_content_and_the_log_in_stay_what_they_are(tracked, visitor):
    """Also where other code has put a name there that the form refuses."""
    site = tracked.aq_parent
    add(site, "Document", id="notes", title="Notes of the board")
    add(site, "Document", id="notes-callback", title="Calling back")
    for name in ("notes", "login"):
        call_it(name)
        guest = visitor()
        assert "Notes of the board" in guest.get("/notes").text
        assert "Calling back" in guest.get("/notes-callback").text
        assert "__ac_password" in guest.get("/login").text
        assert "__ac_password" in guest.get("/@@login").text
        bob = visitor("bob")
        script, door = opened(bob)
        assert door == f"/@@{name}-callback"
        assert bob.post(door, beacon(script["data-ticket"])).status_code == 200
        assert bob.session.get(script["src"]).status_code == 200


@pytest.mark.parametrize(
    "place",
    [
        VIRTUAL.format("plone/", ""),
        VIRTUAL.format("", "plone/"),
        VIRTUAL.format("plone/", "_vh_intranet/"),
    ],
)
def test_virtual_hosts(tracked, visitor, functional, zope_was_asked, place):
    add_virtual_hosts(functional)
    call_it("notes")
    bob = visitor("bob")
    bob.site_url = bob.site_url.removesuffix("/plone") + place.removesuffix("/")
    script, door = opened(bob)
    assert script["src"].startswith("http://www.example.org")
    for number in range(3):
        message = beacon(script["data-ticket"], view=f"view-number-{number:08d}")
        assert bob.post(door, message).status_code == 200
    path = script["src"].partition(script["data-endpoint"])[2]
    assert "page" in path
    assert "javascript" in bob.get(path).headers["Content-Type"]
    path = "/board/agenda/@@notes-ticket"
    assert ask(bob, script["data-version"], path).json()["ticket"]
    assert reads_of(tracked.agenda) == [("bob", 3)]


def test_a_host_that_zope_itself_knows_the_site_of(tracked, visitor, functional):
    add_virtual_hosts(functional, "www.example.org/plone")
    call_it("notes")
    bob = visitor("bob")
    script, door = opened(bob)
    bob.site_url = bob.site_url.removesuffix("/plone")
    headers = {"Host": "www.example.org", "Content-Type": "text/plain;charset=UTF-8"}
    headers["Cookie"] = f"__ac={bob.session.cookies['__ac']}"
    for number in range(2):
        message = beacon(script["data-ticket"], view=f"view-number-{number:08d}")
        assert bob.post(door, message, headers=headers).status_code == 200
    path = script["src"].partition(script["data-endpoint"])[2]
    assert bob.get(path, headers=headers).status_code == 200


def test_a_site_below_a_folder(tracked, functional, visitor):
    call_it("notes")
    bob = visitor("bob")
    app = functional["app"]
    site = aq_base(app.plone)
    app._delOb("plone")
    app._setOb("sites", Folder("sites"))
    app.sites._setOb("plone", site)
    setSite(app.sites.plone)
    transaction.commit()
    # As one that never was elsewhere.
    app._p_jar.db().cacheMinimize()
    bob.site_url = bob.site_url.replace("/plone", "/sites/plone")
    script, door = opened(bob)
    assert "/sites/plone/++plone++notes/" in script["src"]
    assert bob.session.get(script["src"]).status_code == 200
    for number in range(2):
        message = beacon(script["data-ticket"], view=f"view-number-{number:08d}")
        assert bob.post(door, message).status_code == 200


def test_two_sites_have_names_of_their_own(tracked, other_site, visitor):
    call_it("notes")
    setSite(other_site)
    call_it("memo")
    setSite(tracked.aq_parent)
    for site, name, others in (("plone", "notes", "memo"), ("other", "memo", "notes")):
        bob = visitor("bob", site=site)
        script, door = opened(bob)
        assert door == f"/@@{name}-callback"
        message = beacon(script["data-ticket"])
        assert bob.post(door, message).status_code == 200
        assert bob.post(f"/@@{others}-callback", message).status_code == 404
        other = script["src"].replace(f"++plone++{name}", f"++plone++{others}")
        assert bob.session.get(other).status_code == 404


def test_who_is_banned_is_kept_out_by_the_new_name_as_well(
    tracked, visitor, monkeypatch, filtered_port
):
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ("127.0.0.1",))
    call_it("notes")
    bob = visitor("bob")
    script, door = opened(bob)
    made()
    url = bob.url_of(door)
    for _ in range(2):
        answer = requests.post(
            url,
            data=beacon(script["data-ticket"]),
            headers={"X-Forwarded-For": BANNED},
        )
        assert refusal(answer) == (403, "banned")
    if f":{filtered_port}/" in url:
        # The first of them has told where the site is.
        assert [each.partition("/")[2] for each in collector().bans.told] == ["plone"]


@by_zope
def test_in_a_site_without_the_add_on_no_name_answers(tracked, visitor):
    call_it("notes")
    bob = visitor("bob")
    script, door = opened(bob)
    with api.env.adopt_roles(["Manager"]):
        get_installer(tracked.aq_parent).uninstall_product("slc.clicktracker")
    transaction.commit()
    assert bob.post(door, beacon(script["data-ticket"])).status_code == 404
    assert bob.session.get(script["src"]).status_code == 404


@by_zope
def test_in_a_site_that_was_not_upgraded_yet_the_usual_name_counts(tracked, visitor):
    records = api.portal.get_tool("portal_registry").records
    for name in IPublicNameSettings.names():
        del records[f"{IPublicNameSettings.__identifier__}.{name}"]
    transaction.commit()
    bob = visitor("bob")
    script, door = opened(bob)
    assert door == USUAL
    assert bob.post(door, beacon(script["data-ticket"])).status_code == 200
    assert bob.post(NOTES, beacon(script["data-ticket"])).status_code == 404


@by_zope
@pytest.mark.parametrize(
    "value", ["<b>", "Notes & more", "no/tes", "a" * 31, "click", 7, ("notes",), "n\n"]
)
def test_a_bad_value_in_the_registry_is_ignored_and_logged(
    tracked, visitor, caplog, value
):
    registry = api.portal.get_tool("portal_registry")
    for name, bad in (("public_name", value), ("former_names", (value, "memo"))):
        registry.records._values[f"{IPublicNameSettings.__identifier__}.{name}"] = bad
    transaction.commit()
    bob = visitor("bob")
    script, door = opened(bob)
    assert door == USUAL
    assert "slc.clicktracker" in script["src"]
    assert bob.post(door, beacon(script["data-ticket"])).status_code == 200
    assert bob.post("/@@memo-callback", beacon(script["data-ticket"])).ok
    said = [one for one in caplog.messages if "public name" in one]
    assert len(said) == 1
    assert repr(value)[:20] in said[0]


def test_the_latest_names_are_kept(site):
    names = [f"name-{number}" for number in range(14)]
    for name in names:
        call_it(name)
    assert former_names() == tuple(reversed(names[3:-1]))
    call_it("name-5")
    assert former_names()[0] == "name-13"
    assert "name-5" not in former_names()
