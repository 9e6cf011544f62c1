"""What a site has after the add-on was installed."""

from plone import api
from plone.app.workflow.interfaces import ISharingPageRole
from plone.base.interfaces.installable import INonInstallable
from slc.clicktracker.interfaces import IClickTrackerLayer
from tests.layers import add_members
from zope.component import getAllUtilitiesRegisteredFor
from zope.component import queryUtility

import pytest


PROFILE = "slc.clicktracker:default"


def roles_with(permission):
    return {
        entry["name"]
        for entry in api.portal.get().rolesOfPermission(permission)
        if entry["selected"]
    }


def test_the_add_on_is_installed(installer):
    assert installer.is_product_installed("slc.clicktracker")


def test_the_layer_is_active(browser_layers):
    assert IClickTrackerLayer in browser_layers


def test_the_version_of_the_profile(setup_tool):
    assert setup_tool.getLastVersionForProfile(PROFILE) == ("1002",)


def test_the_control_panel_is_listed(controlpanel_actions):
    assert "clicktracker" in controlpanel_actions


@pytest.mark.parametrize(
    "record, value",
    [
        ("interfaces.IClickTrackerSettings.dsn", None),
        ("settings.policy.ITrackingPolicy.track_anonymous", False),
        ("settings.policy.ITrackingPolicy.ticket_lifetime", 24),
        ("settings.evidence.IEvidenceSettings.words_per_minute", 600),
        ("settings.evidence.IEvidenceSettings.least_seconds", 5),
        ("settings.visitors.IVisitorSettings.enabled", False),
        ("settings.visitors.IVisitorSettings.source", "script"),
        ("settings.visitors.IVisitorSettings.guest_cookie", "never"),
        ("settings.visitors.IVisitorSettings.internal_networks", ()),
        ("settings.public_name.IPublicNameSettings.public_name", ""),
        ("settings.public_name.IPublicNameSettings.former_names", ()),
    ],
)
def test_the_registry_has_the_records_with_their_defaults(portal, record, value):
    assert api.portal.get_registry_record(f"slc.clicktracker.{record}") == value


@pytest.mark.parametrize(
    "permission", ["slc: Manage Tracking", "slc.clicktracker: View readers"]
)
def test_managers_site_administrators_and_the_role_may(portal, permission):
    assert roles_with(permission) == {
        "Manager",
        "Site Administrator",
        "Tracking Manager",
    }


def test_visitors_are_no_matter_of_who_tracks_a_part_of_the_site(portal):
    found = roles_with("slc.clicktracker: View visitors")
    assert found == {"Manager", "Site Administrator"}


def test_the_role_can_be_given_on_the_sharing_tab(portal):
    role = queryUtility(ISharingPageRole, "Tracking Manager")
    assert role.required_permission == "Sharing page: Delegate Tracking Manager role"
    assert roles_with(role.required_permission) == {"Manager", "Site Administrator"}


def test_helper_profiles_are_not_offered_as_add_ons(installer):
    assert installer.get_install_profile("slc.clicktracker")["id"] == PROFILE
    hidden = {
        profile
        for utility in getAllUtilitiesRegisteredFor(INonInstallable)
        for profile in utility.getNonInstallableProfiles()
    }
    assert {"slc.clicktracker:dbsetup", "slc.clicktracker:uninstall"} <= hidden


def test_the_database_can_be_set_up_any_number_of_times(portal, setup_tool):
    for _ in range(2):
        setup_tool.runAllImportStepsFromProfile("slc.clicktracker:dbsetup")


def test_where_recording_is_off_there_is_nothing_to_set_up(
    portal, setup_tool, monkeypatch
):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    setup_tool.runAllImportStepsFromProfile("slc.clicktracker:dbsetup")


def test_where_recording_is_off_a_deleted_account_is_nothing_to_complain_of(
    portal, monkeypatch, caplog
):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    add_members()
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
    assert "could not be told" not in caplog.text
