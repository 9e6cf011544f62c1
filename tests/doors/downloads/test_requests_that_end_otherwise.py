"""What is not delivered in the end is not noted, and nothing keeps a file back."""

from plone import api
from plone.app.textfield.value import RichTextValue
from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.collector.notes import Notes
from slc.clicktracker.doors import delivered
from slc.clicktracker.doors import downloads
from slc.clicktracker.doors.process import collector
from slc.clicktracker.interfaces import IClickStorage
from tests.doors.downloads.lease import DATA
from tests.doors.downloads.lease import fetch
from tests.doors.downloads.lease import LEASE
from tests.doors.downloads.lease import SIZE
from tests.storage.two_methods import NotesOfVisits
from threading import Lock
from ZODB.POSException import ConflictError
from zope.component import getGlobalSiteManager

import pytest
import transaction


def test_a_file_that_is_sent_after_a_conflict_is_noted_once(
    board, visitor, waiting, before_commit
):
    attempts = []

    def conflict_once(request):
        attempts.append(1)
        if len(attempts) == 1:
            raise ConflictError

    before_commit(LEASE, conflict_once)
    assert visitor("bob").get(LEASE).content == DATA
    assert len(attempts) == 2
    assert len(waiting()) == 1


@pytest.mark.parametrize(
    "module, name", [(downloads, "ticket_for"), (delivered, "rules_of_answers")]
)
def test_a_conflict_that_is_met_here_makes_the_request_anew(
    board, visitor, waiting, monkeypatch, caplog, module, name
):
    attempts, call = [], getattr(module, name)

    def conflict_once(*arguments):
        attempts.append(1)
        if len(attempts) == 1:
            raise ConflictError
        return call(*arguments)

    monkeypatch.setattr(module, name, conflict_once)
    assert visitor("bob").get(LEASE).content == DATA
    assert len(attempts) == 2
    assert len(waiting()) == 1
    assert "to whom pages and files" not in caplog.text


def test_a_piece_that_ends_in_an_error_does_not_count(
    board, visitor, waiting, before_commit
):
    bob = visitor("bob")
    fetch(bob, 0, 499)

    def fail(request):
        raise RuntimeError("something else went wrong")

    before_commit(LEASE, fail)
    headers = {"Range": f"bytes=500-{SIZE - 1}"}
    assert bob.get(LEASE, headers=headers).status_code == 500
    assert bob.get(LEASE).status_code == 500
    assert waiting() == []


def test_what_is_aborted_in_the_end_is_not_noted(
    board, visitor, waiting, before_commit
):
    before_commit(LEASE, lambda request: transaction.doom())
    visitor("bob").get(LEASE)
    assert waiting() == []


@pytest.mark.parametrize("status", [204, 302, 304, 404])
def test_what_becomes_another_answer_is_not_noted(
    board, visitor, waiting, before_commit, status
):
    before_commit(LEASE, lambda request: request.response.setStatus(status))
    visitor("bob").get(LEASE, allow_redirects=False)
    assert waiting() == []


def test_a_download_writes_nothing_to_the_zodb(board, visitor, waiting):
    bob = visitor("bob")
    database = board._p_jar.db()
    before = database.lastTransaction()
    bob.get(LEASE)
    assert waiting()
    assert database.lastTransaction() == before


def test_what_was_delivered_before_the_account_was_deleted_stays_noted(
    board, visitor, waiting
):
    bob = visitor("bob")
    bob.get(LEASE)
    fetch(bob, 0, 499)
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
    transaction.commit()
    assert bob.get(LEASE).content == DATA
    (note,) = waiting()
    assert note.reader.user == "bob"


def test_recording_that_is_off_notes_nothing(board, visitor, waiting, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    assert visitor("bob").get(LEASE).content == DATA
    assert waiting() == []


def test_a_storage_of_two_methods_is_not_told(board, visitor):
    storage = NotesOfVisits([], Lock())
    components = getGlobalSiteManager()
    components.registerUtility(storage, IClickStorage)
    try:
        assert visitor("bob").get(LEASE).content == DATA
    finally:
        components.unregisterUtility(storage, IClickStorage)
    assert storage.visits == []
    assert collector().spools.own.counts() == {}


@pytest.mark.parametrize("broken", ["writer", "folder", "notes", "version"])
def test_whatever_is_broken_files_go_on(
    board, visitor, monkeypatch, tmp_path, caplog, broken
):
    bob = visitor("bob")
    if broken == "writer":
        monkeypatch.setattr(Collector, "is_alive", False)
    elif broken == "folder":
        (tmp_path / "file").write_text("no folder")
        monkeypatch.setenv("CLICKTRACKER_SPOOL", str(tmp_path / "file"))
    elif broken == "notes":
        monkeypatch.setattr(Notes, "add", None)
    else:
        board["lease.pdf"].title = RichTextValue("no text")
        transaction.commit()
    for _ in range(3):
        assert bob.get(LEASE).content == DATA
        collector().spool_notes()
    (said,) = [one for one in caplog.messages if "to whom pages and files" in one]
    assert "Site Setup" in said
