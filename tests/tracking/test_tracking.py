"""Is this content tracked, and through which ancestor?"""

from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from plone.base.interfaces import INavigationRoot
from plone.exportimport.exporters.content import ContentExporter
from plone.exportimport.importers.content import ContentImporter
from Products.CMFCore.utils import getToolByName
from slc.clicktracker.interfaces import IContentIsTracked
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.sites.uids import indexed_uid
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choice_of
from slc.clicktracker.tracking.choice import Choices
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.tracking.choice import tracking_of
from slc.clicktracker.tracking.tracked import tracked_below
from tests.layers import add_board
from zope.interface import alsoProvides

import pytest


@pytest.fixture
def board(portal):
    with api.env.adopt_roles(["Manager"]):
        yield add_board()


def tracked_by(content):
    tracking = tracking_of(content)
    assert Choices().is_tracked(content) is tracking.tracked
    return tracking.source.getId() if tracking.tracked else None


def in_catalog(marker=IContentIsTracked):
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog(object_provides=marker.__identifier__)
    return {brain.getId for brain in brains}


def test_nothing_is_tracked_at_first(board):
    assert tracked_by(board) is None
    assert tracked_by(board.agenda) is None


def test_what_is_marked_is_tracked_by_itself(board):
    choose(board.agenda, Choice.TRACK)
    assert tracked_by(board.agenda) == "agenda"
    assert tracked_by(board) is None
    assert tracked_by(board.budget) is None


def test_everything_below_a_tracked_folder_is_tracked(board):
    choose(board, Choice.TRACK)
    assert tracked_by(board.agenda) == "board"


def test_the_nearest_choice_wins(board, portal):
    annex = api.content.create(board, "Folder", "annex")
    secret = api.content.create(annex, "Document", "secret")
    choose(board, Choice.TRACK)
    choose(annex, Choice.EXCLUDE)
    assert tracked_by(board.agenda) == "board"
    assert tracked_by(secret) is None
    choose(secret, Choice.TRACK)
    assert tracked_by(secret) == "secret"


def test_of_many_items_each_is_tracked_or_not_as_it_is_alone(board, portal):
    annex = api.content.create(board, "Folder", "annex")
    items = [api.content.create(annex, "Document", f"paper-{n}") for n in range(3)]
    items += [annex, board, portal, portal.rules, board.agenda, board.budget]
    choose(annex, Choice.EXCLUDE)
    choose(items[1], Choice.TRACK)
    choose(board, Choice.TRACK)
    items.append(ICheckinCheckoutPolicy(board.agenda).checkout(board))
    is_tracked = Choices().is_tracked
    assert [is_tracked(each) for each in items] == [
        *(False, True, False),
        *(False, True, False, False, True, True),
        False,
    ]
    choose(board, Choice.EXCLUDE)
    assert not Choices().is_tracked(board.agenda)


def test_the_site_root_can_be_tracked(board, portal):
    choose(portal, Choice.TRACK)
    assert tracked_by(portal) == portal.getId()
    assert tracked_by(board.agenda) == portal.getId()


def test_a_navigation_root_is_no_border(board):
    alsoProvides(board, INavigationRoot)
    choose(board, Choice.TRACK)
    assert tracked_by(board.agenda) == "board"
    choose(board, Choice.INHERIT)
    choose(api.portal.get(), Choice.TRACK)
    assert tracked_by(board.agenda) == api.portal.get().getId()


def test_tracked_content_is_found_in_the_catalog(board):
    choose(board, Choice.TRACK)
    assert in_catalog() == {"board"}
    choose(board, Choice.EXCLUDE)
    assert in_catalog() == set()


def test_choosing_the_same_again_changes_nothing(board):
    assert choose(board, Choice.TRACK)
    assert not choose(board, Choice.TRACK)


def test_a_copy_is_not_tracked(board, portal):
    choose(board, Choice.TRACK)
    choose(board.agenda, Choice.EXCLUDE)
    copy = api.content.copy(board, portal, "copy")
    assert choice_of(copy) is Choice.INHERIT
    assert choice_of(copy.agenda) is Choice.INHERIT
    assert choice_of(board) is Choice.TRACK
    assert choice_of(board.agenda) is Choice.EXCLUDE
    assert in_catalog() == {"board"}


def test_what_is_moved_or_renamed_stays_tracked(board, portal):
    choose(board.agenda, Choice.TRACK)
    moved = api.content.move(board.agenda, portal)
    renamed = api.content.rename(moved, "first")
    assert choice_of(renamed) is Choice.TRACK


def revise(content, text):
    content.description = text
    getToolByName(content, "portal_repository").save(content, comment=text)


@pytest.mark.parametrize("before", [Choice.INHERIT, Choice.TRACK])
@pytest.mark.parametrize("after", [Choice.TRACK, Choice.EXCLUDE, Choice.INHERIT])
def test_going_back_to_an_old_version_keeps_the_choice_of_today(board, before, after):
    agenda = board.agenda
    repository = getToolByName(agenda, "portal_repository")
    choose(agenda, before)
    revise(agenda, "first")
    revise(agenda, "second")
    choose(agenda, after)
    first = next(
        version.version_id
        for version in repository.getHistory(agenda)
        if version.object.description == "first"
    )
    repository.revert(agenda, first)
    assert agenda.description == "first"
    assert choice_of(agenda) is after
    assert ("agenda" in in_catalog()) is (after is Choice.TRACK)


def test_a_working_copy_is_never_tracked_and_checking_in_keeps_the_choice(board):
    choose(board, Choice.TRACK)
    choose(board.agenda, Choice.TRACK)
    working_copy = ICheckinCheckoutPolicy(board.agenda).checkout(board)
    assert tracked_by(working_copy) is None
    working_copy.title = "Agenda, revised"
    ICheckinCheckoutPolicy(working_copy).checkin("revised")
    assert board.agenda.title == "Agenda, revised"
    assert tracked_by(board.agenda) == "agenda"


def test_a_document_has_its_own_uid(board):
    site_path = "/".join(api.portal.get().getPhysicalPath())
    agenda = board.agenda
    assert document_uid(agenda) == agenda.UID()
    brains = api.content.find(UID=agenda.UID())
    assert indexed_uid(brains[0], site_path) == agenda.UID()


def test_the_site_root_has_a_uid(portal):
    assert document_uid(portal)


@pytest.mark.parametrize("at_export", [Choice.TRACK, Choice.INHERIT])
@pytest.mark.parametrize("today", [Choice.TRACK, Choice.EXCLUDE, Choice.INHERIT])
def test_importing_content_keeps_the_choice_of_today(site, tmp_path, at_export, today):
    agenda = site.board.agenda
    with api.env.adopt_roles(["Manager"]):
        choose(agenda, at_export)
        agenda.title = "As exported"
        ContentExporter(site).export_data(tmp_path)
        agenda.title = "Changed since"
        choose(agenda, today)
        ContentImporter(site).import_data(tmp_path)
    assert agenda.title == "As exported"
    assert choice_of(agenda) is today


@pytest.fixture
def link(board):
    choose(board, Choice.TRACK)
    address = "https://example.org/minutes"
    return api.content.create(board, "Link", "minutes", "Minutes", remoteUrl=address)


def test_a_link_is_not_tracked_as_it_sends_its_readers_away(board, link):
    assert tracked_by(link) is None
    with api.env.adopt_roles(["Anonymous", "Manager"]):
        listed = [each.content.getId() for each in tracked_below(board, "View")]
    assert listed == ["agenda", "budget"]
    choose(link, Choice.TRACK)
    assert tracked_by(link) is None


def test_a_link_that_is_shown_as_a_page_is_tracked(board, link):
    api.portal.set_registry_record("plone.redirect_links", False)
    assert tracked_by(link) == "board"
    api.portal.set_registry_record("plone.redirect_links", True)
    link.remoteUrl = "mailto:secretary@example.org"
    assert tracked_by(link) == "board"
