"""The callback: what is recorded, what is refused, and with which words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from plone.keyring.interfaces import IKeyManager
from slc.clicktracker.doors.process import collector
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tickets.ticket import Keys
from slc.clicktracker.versions.visible import visible_version
from tests.both_doors import stored
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import made_ticket
from tests.doors.beacons import refusal
from tests.doors.beacons import ticket_on
from tests.faults.servers import wait_for
from tests.plone_site import script_in
from threading import current_thread
from zope.component import getUtility

import psycopg2
import pytest
import transaction


def readings(*documents):
    return [(row.reader.user, row.count) for row in stored(*documents)]


def test_a_read_is_recorded_once(tracked, visitor):
    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    for _ in range(3):
        answer = bob.post(CALLBACK, message)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.content == b""
    assert readings(tracked.agenda) == [("bob", 1)]


def test_a_second_page_load_and_a_second_view_of_it_count(tracked, visitor):
    bob = visitor("bob")
    first, second = ticket_on(bob), ticket_on(bob)
    bob.post(CALLBACK, beacon(first))
    bob.post(CALLBACK, beacon(second))
    bob.post(CALLBACK, beacon(second, view="view-after-going-back"))
    assert readings(tracked.agenda) == [("bob", 3)]


def test_what_is_recorded_is_what_the_ticket_says(tracked, visitor):
    bob = visitor("bob")
    bob.post("/rules" + CALLBACK, beacon(ticket_on(bob), user="carol", path="/rules"))
    rows = stored(tracked.agenda)
    (row,) = rows
    assert row.reader.name == "Bob Berger"
    assert row.url == "/board/agenda"
    assert row.document.path == "/plone/board/agenda"
    assert row.document.title == "Agenda"
    assert row.cached == 0


def test_an_access_says_which_version_was_read_and_how_far(tracked, visitor, waiting):
    bob = visitor("bob")
    message = beacon(ticket_on(bob), depth=80, ended=True, printed=True)
    assert bob.post(CALLBACK, message).status_code == 200
    (access,) = [one for one in waiting() if one.origin != "served"]
    assert access.version == visible_version(tracked.agenda)
    assert (access.depth, access.marks) == (80, Marks.ENDED | Marks.PRINTED)


def test_a_get_request_is_told_to_post(tracked, visitor):
    answer = visitor("bob").get(CALLBACK)
    assert refusal(answer) == (405, "not-post")
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"\x00\xff",
        b"[" * 4000,
        b'{"ticket": "x", "view": "0123456789abcdef"}',
        "\ud800".encode("utf-8", "surrogatepass"),
    ],
)
def test_garbage_is_malformed(tracked, visitor, body):
    assert visitor("bob").post(CALLBACK, body).status_code == 400


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
    ],
)
def test_garbage_of_any_content_type_is_no_server_error(tracked, visitor, content_type):
    headers = {"Content-Type": content_type}
    answer = visitor("bob").post(CALLBACK, b'{"ticket": "%', headers=headers)
    assert answer.status_code == 400


def test_a_large_body_is_refused(tracked, visitor):
    answer = visitor("bob").post(CALLBACK, b"x" * 12289)
    assert refusal(answer) == (413, "body-too-large")


def test_a_ticket_of_another_user_is_refused(tracked, visitor):
    message = beacon(ticket_on(visitor("bob")))
    for name in ("carol", None):
        answer = visitor(name).post(CALLBACK, message)
        assert refusal(answer) == (403, "other-user")
    assert readings(tracked.agenda) == []


def test_a_forged_ticket_is_refused(tracked, visitor):
    bob = visitor("bob")
    forged = made_ticket(tracked.aq_parent, Keys(("my own key",), ()))
    assert refusal(bob.post(CALLBACK, beacon(forged))) == (403, "ticket-forged")


def test_a_shortened_ticket_is_refused(tracked, visitor):
    bob = visitor("bob")
    text = ticket_on(bob)
    for length in (1, 20, len(text) - 30, len(text) - 1):
        answer = bob.post(CALLBACK, beacon(text[:length]))
        assert answer.status_code in (400, 403)
    assert readings(tracked.agenda) == []


def test_an_expired_ticket_is_answered_with_a_wish_for_a_fresh_one(tracked, visitor):
    day_before = datetime.now(timezone.utc) - timedelta(hours=30)
    old = made_ticket(tracked.aq_parent, issued=day_before)
    answer = visitor("bob").post(CALLBACK, beacon(old))
    assert refusal(answer) == (410, "ticket-expired")


def test_a_ticket_of_another_site_is_refused(tracked, visitor):
    other = made_ticket(tracked.aq_parent, site="0" * 32)
    answer = visitor("bob").post(CALLBACK, beacon(other))
    assert refusal(answer) == (403, "other-site")


def test_the_same_id_in_the_root_of_zope_is_somebody_else(tracked, visitor):
    zope_bob = made_ticket(tracked.aq_parent, folder="/acl_users")
    answer = visitor("bob").post(CALLBACK, beacon(zope_bob))
    assert refusal(answer) == (403, "other-user")


def test_the_host_header_gets_into_nothing_that_is_kept(tracked, visitor):
    bob = visitor("bob")
    cookie = f"__ac={bob.session.cookies['__ac']}"
    headers = {"Host": "evil.example.com", "Cookie": cookie}
    ticket = script_in(bob.get("/board/agenda", headers=headers).text)["data-ticket"]
    bob.post(CALLBACK, beacon(ticket))
    rows = stored(tracked.agenda)
    assert [row.url for row in rows] == ["/board/agenda"]


def test_an_old_log_in_of_the_same_person_counts_and_is_marked(tracked, visitor):
    ticket_of_monday = ticket_on(visitor("bob"))
    bob_of_tuesday = visitor("bob")
    bob_of_tuesday.session.cookies.clear()
    bob_of_tuesday.session.auth = ("bob", "correct horse")
    assert bob_of_tuesday.post(CALLBACK, beacon(ticket_of_monday)).status_code == 200
    rows = stored(tracked.agenda)
    assert [(row.count, row.cached) for row in rows] == [(1, 1)]


def test_single_sign_on_without_a_credential_counts(tracked, visitor):
    unbound = made_ticket(tracked.aq_parent)
    assert visitor("bob").post(CALLBACK, beacon(unbound)).status_code == 200
    rows = stored(tracked.agenda)
    assert [(row.count, row.cached) for row in rows] == [(1, 0)]


def test_a_read_waits_for_a_storage_that_is_down(tracked, visitor, monkeypatch):
    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    down = "host=127.0.0.1 port=1 dbname=nowhere"
    with monkeypatch.context() as patch:
        patch.setenv("CLICKTRACKER_DSN", down)
        assert bob.post(CALLBACK, message).status_code == 200
        assert bob.get("/board/agenda").status_code == 200
    assert bob.post(CALLBACK, message).status_code == 200
    assert readings(tracked.agenda) == [("bob", 1)]


def test_recording_that_is_switched_off_records_nothing(tracked, visitor, monkeypatch):
    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    assert script_in(bob.get("/board/agenda").text) is None
    assert refusal(bob.post(CALLBACK, message)) == (403, "recording-off")


def test_deleted_content_can_still_be_reported(tracked, visitor):
    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    agenda = tracked.agenda.UID()
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(tracked.agenda)
    transaction.commit()
    assert bob.post(CALLBACK, message).status_code == 200
    rows = stored(agenda)
    assert [row.document.path for row in rows] == ["/plone/board/agenda"]


def test_what_happened_is_counted(tracked, visitor):
    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    bob.post(CALLBACK, message)
    visitor("carol").post(CALLBACK, message)
    bob.post(CALLBACK, b"{}")
    site = document_uid(tracked.aq_parent)
    stored(tracked.agenda)
    assert collector().counters.of(site) == {
        "accepted": 1,
        "served": 1,
        "stored": 2,
        "other-user": 1,
        "beacon-malformed": 1,
    }


def test_a_ticket_survives_the_daily_rotation_of_keys_but_not_all_of_them(
    tracked, visitor
):
    bob = visitor("bob")
    ticket = ticket_on(bob)
    ring = getUtility(IKeyManager)["_forms"]
    for rotations in range(1, len(ring) + 1):
        ring.rotate()
        transaction.commit()
        answer = bob.post(CALLBACK, beacon(ticket))
        assert answer.status_code == (200 if rotations < len(ring) else 403)
    assert readings(tracked.agenda) == [("bob", 1)]


@pytest.mark.parametrize(
    "url",
    ["/" + "x" * 2000, "/" + "x" * 2500, "/nul\x00", "/\ud800", "/'\"%_\\", "/ü/日本"],
    ids=["long", "too-long", "nul", "surrogate", "signs", "letters"],
)
def test_strange_addresses_on_a_ticket_are_kept_in_the_form_that_fits(
    tracked, visitor, url
):
    bob = visitor("bob")
    ticket = made_ticket(tracked.aq_parent, url=url)
    assert bob.post(CALLBACK, beacon(ticket)).status_code == 200
    (row,) = stored(tracked.agenda)
    assert row.url == storable(url, LIMITS["url"])
    report = visitor("manager").get("/board/@@who-read-this")
    assert "Bob Berger" in report.text


def test_only_the_writer_connects_to_the_database_and_no_page(
    tracked, visitor, monkeypatch
):
    connecting = []

    def connect(*args, **values):
        connecting.append(current_thread().name)
        raise psycopg2.OperationalError("nobody listens")

    monkeypatch.setattr(psycopg2, "connect", connect)
    monkeypatch.setenv("CLICKTRACKER_DSN", "dbname=tracking")
    assert ticket_on(visitor("bob"))
    wait_for(lambda: connecting, "nothing is stored")
    assert set(connecting) == {"clicktracker-writer"}


def test_two_threads_with_the_first_read_of_a_page_lose_nothing(tracked, visitor):
    readers = [visitor(name) for name in ("alice", "bob", "carol")]
    messages = [(reader, beacon(ticket_on(reader))) for reader in readers * 4]
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(
            lambda message: message[0].post(CALLBACK, message[1]), messages
        )
        assert {answer.status_code for answer in answers} == {200}
    assert readings(tracked.agenda) == [("alice", 4), ("bob", 4), ("carol", 4)]
