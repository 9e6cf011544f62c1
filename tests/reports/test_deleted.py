"""Which of the documents that were read are deleted, and which are there after all."""

from plone import api
from plone.uuid.interfaces import ATTRIBUTE_NAME
from Products.CMFCore.indexing import processQueue
from slc.clicktracker.reports.deleted import deleted_documents
from slc.clicktracker.reports.deleted import deleted_place
from slc.clicktracker.reports.deleted import may_see_deleted
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import visit
from tests.layers import add_board

import pytest


BOB = Reader("bob")


@pytest.fixture
def board(portal):
    with api.env.adopt_roles(["Manager"]):
        yield add_board()


def read(content, number=1):
    path = "/".join(content.getPhysicalPath())
    document = Document(document_uid(content), path, content.Title())
    site_storage().record([visit(number, BOB, document, at=number)])
    return document


def found():
    """The titles of what is deleted, the latest read first."""
    return [each.document.title for each in deleted_documents()]


def test_what_was_read_and_is_deleted_is_found_by_what_was_recorded(board):
    read(board.agenda, 1)
    kept = read(board.budget, 2)
    api.content.delete(board.agenda)
    assert found() == ["Agenda"]
    (agenda,) = deleted_documents()
    place = deleted_place(agenda.document.uid)
    assert (place.title, place.address) == ("Agenda", "/board/agenda")
    assert place.uids == (agenda.document.uid,)
    assert deleted_place(kept.uid) is None


def test_a_deleted_folder_takes_what_was_in_it_along(board):
    read(board.agenda, 1)
    read(board.budget, 2)
    api.content.delete(board)
    assert found() == ["Budget", "Agenda"]


def test_what_nobody_has_read_is_not_listed(board):
    agenda = Document(board.agenda.UID(), "/plone/board/agenda", "Agenda")
    site_storage().record([note(BOB, document=agenda)])
    api.content.delete(board.agenda)
    assert found() == []
    assert deleted_place(agenda.uid) is None


def test_what_nothing_was_recorded_of_is_no_deleted_document(board):
    assert deleted_place("never-was") is deleted_place("") is None


def test_what_was_moved_and_renamed_is_not_deleted(board):
    document = read(board.agenda)
    api.content.rename(api.content.move(board.agenda, api.portal.get()), "first")
    assert found() == []
    assert deleted_place(document.uid) is None


def test_new_content_at_the_old_address_is_another_document(board):
    document = read(board.agenda)
    api.content.delete(board.agenda)
    api.content.create(board, "Document", "agenda", "New agenda")
    assert found() == ["Agenda"]
    assert deleted_place(document.uid).title == "Agenda"


def test_what_is_there_again_under_its_uid_is_not_deleted(board):
    document = read(board.agenda)
    api.content.delete(board.agenda)
    restored = api.content.create(board, "Document", "agenda-2", "Agenda")
    setattr(restored, ATTRIBUTE_NAME, document.uid)
    restored.reindexObject()
    assert found() == []
    assert deleted_place(document.uid) is None


def test_what_the_catalog_has_lost_is_not_called_deleted(board):
    document = read(board.agenda)
    portal = read(api.portal.get(), 2)
    processQueue()
    catalog = api.portal.get_tool("portal_catalog")
    for lost in (document, portal):
        catalog.uncatalog_object(lost.path)
        assert not catalog.unrestrictedSearchResults(UID=lost.uid)
    assert found() == []
    assert deleted_place(document.uid) is None


def test_what_all_languages_share_is_one_document(languages):
    api.content.create(languages.en.assets, "Document", "rules", "Rules")
    read(languages.de.assets.rules)
    assert found() == []
    api.content.move(languages.en.assets.rules, languages.en.assets, "house-rules")
    assert found() == []
    api.content.delete(languages.en.assets["house-rules"])
    assert found() == ["Rules"]


def test_no_spelling_of_a_uid_makes_what_is_there_deleted(board):
    """The storage cuts what is too long, and then it is the same to it."""
    long = "u" * LIMITS["uid"]
    setattr(board.agenda, ATTRIBUTE_NAME, long)
    board.agenda.reindexObject()
    read(board.agenda)
    api.content.rename(board.agenda, "first")
    setattr(board.budget, ATTRIBUTE_NAME, long.upper() + "-and-more")
    board.budget.reindexObject()
    read(board.budget, 2)
    assert found() == []
    for uid in (long, long + "x", long.upper(), long.upper() + "-and-more"):
        assert deleted_place(uid) is None


def test_what_version_0_4_knew_by_its_path_is_no_deleted_document(board):
    site_storage().logAccess("bob", "/plone/board/gone-for-long", "/board/gone")
    assert site_storage().status().old_addresses == 1
    assert found() == []


def test_documents_of_another_site_are_not_deleted_here(board):
    document = read(board.agenda)
    storage = site_storage()
    other = type(storage)(storage.path, "another-site")
    other.record([visit(2, BOB, Document("theirs", "/other/theirs", "Theirs"))])
    other.close()
    assert found() == []
    assert deleted_place("theirs") is None
    assert document.uid in storage.document_uids()


@pytest.mark.parametrize(
    ("roles", "may"),
    [
        (["Manager"], True),
        (["Site Administrator"], True),
        (["Anonymous", "Tracking Manager"], True),
        (["Editor", "Reviewer"], False),
        (["Anonymous"], False),
    ],
)
def test_who_may_know(board, roles, may):
    with api.env.adopt_roles(roles):
        assert may_see_deleted() is may


@pytest.mark.parametrize(
    "permission", ["View", "slc: Manage Tracking", "slc.clicktracker: View readers"]
)
def test_each_permission_is_needed_in_the_whole_site(board, permission):
    with api.env.adopt_roles(["Anonymous", "Tracking Manager"]):
        assert may_see_deleted()
        api.portal.get().manage_permission(permission, ["Manager"])
        assert not may_see_deleted()
