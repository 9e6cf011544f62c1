"""A site of profile version 1000 keeps all exceptions and minor changes, and their ends."""

from BTrees.OOBTree import OOBTree
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.audience.exceptions import EXCEPTION
from slc.clicktracker.audience.exceptions import exceptions_at
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.browser.controlpanel.public_name_group import PublicNameGroup
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.interfaces import IPublicNameSettings
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.versions.minor_changes import current_texts
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.minor_changes import minor_changes_of
from slc.clicktracker.versions.minor_changes import MinorChange
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version
from zope.annotation.interfaces import IAnnotations

import pytest


PROFILE = "slc.clicktracker:default"
PREFIX = "slc.clicktracker.evidence."
OLD = (f"{PREFIX}exceptions", f"{PREFIX}minor-changes")

MOMENT = 1_772_366_400_000_000
NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
IN_AN_HOUR = MOMENT + 3_600_000_000

#: As version 1000 wrote them: whom, why, by whom, since when, and how it ended.
ENDED = ("", "bob", "on leave", "", "carol", MOMENT, ("", "alice", IN_AN_HOUR))
HOLDING = ("", "bob", "ill", "", "carol", MOMENT, None)
OF_ROOT = ("/acl_users", "root", "ill", "/acl_users", "admin", MOMENT, None)
DELETED = "0" * 32


@pytest.fixture
def old(board, setup_tool):
    """The site as the version before left it."""
    annotations = IAnnotations(api.portal.get())
    for key in [key for key in annotations if key.startswith(PREFIX)]:
        del annotations[key]
    uid = document_uid(board.agenda)
    exceptions = annotations[OLD[0]] = OOBTree()
    exceptions[uid] = (ENDED, HOLDING, OF_ROOT)
    exceptions[document_uid(board)] = (ENDED, ENDED)
    exceptions[DELETED] = (HOLDING,)
    texts = ((text_of(board.agenda), "", None), ("earlier", "1", MOMENT))
    changes = annotations[OLD[1]] = OOBTree()
    changes[uid] = (
        (texts, "A typo", "", "carol", MOMENT, ("", "alice", IN_AN_HOUR)),
        (texts, "Minor after all", "", "carol", IN_AN_HOUR, None),
    )
    changes[DELETED] = ((texts, "A typo", "", "carol", MOMENT, None),)
    setup_tool.setLastVersionForProfile(PROFILE, "1000")
    return annotations


def text_of(content):
    return text_key(visible_version(content))


def upgrade(setup_tool):
    setup_tool.upgradeProfile(PROFILE)


def all_kept():
    return [
        each
        for kind in (EXCEPTION, "minor-change")
        for each in Declarations(kind).all()
    ]


def test_exceptions_are_as_they_were(board, old, setup_tool):
    upgrade(setup_tool)
    bob, carol, alice = Reader("bob"), Reader("carol"), Reader("alice")
    admin = Reader("admin", "/acl_users")
    ended = AudienceException(bob, "on leave", carol, NOON, alice, NOON + HOUR)
    assert exceptions_at(board.agenda) == (
        ended,
        AudienceException(bob, "ill", carol, NOON),
        AudienceException(Reader("root", "/acl_users"), "ill", admin, NOON),
    )
    assert exceptions_at(board) == (ended, ended)
    assert [each.reader.user for each in audience_of(board.agenda).excused] == ["bob"]


def test_minor_changes_are_as_they_were(board, old, setup_tool):
    upgrade(setup_tool)
    carol, text = Reader("carol"), text_of(board.agenda)
    declared = DeclaredText(text), DeclaredText("earlier", "1", NOON)
    assert minor_changes_of(board.agenda) == (
        MinorChange(declared, "A typo", carol, NOON, Reader("alice"), NOON + HOUR),
        MinorChange(declared, "Minor after all", carol, NOON + HOUR),
    )
    assert current_texts(board.agenda) == (text, "earlier")


def test_those_of_deleted_documents_are_kept(old, setup_tool):
    upgrade(setup_tool)
    (kept,) = Declarations(EXCEPTION).of(DELETED)
    assert (kept.subject, kept.reason, kept.holds) == (Reader("bob"), "ill", True)
    (change,) = Declarations("minor-change").of(DELETED)
    assert change.reason == "A typo"


def test_nothing_is_left_in_the_old_places(old, setup_tool):
    upgrade(setup_tool)
    assert not set(OLD) & set(old)
    version = setup_tool.getLastVersionForProfile(PROFILE)
    assert version == ("1002",)


def test_what_is_upgraded_twice_or_was_interrupted_is_there_once(
    board, old, setup_tool
):
    before = {key: dict(old[key]) for key in OLD}
    upgrade(setup_tool)
    once = all_kept()
    assert len(once) == 9
    for key in OLD:
        old[key] = OOBTree(before[key])
    setup_tool.setLastVersionForProfile(PROFILE, "1000")
    upgrade(setup_tool)
    assert all_kept() == once
    assert not set(OLD) & set(old)


def test_what_was_declared_before_somebody_ran_the_upgrade_stays(
    board, old, setup_tool
):
    assert excuse(board.agenda, Reader("carol"), "wrote it")
    upgrade(setup_tool)
    assert [each.reason for each in exceptions_at(board.agenda)] == [
        "on leave",
        "ill",
        "ill",
        "wrote it",
    ]


def test_a_site_in_which_nothing_was_declared_is_upgraded(board, setup_tool):
    setup_tool.setLastVersionForProfile(PROFILE, "1000")
    upgrade(setup_tool)
    assert all_kept() == []


def test_settings_that_are_new_since_then_can_be_chosen(board, setup_tool):
    registry = api.portal.get_tool("portal_registry")
    prefix = f"{IPublicNameSettings.__identifier__}."
    for name in list(registry.records.keys(prefix, prefix[:-1] + "/")):
        del registry.records[name]
    api.portal.set_registry_record("least_seconds", 7, IEvidenceSettings)
    assert not PublicNameGroup.is_there()
    setup_tool.setLastVersionForProfile(PROFILE, "1000")
    upgrade(setup_tool)
    assert PublicNameGroup.is_there()
    # What somebody has set stays.
    assert api.portal.get_registry_record("least_seconds", IEvidenceSettings) == 7


def test_the_log_says_how_far_it_is(board, old, setup_tool, caplog):
    old[OLD[0]].update({f"{number:032x}": (HOLDING,) for number in range(1, 4997)})
    with caplog.at_level("INFO", "slc.clicktracker"):
        upgrade(setup_tool)
    assert "exception: 1000 of 4999 documents" in caplog.text
    assert "exception: 4000 of 4999 documents" in caplog.text
    assert "exception: moved 5002 declarations of 4999 documents" in caplog.text
    assert "minor-change: moved 3 declarations of 2 documents" in caplog.text
    assert len(all_kept()) == 5005
