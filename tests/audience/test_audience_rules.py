"""Which rule says who is expected, and what becomes of it with the content."""

from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from plone.exportimport.exporters.content import ContentExporter
from plone.exportimport.importers.content import ContentImporter
from Products.CMFCore.utils import getToolByName
from slc.clicktracker.audience.rules import applied_rule
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.audience.rules import rule_of
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from tests.audience.people import named
from zope.annotation.interfaces import IAnnotations

import pickle
import pytest


EVERYBODY = AudienceRule()
THE_BOARD = named(groups=["Board"])
ALL_KINDS = AudienceRule(
    everybody=False,
    groups=("Board", "Räte"),
    users=(Reader("bob"), Reader("admin", "/acl_users")),
    roles=("Reviewer",),
)


def decided_at(content):
    source = applied_rule(content).source
    return source and source.getId()


def test_without_a_rule_everybody_who_can_view_is_expected(board):
    assert applied_rule(board.agenda).rule == EVERYBODY
    assert decided_at(board.agenda) is None


@pytest.mark.parametrize("rule", [EVERYBODY, THE_BOARD, ALL_KINDS])
def test_a_rule_counts_for_its_item_and_below(board, rule):
    assert choose_audience(board, rule)
    assert applied_rule(board).rule == applied_rule(board.agenda).rule == rule
    assert decided_at(board.agenda) == "board"
    assert rule_of(board.agenda) is None


def test_the_nearest_rule_wins(board, portal):
    choose_audience(portal, named(roles=["Manager"]))
    choose_audience(board, THE_BOARD)
    choose_audience(board.agenda, EVERYBODY)
    assert applied_rule(board.agenda).rule == EVERYBODY
    assert applied_rule(board.budget).rule == THE_BOARD
    assert decided_at(portal.rules) == portal.getId()


def test_like_the_folder_above_takes_the_rule_away(board):
    choose_audience(board, THE_BOARD)
    choose_audience(board.agenda, EVERYBODY)
    assert choose_audience(board.agenda, None)
    assert decided_at(board.agenda) == "board"
    assert not choose_audience(board.agenda, None)


def test_choosing_the_same_changes_nothing(board):
    assert choose_audience(board, ALL_KINDS)
    assert not choose_audience(board, ALL_KINDS)


def test_a_rule_goes_with_what_is_moved_or_renamed(board, portal):
    choose_audience(board.agenda, THE_BOARD)
    moved = api.content.rename(api.content.move(board.agenda, portal), "first")
    assert rule_of(moved) == THE_BOARD


def test_a_copy_has_no_rule(board, portal):
    choose_audience(board, THE_BOARD)
    choose_audience(board.agenda, ALL_KINDS)
    copy = api.content.copy(board, portal, "copy")
    assert rule_of(copy) is rule_of(copy.agenda) is None
    assert rule_of(board.agenda) == ALL_KINDS


def test_going_back_to_an_old_version_keeps_the_rule_of_today(board):
    repository = getToolByName(board, "portal_repository")
    for text in ("first", "second"):
        board.agenda.description = text
        repository.save(board.agenda, comment=text)
    choose_audience(board.agenda, THE_BOARD)
    repository.revert(board.agenda, 0)
    assert rule_of(board.agenda) == THE_BOARD


def test_checking_in_a_working_copy_keeps_the_rule_of_the_original(board):
    choose_audience(board.agenda, THE_BOARD)
    copy = ICheckinCheckoutPolicy(board.agenda).checkout(board)
    assert rule_of(copy) is None
    choose_audience(copy, ALL_KINDS)
    ICheckinCheckoutPolicy(copy).checkin("revised")
    assert rule_of(board.agenda) == THE_BOARD


def test_what_is_deleted_and_imported_again_has_its_rule(site, tmp_path):
    board = site.board
    with api.env.adopt_roles(["Manager"]):
        choose_audience(board.agenda, THE_BOARD)
        ContentExporter(site).export_data(tmp_path)
        uid = document_uid(board.agenda)
        api.content.delete(board.agenda)
        new = api.content.create(board, "Document", "agenda", "Another agenda")
        assert rule_of(new) is None
        api.content.delete(new)
        ContentImporter(site).import_data(tmp_path)
    assert document_uid(board.agenda) == uid
    assert rule_of(board.agenda) == THE_BOARD


def test_asking_writes_nothing(board, portal):
    before = set(IAnnotations(portal))
    applied_rule(board.agenda)
    assert set(IAnnotations(portal)) == before


def test_what_is_kept_can_be_loaded_without_the_package(board, portal):
    choose_audience(board, ALL_KINDS)
    kept = IAnnotations(portal)["slc.clicktracker.evidence.audience_rules"]
    assert type(kept).__module__ == "BTrees.OOBTree"
    assert b"clicktracker" not in pickle.dumps(dict(kept))
