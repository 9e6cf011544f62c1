"""A site that had 0.4 is brought up to date and loses nothing."""

from plone import api
from Products.CMFCore.ActionInformation import Action
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IContentIsTracked
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.sites.storage import stored_dsn
from tests.layers import add_board
from ZODB.broken import PersistentBroken
from zope.interface import alsoProvides

import pytest


DSN_RECORD = "slc.clicktracker.interfaces.IClickTrackerSettings.dsn"
OLD_MODULE = "slc.clicktracker.storage"
STEP = "slc.clicktracker-database-setup"


@pytest.fixture
def site_of_0_4(portal, installer, setup_tool):
    """What 0.4 left in a site: a DSN, a marker, an action, an import step."""
    with api.env.adopt_roles(["Manager"]):
        board = add_board()
        installer.uninstall_product("slc.clicktracker")
        setup_tool.runImportStepFromProfile(
            "profile-slc.clicktracker:default", "plone.app.registry"
        )
        setup_tool.runImportStepFromProfile(
            "profile-slc.clicktracker:default", "browserlayer"
        )
        registry = api.portal.get_tool("portal_registry")
        del registry.records[
            "slc.clicktracker.interfaces.ITrackingPolicy.ticket_lifetime"
        ]
        api.portal.set_registry_record(DSN_RECORD, "dbname=tracking")
        alsoProvides(board, IContentIsTracked)
        actions = portal.portal_actions.object
        action = Action("toggle_outdated", url_expr="string:${object_url}/@@tracking")
        actions._setObject("toggle_outdated", action)
        setup_tool.getImportStepRegistry().registerStep(
            STEP, handler="slc.clicktracker.setuphandlers.setupDatabase", title="db"
        )
        setup_tool.setLastVersionForProfile("slc.clicktracker:default", "1")
        yield portal


@pytest.fixture
def upgraded(site_of_0_4, setup_tool):
    setup_tool.upgradeProfile("slc.clicktracker:default")
    return site_of_0_4


def test_the_profile_is_up_to_date(upgraded, setup_tool):
    version = setup_tool.getLastVersionForProfile("slc.clicktracker:default")
    assert version == ("1003",)


def test_the_database_address_is_kept(upgraded):
    assert stored_dsn() == "dbname=tracking"


def test_what_was_tracked_is_tracked_and_now_in_the_catalog(upgraded):
    assert IContentIsTracked.providedBy(upgraded.board)
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog(object_provides=IContentIsTracked.__identifier__)
    assert [brain.getId for brain in brains] == ["board"]


def test_the_import_step_that_stayed_in_the_site_is_gone(upgraded, setup_tool):
    assert STEP not in setup_tool.getImportStepRegistry().listSteps()


def test_there_is_one_action(upgraded):
    actions = upgraded.portal_actions.object
    assert "tracking" in actions.objectIds()
    assert "toggle_outdated" not in actions.objectIds()


def test_there_is_a_link_to_the_dashboard_and_other_actions_stay(
    portal, setup_tool, installer
):
    actions = portal.portal_actions
    actions.user.manage_delObjects(["clicktracker-dashboard"])
    actions.object.tracking._setPropValue("visible", False)
    setup_tool.setLastVersionForProfile("slc.clicktracker:default", "1002")
    setup_tool.upgradeProfile("slc.clicktracker:default")
    assert actions.user["clicktracker-dashboard"].visible
    assert not actions.object.tracking.visible


def test_an_action_of_the_same_id_from_elsewhere_stays(site_of_0_4, setup_tool):
    actions = site_of_0_4.portal_actions.object
    actions["toggle_outdated"]._setPropValue("url_expr", "string:@@outdated")
    setup_tool.upgradeProfile("slc.clicktracker:default")
    assert "toggle_outdated" in actions.objectIds()


def test_the_new_settings_and_roles_are_there(upgraded):
    assert "Tracking Manager" in upgraded.valid_roles()
    lifetime = "slc.clicktracker.interfaces.ITrackingPolicy.ticket_lifetime"
    assert api.portal.get_registry_record(lifetime) == 24


def test_a_setting_that_is_new_comes_with_its_default_and_others_stay(
    portal, setup_tool
):
    prefix = IEvidenceSettings.__identifier__
    api.portal.set_registry_record(f"{prefix}.least_seconds", 9)
    del api.portal.get_tool("portal_registry").records[f"{prefix}.any_translation"]
    with api.env.adopt_roles(["Manager"]):
        setup_tool.setLastVersionForProfile("slc.clicktracker:default", "1002")
        setup_tool.upgradeProfile("slc.clicktracker:default")
    assert api.portal.get_registry_record(f"{prefix}.any_translation") is True
    assert api.portal.get_registry_record(f"{prefix}.least_seconds") == 9


def test_a_storage_that_an_early_release_left_in_the_site_is_gone(
    site_of_0_4, setup_tool
):
    # As the ZODB loads an object of a class that is gone.
    left = type("PostgresqlStorage", (PersistentBroken,), {"__module__": OLD_MODULE})
    components = site_of_0_4.getSiteManager()
    components.registerUtility(left(), IClickStorage)
    setup_tool.upgradeProfile("slc.clicktracker:default")
    assert components.queryUtility(IClickStorage) is None


def test_who_may_manage_tracking_stays_as_an_administrator_has_set_it(
    site_of_0_4, setup_tool
):
    permission = "slc: Manage Tracking"
    site_of_0_4.manage_permission(permission, ["Manager", "Reviewer"], acquire=0)
    setup_tool.upgradeProfile("slc.clicktracker:default")
    roles = site_of_0_4.rolesOfPermission(permission)
    selected = {role["name"] for role in roles if role["selected"]}
    assert selected == {"Manager", "Reviewer"}
