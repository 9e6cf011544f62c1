"""Reads in quarantine: which, why, and another chance."""

from slc.clicktracker.collector.spool_line import packed
from slc.clicktracker.doors.process import collector
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.plain import plain
from tests.both_doors import flush
from tests.browser.controlpanel.processes import access

import dataclasses
import pytest
import transaction


PATH = "/@@clicktracker-replay"


@pytest.fixture
def put(site):
    """Return a function that puts a read, or what is none, into quarantine."""

    def one(record=None, reason="the clock is wrong"):
        record = packed(plain(read_of(site.board.agenda))) if record is None else record
        collector().quarantine.put(document_uid(site), record, reason)

    return one


def read_of(document):
    known = dataclasses.replace(access().document, uid=document.UID())
    return dataclasses.replace(access(), document=known)


@pytest.fixture
def try_again(panel, visitor):
    """Return a function that presses the button."""

    def press(**data):
        manager = visitor("manager")
        data = {"_authenticator": panel.token} | data
        return manager.session.post(manager.site_url + PATH, data=data)

    return press


def test_nothing_is_in_quarantine(box):
    found = box("quarantine")
    assert found.text == "Quarantine Nothing is in quarantine."
    assert "<form" not in found.html


def test_what_is_there_and_why(box, put, site):
    put()
    anonymous = read_of(site.board.agenda)
    reader = dataclasses.replace(anonymous.reader, user="", name="")
    put(packed(plain(dataclasses.replace(anonymous, reader=reader))), "<b>bad</b> text")
    put(b"\xff garbage", "it is damaged")
    found = box("quarantine")
    assert "so that the others can continue: 3." in found.text
    document = "Agenda /plone/board/agenda"
    expected = f"{document} the clock is wrong Reader : bob In quarantine since : "
    assert expected in found.text
    assert "Bob Berger" not in found.text
    assert "Reader : Anonymous visitors" in found.text
    assert "&lt;b&gt;bad&lt;/b&gt; text" in found.html
    assert "An unreadable record it is damaged In quarantine since" in found.text
    assert "are listed" not in found.text


def test_who_read_what_is_for_those_who_may_know_it(box, put, site):
    put()
    put(packed(plain(access())), "its document is gone")
    site.board.manage_permission("slc.clicktracker: View readers", [], acquire=0)
    transaction.commit()
    found = box("quarantine")
    assert "bob" not in found.text
    assert "Agenda" not in found.text
    assert (
        found.text.count("that no longer exists, or whose readers you may not see") == 2
    )


def test_only_the_first_ones_are_listed(box, put):
    for number in range(12):
        put(b"garbage %d" % number, f"reason {number}.")
    found = box("quarantine")
    assert "can continue: 12." in found.text
    assert "The oldest 10 are listed." in found.text
    assert "reason 9." in found.text
    assert "reason 10." not in found.text


def test_what_can_be_stored_now_is_stored(box, put, try_again):
    put()
    answer = try_again()
    assert answer.url.endswith("/@@clicktracker-settings")
    assert "Reads that are being tried again: 1." in answer.text
    flush()
    assert site_storage().status().accesses == 1
    assert "Nothing is in quarantine." in box("quarantine").text


def test_what_still_cannot_be_stored_comes_back(box, put, try_again):
    site_storage()
    put(b"garbage")
    try_again()
    flush()
    assert "can continue: 1." in box("quarantine").text


def test_other_sites_are_left_alone(put, try_again):
    collector().quarantine.put("another site", b"x", "no")
    put()
    assert "tried again: 1." in try_again().text
    assert collector().quarantine.count("another site") == 1


def test_an_error_is_shown_and_nothing_is_lost(put, try_again, monkeypatch):
    put()
    spool = collector().spools.own
    spool._connection.close()
    answer = try_again()
    assert "The reads stay in quarantine:" in answer.text
    assert "closed database" in answer.text


@pytest.mark.parametrize("method, token", [("GET", True), ("POST", False)])
def test_it_takes_the_button(put, try_again, panel, visitor, method, token):
    put()
    manager = visitor("manager")
    data = {"_authenticator": panel.token} if token else {}
    answer = manager.session.request(
        method, manager.site_url + PATH, data=data, params=data
    )
    assert answer.status_code == 403
    assert "tried again" not in answer.text
    assert collector().spools.own.counts() == {}


def test_others_may_not(put, visitor, panel):
    put()
    bob = visitor("bob")
    answer = bob.session.post(bob.site_url + PATH, data={})
    assert "insufficient-privileges" in answer.url
