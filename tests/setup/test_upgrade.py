"""A site that had 0.4 is brought up to date and loses nothing."""

from plone import api
from Products.CMFCore.ActionInformation import Action
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IContentIsTracked
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.storage import stored_dsn
from slc.clicktracker.storage.relational.storage import SCHEMA
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
        records = api.portal.get_tool("portal_registry").records
        for name in list(records.keys("slc.clicktracker.", "slc.clicktracker/")):
            if name != DSN_RECORD:
                del records[name]
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
    assert version == ("1002",)


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


def test_there_is_a_link_to_the_dashboard(upgraded):
    assert upgraded.portal_actions.user["clicktracker-dashboard"].visible


def test_an_action_of_the_same_id_from_elsewhere_stays(site_of_0_4, setup_tool):
    actions = site_of_0_4.portal_actions.object
    actions["toggle_outdated"]._setPropValue("url_expr", "string:@@outdated")
    setup_tool.upgradeProfile("slc.clicktracker:default")
    assert "toggle_outdated" in actions.objectIds()


def test_the_new_role_is_there(upgraded):
    assert "Tracking Manager" in upgraded.valid_roles()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("policy.ITrackingPolicy.ticket_lifetime", 24),
        ("collector.ICollectorSettings.spool_limit", 200),
        ("evidence.IEvidenceSettings.least_seconds", 5),
        ("evidence.IEvidenceSettings.any_translation", True),
        ("visitors.IVisitorSettings.enabled", False),
        ("visitors.IVisitorSettings.keep_addresses", 7),
        ("public_name.IPublicNameSettings.public_name", ""),
        ("public_name.IPublicNameSettings.former_names", ()),
    ],
)
def test_new_settings_have_their_defaults(upgraded, setting, value):
    found = api.portal.get_registry_record(f"slc.clicktracker.settings.{setting}")
    assert found == value


def test_the_tables_are_brought_up_to_date(
    site_of_0_4, setup_tool, new_postgresql_database, monkeypatch
):
    monkeypatch.setenv("CLICKTRACKER_DSN", new_postgresql_database(empty=True))
    setup_tool.upgradeProfile("slc.clicktracker:default")
    assert site_storage().status().schema == SCHEMA


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


def test_where_recording_is_off_no_reads_are_said_to_wait(
    site_of_0_4, setup_tool, monkeypatch, caplog
):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    setup_tool.upgradeProfile("slc.clicktracker:default")
    assert "reads wait" not in caplog.text
