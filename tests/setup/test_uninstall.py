"""Uninstalling takes away what installing brought, and every marker."""

from plone import api
from plone.app.viewletmanager.interfaces import IViewletSettingsStorage
from plone.keyring.interfaces import IKeyManager
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.interfaces import IContentIsTracked
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.link_keys import make_link_keys
from slc.clicktracker.mails.places import place_uid
from slc.clicktracker.mails.rhythm import WEEKLY
from slc.clicktracker.mails.subscriptions import subscribe
from slc.clicktracker.permissions import PERMISSIONS
from slc.clicktracker.permissions import ROLE
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choice_of
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.tracking_lifecycle import MODIFIER_ID
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from tests.layers import add_board
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility
from zope.interface import alsoProvides

import pytest


def snapshot(portal):
    """What an add-on leaves in a site, as comparable values."""
    registry = api.portal.get_tool("portal_registry")
    actions = api.portal.get_tool("portal_actions")
    return {
        "records": set(registry.records.keys()),
        "actions": {
            (category, action)
            for category in actions.objectIds()
            for action in actions[category].objectIds()
        },
        "configlets": {
            action.id for action in portal.portal_controlpanel.listActions()
        },
        "utilities": {
            (str(reg.provided), reg.name)
            for reg in portal.getSiteManager().registeredUtilities()
        },
        "roles": set(portal.valid_roles()),
        "role manager": set(portal.acl_users.portal_role_manager.listRoleIds()),
        "permissions": {
            name: value
            for name, value in vars(portal).items()
            if name.endswith("_Permission")
        },
        "annotations": set(IAnnotations(portal)),
        "rings": set(getUtility(IKeyManager)),
        "modifiers": set(portal.portal_modifier.objectIds()),
    }


@pytest.fixture
def uninstalled(portal, installer):
    with api.env.adopt_roles(["Manager"]):
        choose_audience(portal, AudienceRule())
        excuse(portal, Reader("bob"), "on leave")
        declare_minor(portal, (DeclaredText("new"), DeclaredText("old")), "A typo")
        make_link_keys()
        subscription = subscribe("bob", place_uid(portal), WEEKLY, "https://x.org")
        keep(subscription.id, Delivery(done="2026-01-05"))
        installer.uninstall_product("slc.clicktracker")
    return portal


def test_nothing_is_left(uninstalled, installer):
    names = "\n".join(map(str, snapshot(uninstalled).values())).lower()
    assert "clicktracker" not in names
    assert ROLE.lower() not in names
    assert MODIFIER_ID.lower() not in names
    assert "('object', 'tracking')" not in names
    for permission in PERMISSIONS:
        assert permission.lower().replace(" ", "_") not in names


def test_no_order_of_viewlets_names_ours(uninstalled):
    storage = getUtility(IViewletSettingsStorage)
    for manager in ("plone.htmlhead", "plone.portalheader"):
        for skin in ("Plone Default", "another"):
            assert "clicktracker" not in str(storage.getOrder(manager, skin))


def test_what_is_there_without_the_add_on_is_there_again(portal, installer):
    with api.env.adopt_roles(["Manager"]):
        installer.uninstall_product("slc.clicktracker")
        before = snapshot(portal)
        installer.install_product("slc.clicktracker")
        assert snapshot(portal) != before
        installer.uninstall_product("slc.clicktracker")
    assert snapshot(portal) == before


def test_every_marker_is_removed_and_counted(portal, installer, caplog):
    with api.env.adopt_roles(["Manager"]):
        board = add_board()
        choose(portal, Choice.TRACK)
        choose(board, Choice.EXCLUDE)
        choose(board.agenda, Choice.TRACK)
        with caplog.at_level("INFO", "slc.clicktracker"):
            installer.uninstall_product("slc.clicktracker")
    assert "3 items are not marked any more" in caplog.text
    assert "readings were kept" in " ".join(caplog.text.split())
    for content in (portal, board, board.agenda):
        assert choice_of(content) is Choice.INHERIT
    catalog = api.portal.get_tool("portal_catalog")
    assert not catalog(object_provides="slc.clicktracker.interfaces.IContentIsTracked")


def test_tools_and_content_of_a_type_that_is_gone_lose_their_markers(portal, installer):
    with api.env.adopt_roles(["Manager"]):
        event = api.content.create(portal, "Event", "event")
        choose(event, Choice.TRACK)
        alsoProvides(portal.acl_users, IContentIsTracked)
        portal.portal_types.manage_delObjects(["Event"])
        installer.uninstall_product("slc.clicktracker")
    assert choice_of(portal.event) is Choice.INHERIT
    assert choice_of(portal.acl_users) is Choice.INHERIT


def test_a_marker_that_0_4_never_indexed_is_removed_too(portal, installer):
    with api.env.adopt_roles(["Manager"]):
        board = add_board()
        alsoProvides(board.budget, IContentIsTracked)
        installer.uninstall_product("slc.clicktracker")
    assert choice_of(board.budget) is Choice.INHERIT
