"""Links in the menu of members that are new come with the upgrade; the others stay."""

from plone import api

import pytest


PROFILE = "slc.clicktracker:default"


@pytest.fixture
def menu(portal, setup_tool):
    """That of a site of profile version 1001, in which an administrator has changed it."""
    with api.env.adopt_roles(["Manager"]):
        menu = portal.portal_actions["user"]
        menu.manage_delObjects(["my-reading-list", "my-deadlines"])
        menu.manage_delObjects(["clicktracker-live"])
        menu["clicktracker-dashboard"].manage_changeProperties(visible=False)
        setup_tool.setLastVersionForProfile(PROFILE, "1001")
        yield menu


def test_new_ones_are_there_and_others_as_they_were(menu, setup_tool):
    for _again in range(2):
        setup_tool.upgradeProfile(PROFILE)
        setup_tool.setLastVersionForProfile(PROFILE, "1001")
    names = menu.objectIds()
    assert names.count("my-reading-list") == 1
    assert "my-deadlines" in names
    assert names.index("my-reading-list") < names.index("logout")
    assert "clicktracker-live" not in names
    assert menu["clicktracker-dashboard"].visible is False
    assert menu["logout"].title
