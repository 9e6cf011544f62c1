"""Page views come in by both doors, where a site records visits."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from plone.registry.registry import Registry
from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster
from slc.clicktracker.doors import answered
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.visitor import guest_cookie
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.sites.bans import ban
from slc.clicktracker.sites.rules import site_keys
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tickets.ticket import verify
from slc.clicktracker.visitors.bans import Caller
from tests.audience.people import add_group
from tests.browser_visits import FIREFOX
from tests.browser_visits import look_at
from tests.browser_visits import script_of
from tests.browser_visits import switch
from tests.doors.beacons import ask
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import made_ticket
from tests.doors.beacons import refusal
from tests.plone_site import script_in

import pytest
import transaction


_SETTINGS = f"{IVisitorSettings.__identifier__}."


def guests_cookies(browser):
    """The cookies for guests that a browser has."""
    return [one.name for one in browser.session.cookies if "visitor" in one.name]


def test_at_first_no_page_that_is_not_tracked_has_the_script(tracked, visitor):
    assert script_of(visitor("bob"), "/rules") is None
    assert script_of(visitor(), "/rules") is None
    assert "data-visits" not in script_of(visitor("bob"), "/board/agenda")


def test_a_page_of_a_site_without_visits_asks_for_nothing_but_whether_it_has_any(
    tracked, visitor, monkeypatch
):
    bob, asked = visitor("bob"), []
    original = Registry.get
    monkeypatch.setattr(
        Registry, "get", lambda *args: asked.append(args[1]) or original(*args)
    )
    bob.get("/rules")
    about_visits = {name for name in asked if name.startswith(_SETTINGS)}
    assert about_visits == {f"{_SETTINGS}enabled"}
    # By the page, its notice, and by what notes answers unless it knows.
    assert asked.count(f"{_SETTINGS}enabled") <= 3


def test_a_page_that_is_not_tracked_is_a_page_view_and_no_reading(
    in_browser, views_waiting, waiting
):
    look_at(in_browser("bob"), "/rules")
    (view,) = views_waiting()
    assert (view.reader.user, view.reader.name) == ("bob", "Bob Berger")
    assert (view.page.url, view.page.title) == ("/rules", "House rules")
    assert view.address == "198.51.100.7"
    assert view.agent == FIREFOX
    assert (view.method, view.status, view.source) == ("GET", 200, "script")
    assert len(view.session) == 32
    assert [one for one in waiting() if one.document.path == "/plone/rules"] == []


def test_time_is_believed_as_far_as_it_has_passed_since_the_page_was_served(
    in_browser, views_waiting, portal
):
    a_minute_ago = datetime.now(timezone.utc) - timedelta(minutes=1)
    ticket = made_ticket(portal, tracked=False, url="/rules", issued=a_minute_ago)
    bob = in_browser("bob")
    for view, engaged in (("first", 5_000), ("second", 72 * 3_600_000)):
        answer = bob.post(CALLBACK, beacon(ticket, view * 4, engaged=engaged))
        assert answer.status_code == 200, refusal(answer)
    first, second = views_waiting()
    assert first.engaged == 5_000
    assert 60_000 <= second.engaged < 3_600_000


def test_a_page_that_is_tracked_is_a_reading_and_a_page_view(
    in_browser, views_waiting, waiting
):
    look_at(in_browser("bob"), "/board/agenda")
    assert [view.page.url for view in views_waiting()] == ["/board/agenda"]
    assert [one.origin for one in waiting() if one.origin != "served"] == ["page"]


def test_the_same_page_view_is_told_again_with_the_same_key(in_browser, views_waiting):
    bob = in_browser("bob")
    ticket = script_of(bob, "/rules")["data-ticket"]
    for engaged in (0, 30_000, 30_000):
        bob.post(CALLBACK, beacon(ticket, engaged=engaged))
    assert len({view.key for view in views_waiting()}) == 1
    bob.post(CALLBACK, beacon(ticket, view="another-view-of-it"))
    assert len({view.key for view in views_waiting()}) == 2


def test_pages_of_guests_are_the_same_for_all(in_browser):
    one, other = in_browser(), in_browser(address="203.0.113.9")
    assert one.get("/rules").text == other.get("/rules").text
    ticket, _ = verify(script_of(one, "/rules")["data-ticket"], site_keys())
    assert (ticket.user, ticket.tracked, ticket.nonce) == ("", False, "")


def test_guests_are_counted_and_not_joined(in_browser, views_waiting):
    guest = in_browser()
    look_at(guest, "/rules")
    look_at(guest, "/", view="the-view-of-the-front-page")
    assert {view.session for view in views_waiting()} == {""}
    assert guests_cookies(guest) == []


def test_guests_who_keep_a_cookie_are_joined(in_browser, views_waiting):
    switch(guest_cookie="always")
    guest, other = in_browser(), in_browser()
    look_at(guest, "/rules")
    look_at(guest, "/rules", engaged=5_000)
    look_at(other, "/rules", view="the-view-of-the-other")
    sessions = [view.session for view in views_waiting()]
    assert sessions[0] == sessions[2] == ""
    assert len(sessions[1]) == 32


def test_a_member_has_one_session_where_guests_get_cookies(in_browser, views_waiting):
    switch(guest_cookie="always")
    bob = in_browser("bob")
    look_at(bob, "/rules")
    look_at(bob, "/board/agenda", view="the-view-of-the-agenda")
    first, second = views_waiting()
    assert first.session == second.session != ""
    assert guests_cookies(bob) == []


def test_a_guest_who_refuses_cookies_is_never_joined(in_browser, views_waiting):
    switch(guest_cookie="always")
    guest = in_browser()
    for number in range(3):
        look_at(guest, "/rules", view=f"view-number-{number:08d}")
        guest.session.cookies.clear()
    assert [view.session for view in views_waiting()] == ["", "", ""]


def test_a_guest_who_has_agreed_is_joined_until_they_take_it_back(
    in_browser, views_waiting
):
    switch(guest_cookie="consent")
    guest = in_browser()
    look_at(guest, "/rules")
    assert guests_cookies(guest) == []
    guest.session.cookies.set("clicktracker_consent", "yes")
    look_at(guest, "/rules")
    look_at(guest, "/rules")
    assert [bool(view.session) for view in views_waiting()] == [False, False, True]
    guest.session.cookies.set("clicktracker_consent", None)
    look_at(guest, "/rules")
    assert guests_cookies(guest) == []


def test_a_member_has_one_session_for_each_log_in(in_browser, views_waiting):
    first, second = in_browser("bob"), in_browser("bob")
    while second.session.cookies["__ac"] == first.session.cookies["__ac"]:
        # Plone's log-ins of one second are the same.
        second = in_browser("bob")
    for bob in (first, second):
        look_at(bob, "/rules")
        look_at(bob, "/board/agenda", view="the-view-of-the-agenda")
    first, second, third, fourth = (view.session for view in views_waiting())
    assert first == second != third == fourth


def test_the_page_of_a_guest_that_a_member_has_in_the_cache_is_the_members(
    in_browser, views_waiting
):
    guest, bob = in_browser(), in_browser("bob")
    ticket = script_of(guest, "/rules")["data-ticket"]
    assert bob.post(CALLBACK, beacon(ticket)).status_code == 200
    assert [view.reader.user for view in views_waiting()] == ["bob"]


def test_a_ticket_for_a_visit_proves_no_reading(in_browser, views_waiting, waiting):
    switch(untracked_paths=("/rules",))
    bob = in_browser("bob")
    assert script_of(bob, "/rules") is None
    switch(untracked_paths=())
    ticket = script_of(bob, "/rules")["data-ticket"]
    bob.post(CALLBACK, beacon(ticket, ended=True, printed=True))
    assert [one for one in waiting() if one.origin != "served"] == []


@pytest.mark.parametrize(
    ("settings", "headers"),
    [
        ({"internal_networks": ("198.51.100.0/24",)}, {}),
        ({"untracked_agents": ("firefox",)}, {}),
        ({}, {"User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"}),
        ({}, {"User-Agent": ""}),
    ],
)
def test_who_is_not_to_be_recorded_is_not(in_browser, views_waiting, settings, headers):
    switch(**settings)
    guest = in_browser()
    look_at(guest, "/rules", headers=headers)
    assert views_waiting() == []


def test_a_setting_counts_from_the_next_page_on(in_browser, visits):
    bob = in_browser("bob")
    for settings in (
        {"untracked_paths": ("/rules",)},
        {"untracked_roles": ("Member",)},
        {"enabled": False},
        {"source": "server"},
    ):
        assert script_of(bob, "/rules") is not None
        switch(**settings)
        assert script_of(bob, "/rules") is None
        switch(untracked_paths=(), untracked_roles=(), enabled=True, source="script")


def test_where_visits_are_switched_off_the_script_is_told_to_stop(in_browser):
    bob = in_browser("bob")
    ticket = script_of(bob, "/rules")["data-ticket"]
    switch(enabled=False)
    assert refusal(bob.post(CALLBACK, beacon(ticket))) == (403, "recording-off")


def test_where_somebody_comes_from_is_kept_without_what_they_looked_for(
    in_browser, views_waiting
):
    look_at(in_browser(), "/rules", referrer="https://search.example.com/?q=secret")
    look_at(
        in_browser(),
        "/rules",
        view="the-view-of-another",
        referrer="javascript:alert(1)",
        headers={"Referer": "http://localhost/plone/rules?page=2"},
    )
    assert [(view.referrer, view.query) for view in views_waiting()] == [
        ("https://search.example.com/", ""),
        ("", ""),
    ]


def test_query_strings_are_kept_where_the_site_wants_them(in_browser, views_waiting):
    switch(query_strings=True)
    referer = {"Referer": "http://localhost/plone/rules?page=2"}
    look_at(in_browser(), "/rules", headers=referer)
    assert [view.query for view in views_waiting()] == ["page=2"]


def test_a_form_that_was_sent_is_no_page_view_for_the_script(in_browser):
    bob = in_browser("bob")
    answer = bob.session.post(bob.url_of("/login"), data={"buttons.login": "Log in"})
    assert answer.status_code == 200
    assert script_in(answer.text) is None


def test_other_screens_are_page_views_under_one_address(in_browser, views_waiting):
    look_at(in_browser("bob"), "/@@search?SearchableText=x")
    (view,) = views_waiting()
    assert (view.page.url, view.page.uid) == ("/search", "")


def test_a_page_that_a_cache_kept_for_long_gets_a_fresh_ticket(in_browser):
    guest = in_browser()
    answer = guest.post("/rules/@@clicktracker-ticket", b'{"version": ""}')
    ticket, _ = verify(answer.json()["ticket"], site_keys())
    assert (ticket.tracked, ticket.url) == (False, "/rules")
    switch(enabled=False)
    answer = guest.post("/rules/@@clicktracker-ticket", b'{"version": ""}')
    assert answer.json() == {"ticket": None, "outdated": False}


def test_a_page_view_is_told_by_the_clock_of_the_site(in_browser, views_waiting):
    api.portal.set_registry_record("plone.portal_timezone", "Asia/Kolkata")
    transaction.commit()
    look_at(in_browser("bob"), "/rules")
    (view,) = views_waiting()
    assert view.ahead == timedelta(hours=5, minutes=30)


def test_a_screen_gets_no_fresh_ticket_of_another_page(in_browser):
    bob = in_browser("bob")
    for path, url in (("/rules", "/rules"), ("/", "/"), ("/@@search", None)):
        address = f"{script_of(bob, path)['data-page']}/@@clicktracker-ticket"
        answer = bob.session.post(address, '{"version": ""}')
        ticket = answer.json()["ticket"] if answer.status_code == 200 else None
        assert (ticket and verify(ticket, site_keys())[0].url) == url


class TestAsTheServerSeesThem:
    """Without a script."""

    @pytest.fixture(autouse=True)
    def by_the_server(self, visits):
        switch(source="server")

    def test_a_page_is_noted_when_it_is_answered(self, in_browser, views_waiting):
        bob = in_browser("bob")
        assert script_of(bob, "/rules") is None
        view = views_waiting()[-1]
        assert (view.reader.user, view.page.url, view.page.title) == (
            "bob",
            "/rules",
            "House rules",
        )
        assert (view.method, view.status, view.source) == ("GET", 200, "server")
        assert view.session

    def test_it_is_told_by_the_clock_of_the_site(self, in_browser, views_waiting):
        api.portal.set_registry_record("plone.portal_timezone", "Asia/Kolkata")
        transaction.commit()
        in_browser().get("/rules")
        view = views_waiting()[-1]
        assert view.ahead == timedelta(hours=5, minutes=30)

    def test_errors_are_noted_with_their_status(self, in_browser, views_waiting):
        guest = in_browser()
        assert guest.get("/nothing").status_code == 404
        assert guest.get("/@@overview-controlpanel").status_code in (200, 401)
        statuses = {(view.page.url, view.status) for view in views_waiting()}
        assert ("/nothing", 404) in statuses

    def test_an_error_says_nothing_of_who_is_logged_in(self, in_browser, views_waiting):
        """Zope doesn't know yet who asks when it finds no page."""
        switch(guest_cookie="always")
        add_group("objectors", "carol")
        bob, guest = in_browser("bob"), in_browser()
        cookie = guest_cookie(document_uid(api.portal.get()))
        for browser in (bob, guest):
            browser.session.cookies.set(cookie, "0123456789abcdef" * 2)
            browser.get("/nothing")
        missing = [view for view in views_waiting() if view.status == 404]
        assert [bool(view.session) for view in missing] == [False, True]
        switch(untracked_groups=("objectors",))
        in_browser("carol").get("/nothing")
        assert len([view for view in views_waiting() if view.status == 404]) == 2

    def test_who_is_banned_is_no_visitor(self, in_browser, views_waiting):
        guest = in_browser()
        guest.get("/rules")
        before = len(views_waiting())
        ban("198.51.100.0/24", "", None, Caller("203.0.113.250"))
        transaction.commit()
        assert guest.get("/rules").status_code == 403
        assert len(views_waiting()) == before

    def test_what_is_no_page_is_not_noted(self, in_browser, views_waiting):
        bob = in_browser("bob")
        before = len(views_waiting())
        bob.get("/++plone++slc.clicktracker/tracker.js")
        bob.get("/rules", headers={"X-Requested-With": "XMLHttpRequest"})
        bob.get("/rules", headers={"Sec-Fetch-Dest": "empty"})
        bob.get("/rules", headers={"Sec-Purpose": "prefetch"})
        bob.get("/nothing.png", headers={"Sec-Fetch-Dest": "image"})
        bob.get("/rules", headers={"Accept": "application/json"})
        assert len(views_waiting()) == before

    def test_who_is_not_to_be_recorded_is_not(self, in_browser, views_waiting):
        bob = in_browser("bob")
        before = len(views_waiting())
        switch(untracked_statuses=("4xx",), untracked_paths=("/board",))
        bob.get("/nothing")
        bob.get("/board/agenda")
        assert len(views_waiting()) == before

    def test_whose_page_view_it_is_is_found_out_when_it_goes_to_the_spool(
        self, in_browser, views_waiting, monkeypatch
    ):
        guest, asked = in_browser(), []
        monkeypatch.setattr(answered, "full_address", lambda environ: asked.append(1))
        monkeypatch.setattr(collector().notes, "spool", lambda *args: ({}, None))
        assert guest.get("/rules").status_code == 200
        assert asked == []

    def test_what_can_not_be_noted_takes_no_other_note_along(
        self, in_browser, views_waiting, monkeypatch
    ):
        def address(environ):
            if environ.get("HTTP_USER_AGENT") != FIREFOX:
                raise ZeroDivisionError
            return "198.51.100.7"

        monkeypatch.setattr(answered, "full_address", address)
        before = len(views_waiting())
        in_browser().get("/rules", headers={"User-Agent": "Another"})
        in_browser().get("/rules")
        assert len(views_waiting()) == before + 1

    def test_no_cookie_is_set(self, in_browser):
        switch(guest_cookie="always")
        assert "Set-Cookie" not in in_browser().get("/rules").headers


def test_who_logs_out_ends_the_visit(in_browser, views_waiting):
    bob = in_browser("bob")
    look_at(bob, "/rules")
    bob.get("/logout")
    seen, left = views_waiting()
    assert (seen.is_exit, left.is_exit) == (False, True)
    assert left.session == seen.session
    assert left.reader.user == "bob"


@pytest.mark.parametrize("source", ["script", "server"])
@pytest.mark.parametrize(
    "settings",
    [
        {"untracked_roles": ("Member",)},
        {"untracked_groups": ("objectors",)},
        {"internal_networks": ("198.51.100.0/24",)},
        {"untracked_agents": ("firefox",)},
    ],
)
def test_nothing_of_those_who_are_not_to_be_recorded_is_kept_when_they_log_out(
    in_browser, views_waiting, source, settings
):
    add_group("objectors", "bob")
    switch(source=source, **settings)
    bob = in_browser("bob")
    before = len(views_waiting())
    bob.get("/logout")
    of_bob = [view for view in views_waiting()[before:] if view.reader.user]
    assert [view for view in of_bob if view.is_exit] == []


@pytest.mark.parametrize(
    "settings", [{"untracked_roles": ("Member",)}, {"untracked_groups": ("objectors",)}]
)
def test_who_is_not_to_be_recorded_has_readings_and_no_visits(
    in_browser, views_waiting, waiting, settings
):
    add_group("objectors", "bob")
    switch(**settings)
    look_at(in_browser("bob"), "/board/agenda")
    assert views_waiting() == []
    assert [one.origin for one in waiting() if one.origin != "served"] == ["page"]


def test_guests_are_not_recorded_on_pages_that_are_tracked_either(
    in_browser, views_waiting
):
    switch(untracked_roles=("Anonymous",))
    name = "slc.clicktracker.settings.policy.ITrackingPolicy.track_anonymous"
    api.portal.set_registry_record(name, True)
    transaction.commit()
    guest = in_browser()
    version = script_of(guest, "/board/agenda")["data-version"]
    ticket = ask(guest, version).json()["ticket"]
    assert guest.post(CALLBACK, beacon(ticket)).status_code == 200
    assert views_waiting() == []


def test_who_is_not_to_be_recorded_is_not_on_a_page_that_was_made_for_guests(
    in_browser, views_waiting
):
    guest, bob = in_browser(), in_browser("bob")
    ticket = script_of(guest, "/rules")["data-ticket"]
    switch(untracked_roles=("Member",))
    assert refusal(bob.post(CALLBACK, beacon(ticket))) == (403, "recording-off")
    assert views_waiting() == []


@pytest.mark.parametrize("where", ["cross-site", "same-site"])
def test_another_site_has_nobody_look_at_a_page(in_browser, views_waiting, where):
    ticket = script_of(in_browser(), "/rules")["data-ticket"]
    manager = in_browser("manager")
    headers = {"Content-Type": "text/plain", "Sec-Fetch-Site": where}
    answer = manager.post(CALLBACK, beacon(ticket), headers=headers)
    assert refusal(answer) == (403, "other-user")
    assert views_waiting() == []
    headers["Sec-Fetch-Site"] = "same-origin"
    assert manager.post(CALLBACK, beacon(ticket), headers=headers).status_code == 200
    assert len(views_waiting()) == 1


def test_a_page_of_the_site_is_no_referrer_whatever_host_the_proxy_asks_for(
    in_browser, views_waiting, functional
):
    """Apache asks for its own name of the server, unless it is told otherwise."""
    inside = "https://www.example.org/plone/board"
    headers = {"Origin": "https://www.example.org"}
    look_at(in_browser(), "/rules", referrer=inside, headers=headers)
    assert [view.referrer for view in views_waiting()] == [""]
    if "virtual_hosting" not in functional["app"]:
        manage_addVirtualHostMonster(functional["app"])
    switch(source="server")
    guest = in_browser()
    host = "/VirtualHostBase/https/www.example.org:443/plone/VirtualHostRoot/rules"
    server = guest.site_url.removesuffix("/plone")
    for referrer in (inside, "https://news.example.com/"):
        answer = guest.session.get(server + host, headers={"Referer": referrer})
        assert answer.status_code == 200
    referrers = [view.referrer for view in views_waiting()]
    assert referrers[1:] == ["", "https://news.example.com/"]
