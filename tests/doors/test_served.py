"""That a page was served is noted for named readers, and never in the page's way."""

from datetime import timedelta
from plone import api
from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.collector.notes import Notes
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.doors import delivered
from slc.clicktracker.doors.answer_rules import rules_of_answers
from slc.clicktracker.doors.process import collector
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import ICollectorSettings
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.sites.rules import site_keys
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tickets.ticket import verify
from slc.clicktracker.versions.visible import visible_version
from tests.doors.beacons import ask
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on
from tests.faults.servers import wait_for
from tests.plone_site import script_in
from tests.storage.two_methods import NotesOfVisits
from threading import Event
from threading import Lock
from threading import Thread
from ZODB.POSException import ConflictError
from zope.component import getGlobalSiteManager

import pytest
import transaction


PAGE = "/board/agenda"


@pytest.fixture
def door():
    return lambda url: url


def test_a_page_is_noted_as_its_ticket_says(tracked, visitor, waiting):
    ticket, _ = verify(ticket_on(visitor("bob")), site_keys())
    (note,) = waiting()
    assert note.origin == "served"
    assert note.document.uid == tracked.agenda.UID()
    assert note.reader == Reader("bob", "", "Bob Berger")
    assert note.url == PAGE
    assert note.version == visible_version(tracked.agenda)
    assert (note.engaged, note.depth, note.marks) == (0, 0, 0)
    assert note.opened == note.seen == note.issued
    assert abs(note.issued - ticket.issued) < timedelta(milliseconds=1)


def test_each_page_is_noted_and_what_calls_back_is_apart(tracked, visitor, waiting):
    bob = visitor("bob")
    first, second = ticket_on(bob), ticket_on(bob)
    for ticket in (first, second, second):
        assert bob.post(CALLBACK, beacon(ticket)).status_code == 200
    found = waiting()
    assert sorted(one.origin for one in found) == ["page"] * 3 + ["served"] * 2
    assert len({one.key for one in found}) == 4


def test_notes_are_counted_apart_from_what_was_accepted(tracked, visitor, waiting):
    bob = visitor("bob")
    tickets = [ticket_on(bob) for _ in range(3)]
    bob.post(CALLBACK, beacon(tickets[0]))
    collector().spool_notes()
    site = document_uid(tracked.aq_parent)
    state = collector().status().of(site)
    assert (state.accepted, state.served, state.spooled) == (1, 3, 4)


def test_what_shows_no_tracked_content_to_a_named_reader_is_not_noted(
    tracked, visitor, waiting
):
    api.portal.set_registry_record("track_anonymous", True, interface=ITrackingPolicy)
    transaction.commit()
    bob = visitor("bob")
    for path in ("/rules", "/board/@@search", "/board/agenda/@@contact-info"):
        bob.get(path)
    visitor("manager").get("/board/agenda/@@who-read-this")
    assert script_in(visitor().get(PAGE).text)
    assert waiting() == []


def test_a_page_that_is_only_asked_after_is_not_noted(tracked, visitor, waiting):
    bob = visitor("bob")
    for path in (PAGE, PAGE + "/view", PAGE + "/document_view"):
        # The server of the tests sends the page all the same.
        bob.session.head(bob.url_of(path), headers={"Connection": "close"})
    assert waiting() == []


def test_a_ticket_that_the_script_asks_for_is_no_page(tracked, visitor, waiting):
    bob = visitor("bob")
    shown = script_in(bob.get(PAGE).text)["data-version"]
    assert len(waiting()) == 1
    assert ask(bob, shown).json()["ticket"]
    assert len(waiting()) == 1


def test_a_page_that_is_made_again_after_a_conflict_is_noted_once(
    tracked, visitor, waiting, before_commit
):
    attempts = []

    def conflict_once(request):
        attempts.append(1)
        if len(attempts) == 1:
            raise ConflictError

    before_commit(PAGE, conflict_once)
    ticket, _ = verify(ticket_on(visitor("bob")), site_keys())
    assert len(attempts) == 2
    (note,) = waiting()
    assert abs(note.issued - ticket.issued) < timedelta(milliseconds=1)


def test_a_conflict_while_a_page_is_noted_is_tried_again(
    tracked, visitor, waiting, monkeypatch
):
    attempts = []

    def conflict_once():
        attempts.append(1)
        if len(attempts) == 1:
            raise ConflictError
        return rules_of_answers()

    monkeypatch.setattr(delivered, "rules_of_answers", conflict_once)
    ticket, _ = verify(ticket_on(visitor("bob")), site_keys())
    assert len(attempts) == 2
    (note,) = waiting()
    assert abs(note.issued - ticket.issued) < timedelta(milliseconds=1)


def test_a_page_that_ends_in_an_error_is_not_noted(
    tracked, visitor, waiting, before_commit
):
    def fail(request):
        raise RuntimeError("something else went wrong")

    before_commit(PAGE, fail)
    assert visitor("bob").get(PAGE).status_code == 500
    assert waiting() == []


def test_a_page_that_may_not_commit_is_not_noted(
    tracked, visitor, waiting, before_commit
):
    class Refusing:
        transaction_manager = transaction.manager

        def sortKey(self):
            return "~~after all others"

        def tpc_vote(self, txn):
            raise RuntimeError("the database has said no")

        def nothing(self, txn):
            pass

        abort = commit = tpc_begin = tpc_finish = tpc_abort = nothing

    before_commit(PAGE, lambda request: transaction.get().join(Refusing()))
    assert visitor("bob").get(PAGE).status_code == 500
    assert waiting() == []


def test_serving_writes_nothing_to_the_zodb(tracked, shown, visitor, waiting):
    bob = visitor("bob")
    database = tracked._p_jar.db()
    before = database.lastTransaction()
    ticket_on(bob)
    assert waiting()
    assert database.lastTransaction() == before


def test_a_storage_of_two_methods_is_not_told(tracked, visitor):
    storage = NotesOfVisits([], Lock())
    components = getGlobalSiteManager()
    components.registerUtility(storage, IClickStorage)
    try:
        assert ticket_on(visitor("bob"))
    finally:
        components.unregisterUtility(storage, IClickStorage)
    assert storage.visits == []
    assert collector().spools.own.counts() == {}


def complaints(caplog):
    return [
        one for one in caplog.messages if "to whom pages and files are served" in one
    ]


def test_a_full_spool_is_said_once_and_pages_go_on(
    tracked, visitor, waiting, monkeypatch, caplog
):
    bob = visitor("bob")
    collector().spools.own.size = 10**12
    for _ in range(3):
        assert ticket_on(bob)
    assert waiting() == []
    (message,) = complaints(caplog)
    assert "bytes already" in message


@pytest.mark.parametrize("broken", ["writer", "folder", "address", "collector"])
def test_whatever_is_broken_pages_go_on(
    tracked, visitor, monkeypatch, tmp_path, caplog, broken
):
    bob = visitor("bob")
    if broken == "writer":
        monkeypatch.setattr(Collector, "is_alive", False)
    elif broken == "folder":
        (tmp_path / "file").write_text("no folder")
        monkeypatch.setenv("CLICKTRACKER_SPOOL", str(tmp_path / "file"))
    elif broken == "address":
        monkeypatch.setenv("CLICKTRACKER_DSN", "no address")
    else:
        monkeypatch.setattr(Notes, "add", None)
    for _ in range(3):
        assert ticket_on(bob)
        collector().spool_notes()
    assert len(complaints(caplog)) == (0 if broken == "address" else 1)


def test_a_page_does_not_wait_for_the_disk_where_reads_do(
    tracked, visitor, waiting, monkeypatch
):
    api.portal.set_registry_record("strict", True, interface=ICollectorSettings)
    transaction.commit()
    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    disk_is_slow, syncing = Event(), Event()
    sync = Spool._sync

    def slow_sync(spool):
        syncing.set()
        disk_is_slow.wait(60)
        sync(spool)

    monkeypatch.setattr(Spool, "_sync", slow_sync)
    reading = Thread(target=bob.post, args=(CALLBACK, message))
    reading.start()
    try:
        wait_for(syncing.is_set, "nothing is synced")
        assert ticket_on(visitor("carol"))
        assert reading.is_alive()
    finally:
        disk_is_slow.set()
        reading.join()
    assert [one.origin for one in waiting()].count("served") == 2
