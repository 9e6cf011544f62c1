"""What is declared about a document stays with it, with who, when and why, and its end."""

from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from plone.app.testing import login
from plone.app.testing import TEST_USER_ID
from plone.app.testing import TEST_USER_NAME
from plone.exportimport.exporters.content import ContentExporter
from plone.exportimport.importers.content import ContentImporter
from slc.clicktracker.declarations import declarations as module
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.declarations.declaration import said_reason
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from zope.annotation.interfaces import IAnnotations

import pickle
import pytest


NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
BOB = Reader("bob", "", "Bob Berger")

notes = Declarations("note")
others = Declarations("notes")


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the clock."""

    def set_to(moment):
        monkeypatch.setattr(module, "utc_now", lambda: moment)

    set_to(NOW)
    return set_to


@pytest.fixture
def portal(portal):
    login(portal, TEST_USER_NAME)
    return portal


@pytest.mark.parametrize(
    "subject", [None, "3fa9", "", BOB, Reader("bob", "/acl_users")]
)
def test_it_is_there_with_who_when_why_and_what_about(portal, at, subject):
    details = {"until": "2026-12-31", "texts": (("a", 1), ("b", None)), "asked": True}
    made = notes.declare("one", "on leave", subject, details)
    (kept,) = notes.of("one")
    assert kept == made
    assert (kept.kind, kept.uid, kept.reason) == ("note", "one", "on leave")
    assert (kept.by, kept.since) == (Reader(TEST_USER_ID), NOW)
    assert kept.subject == (Reader("bob") if subject is BOB else subject)
    assert kept.detail("until") == "2026-12-31"
    assert kept.detail("texts") == (("a", 1), ("b", None))
    assert kept.detail("never said", "nothing") == "nothing"
    assert kept.holds and kept.ended is kept.ended_by is None
    assert notes.of("another") == others.of("one") == ()


def test_its_end_is_written_once_and_nothing_else_changes(portal, at):
    made = notes.declare("one", "on leave", BOB)
    at(NOW + HOUR)
    assert notes.end(made, "back at work")
    at(NOW + 2 * HOUR)
    assert not notes.end(made, "once more")
    (kept,) = notes.of("one")
    assert kept == replace(
        made,
        ended_by=Reader(TEST_USER_ID),
        ended=NOW + HOUR,
        ended_reason="back at work",
    )
    assert not kept.holds
    assert not notes.end(kept)


def test_they_are_in_the_order_in_which_they_were_declared(portal, at):
    """Also where the clock was put back, and where two have the same time."""
    for number, moment in enumerate([NOW, NOW, NOW - HOUR, NOW + HOUR]):
        at(moment)
        made = notes.declare("one", str(number))
        if number == 1:
            notes.end(made)
    kept = notes.of("one")
    assert [each.reason for each in kept] == ["0", "1", "2", "3"]
    assert [each.since for each in kept] == [NOW, NOW, NOW - HOUR, NOW + HOUR]
    assert [each.holds for each in kept] == [True, False, True, True]


def test_many_documents_are_asked_for_at_once_in_their_order(portal):
    notes.declare("b", "1")
    notes.declare("a", "2")
    notes.end(notes.declare("b", "3"))
    others.declare("c", "4")
    found = notes.of_each(["c", "b", "none", "a"])
    assert list(found) == ["b", "a"]
    assert found == {"a": notes.of("a"), "b": notes.of("b")}
    assert [each.reason for each in notes.all()] == ["2", "1", "3"]
    assert [uid in notes.uids for uid in ("a", "b", "c", "")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "value", [[1], {"a": 1}, 1.5, NOW, NOW.date(), ("a", [1]), BOB]
)
def test_what_could_change_or_needs_a_package_is_no_detail(portal, value):
    with pytest.raises(TypeError, match="until"):
        notes.declare("one", "on leave", details={"until": value})
    assert notes.of("one") == ()


@pytest.mark.parametrize("reason", ["", "  \n", "\0", " \u200b\ufffd"])
def test_a_reason_says_something(reason):
    with pytest.raises(ValueError):
        said_reason(reason)


def test_a_reason_is_kept_as_far_as_it_can_be():
    assert said_reason(" ill ") == "ill"
    assert said_reason("x" * 5000) == "x" * LONGEST_REASON


@pytest.fixture
def agenda(board):
    notes.declare(document_uid(board.agenda), "first")
    return board.agenda


def reasons(content):
    return [each.reason for each in notes.of(document_uid(content))]


def test_a_document_that_is_moved_or_renamed_has_its_own_and_a_copy_none(
    agenda, portal
):
    copy = api.content.copy(agenda, portal, "copy")
    moved = api.content.move(agenda, portal)
    assert reasons(moved) == ["first"]
    assert reasons(api.content.rename(moved, "order-of-the-day")) == ["first"]
    assert reasons(copy) == []


def test_checking_in_a_working_copy_keeps_those_of_the_original(board, agenda):
    copy = ICheckinCheckoutPolicy(agenda).checkout(board)
    assert reasons(copy) == []
    notes.declare(document_uid(copy), "of the copy")
    notes.declare(document_uid(agenda), "meanwhile")
    ICheckinCheckoutPolicy(copy).checkin("revised")
    assert reasons(board.agenda) == ["first", "meanwhile"]


def test_an_older_version_that_is_brought_back_changes_nothing(board, agenda):
    repository = api.portal.get_tool("portal_repository")
    repository.save(agenda, comment="before")
    notes.end(notes.declare(document_uid(agenda), "second"))
    kept = notes.of(document_uid(agenda))
    repository.revert(agenda, 0)
    assert notes.of(document_uid(board.agenda)) == kept


def test_those_of_a_deleted_document_stay(board, agenda):
    uid = document_uid(agenda)
    api.content.delete(agenda)
    new = api.content.create(board, "Document", "agenda")
    assert [each.reason for each in notes.of(uid)] == ["first"]
    assert reasons(new) == []


def test_an_export_has_none_and_what_is_imported_again_finds_its_own(site, tmp_path):
    agenda = site.board.agenda
    with api.env.adopt_roles(["Manager"]):
        notes.declare(document_uid(agenda), "said of the agenda")
        ContentExporter(site).export_data(tmp_path)
        api.content.delete(agenda)
        ContentImporter(site).import_data(tmp_path)
    exported = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert exported and not any(b"said of the agenda" in each for each in exported)
    assert reasons(site.board.agenda) == ["said of the agenda"]


def test_asking_writes_nothing(board, portal):
    before = set(IAnnotations(portal))
    notes.of_each(["a", "b"])
    assert "a" not in notes.uids
    assert list(notes.all()) == []
    assert set(IAnnotations(portal)) == before


def test_what_is_kept_can_be_loaded_without_the_package(portal):
    details = {"until": "2026-12-31", "texts": (("a", 1), ("b", None))}
    for subject in (None, "3fa9", BOB):
        notes.end(notes.declare("one", "on leave", subject, details), "back")
    kept = IAnnotations(portal)["slc.clicktracker.evidence.declarations"]
    assert type(kept).__module__ == "BTrees.OOBTree"
    assert b"clicktracker" not in pickle.dumps(dict(kept))
