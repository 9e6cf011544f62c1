"""Another frontend shows content, with all that a page of it says to its reader."""

from plone import api
from slc.clicktracker.doors.process import collector
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.rest.own_page import OwnPage
from slc.clicktracker.sites.rules import site_keys
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.tickets.ticket import verify
from slc.clicktracker.versions.visible import visible_version
from tests.audience.people import expect
from tests.both_doors import flush
from tests.both_doors import stored
from tests.browser.acknowledgements.acknowledging import ask_readers
from tests.browser.privacy.settings import choose_privacy
from tests.browser.report.readings import record
from tests.browser.report.versions import edit
from tests.browser_visits import switch
from tests.deadlines.deadlines import give_deadline
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.plone_site import script_in
from tests.rest.documented import documented

import transaction


AGENDA = "/board/agenda"


def served(content):
    """How many readers were served a page, once all that was noted is stored."""
    collector().spool_notes()
    flush()
    documents, rule = (content.UID(),), EngagementRule()
    return site_storage().coverage(documents, rule).served


def test_a_reader_is_told_all_that_a_page_says(tracked, client):
    expect(tracked.agenda, "alice", "bob")
    give_deadline(tracked.agenda)
    ask_readers(tracked.agenda)
    record(tracked.agenda, "bob")
    bob = client("bob")
    answer = bob.get(f"{AGENDA}/@clicktracker")
    documented(answer)
    found = bob.shown(AGENDA)
    assert (found["tracked"], found["source"]["title"]) == (True, "Board meeting")
    assert found["notice"] == [
        "The site records by name who opens this page, when, and how far they read."
    ]
    reading = found["reading"]
    assert (reading["level"], reading["version"]) == ("opened", "current")
    assert (found["expected"], reading["is_enough"]) == (True, True)
    assert found["deadline"]["moment"] == "2036-03-01T17:30:00+00:00"
    assert found["acknowledgement"]["sentence"].startswith("I have read this document")
    ticket, _ = verify(found["tracker"]["ticket"], site_keys())
    assert (ticket.user, ticket.document) == ("bob", tracked.agenda.UID())
    assert ticket.url == AGENDA
    # Without the page there is no ticket of it.
    asked = answer.json()
    assert (asked["tracker"], asked["acknowledgement"]["ticket"]) == (None, None)
    same = ("reading", "deadline", "expected", "notice")
    assert [asked[name] for name in same] == [found[name] for name in same]


def test_a_page_that_asks_twice_is_one_page(tracked, client):
    bob = client("bob")
    # On the server, then in the browser.
    first, second = (bob.shown(AGENDA)["tracker"]["ticket"] for _time in range(2))
    assert first != second
    assert not stored(tracked.agenda)
    assert served(tracked.agenda) == 1
    assert bob.visitor.post(CALLBACK, beacon(second)).status_code == 200
    (row,) = stored(tracked.agenda)
    assert (row.reader.user, row.count, row.cached) == ("bob", 1, 0)
    assert served(tracked.agenda) == 1


def test_the_page_and_the_script_know_the_same(tracked, client):
    bob = client("bob")
    script = script_in(bob.visitor.get(AGENDA).text)
    tracker = bob.shown(AGENDA)["tracker"]
    assert tracker["version"] == script["data-version"]
    assert tracker["renewal"] == f"{script['data-page']}/@@clicktracker-ticket"
    assert tracker["callback"] == f"{script['data-endpoint']}/@@clicktracker-callback"
    assert (tracker["visits"], script.get("data-visits")) == (False, None)


def test_what_is_fetched_for_a_screen_about_it_is_not_served(tracked, client):
    """As a frontend fetches it that shows something else at that address."""
    bob = client("bob")
    found = bob.shown("/board/agenda", **{"own-reading": "not-shown"})
    assert "tracker" not in found
    bob.get("/board/agenda", **{"own-reading": "not-shown"})
    assert served(tracked.agenda) == 0
    assert bob.shown("/board/agenda")["tracker"]
    assert served(tracked.agenda) == 1


def test_who_has_read_an_older_version_is_told_so(tracked, client):
    record(tracked.agenda, "bob")
    edit(tracked.agenda, title="Another agenda")
    found = client("bob").shown(AGENDA)
    assert (found["reading"]["version"], found["expected"]) == ("older", True)
    assert found["reading"]["is_enough"] is False
    assert found["tracker"]["version"] == visible_version(tracked.agenda).digest


def test_a_guest_gets_no_ticket_and_nothing_personal(tracked, client):
    found = client().shown(AGENDA)
    assert (found["tracked"], found["tracker"], found["reading"]) == (True, None, None)
    api.portal.set_registry_record("track_anonymous", True, interface=ITrackingPolicy)
    transaction.commit()
    answer = client().get(AGENDA, expand="clicktracker")
    tracker = answer.json()["@components"]["clicktracker"]["tracker"]
    assert (tracker["ticket"], tracker["version"]) == (
        None,
        visible_version(tracked.agenda).digest,
    )
    assert "no-store" not in answer.headers.get("Cache-Control", "")


def test_no_cache_keeps_what_has_a_ticket(tracked, client, caching):
    answer = client("bob").get(AGENDA, expand="clicktracker")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Authorization" in answer.headers["Vary"]
    assert "ETag" not in answer.headers
    guests = client().get(AGENDA, expand="clicktracker").headers
    assert guests["Vary"].count("Authorization") == 1


def test_only_the_content_that_is_shown_has_more_than_an_address(tracked, client):
    bob = client("bob")
    asked = {"expand": "clicktracker", "fullobjects": "1"}
    only_address = [["@id"]] * 2
    for path in ("/board", "/board/@search"):
        items = bob.get(path, **asked).json()["items"]
        found = [each["@components"]["clicktracker"] for each in items]
        assert [list(each) for each in found][:2] == only_address
    plain = bob.get(AGENDA).json()["@components"]["clicktracker"]
    assert plain == {"@id": f"{bob.visitor.site_url}{AGENDA}/@clicktracker"}
    assert "tracker" in bob.shown("/board")


def test_it_can_be_asked_for_by_a_name_that_content_blockers_do_not_know(
    tracked, client
):
    # As Volto asks, with what changes the request while it is made.
    expand = "breadcrumbs,actions,navroot,navigation,own-reading"
    found = client("bob").get(AGENDA, expand=expand).json()["@components"]
    assert found["clicktracker"]["tracker"]["ticket"]
    assert "own-reading" not in found


def test_what_is_not_tracked_says_so_and_reports_visits_alone(tracked, client):
    bob = client("bob")
    found = bob.shown("/rules")
    assert (found["tracked"], found["tracker"]) == (False, None)
    switch(enabled=True)
    tracker = bob.shown("/rules")["tracker"]
    assert (tracker["visits"], tracker["version"]) == (True, "")
    ticket, _ = verify(tracker["ticket"], site_keys())
    assert (ticket.tracked, ticket.url) == (False, "/rules")
    guest = client().shown("/rules")["tracker"]
    assert (guest["ticket"], guest["visits"]) == (None, True)


def test_a_storage_that_is_down_is_said_and_the_page_reports_all_the_same(
    tracked, client, monkeypatch
):
    def down(*_):
        raise StorageUnavailable("no route")

    monkeypatch.setattr(SQLiteStorage, "readings", down)
    found = client("bob").shown(AGENDA)
    assert found["problem"].startswith("The storage for readings can't be")
    assert found["reading"] is None
    assert found["tracker"]["ticket"]


def test_whatever_is_broken_the_content_is_shown(tracked, client, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("something else")

    monkeypatch.setattr(OwnPage, "_own", broken)
    found = client("bob").shown(AGENDA)
    assert found["tracked"] is None
    assert found["problem"].startswith("At present, nobody can tell")
    assert "something else" in caplog.text


def test_the_notice_is_hidden_where_the_site_says_so(tracked, client):
    choose_privacy(shows_notice=False)
    assert client("bob").shown(AGENDA)["notice"] == []
