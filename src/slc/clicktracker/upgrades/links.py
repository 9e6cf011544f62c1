"""Links in menus that are new in a version of the profile."""

from collections.abc import Collection
from plone import api
from Products.GenericSetup.tool import SetupTool
from slc.clicktracker.upgrades.v1000 import PROFILE


def add_links_of_members(tool: SetupTool, names: Collection[str]) -> None:
    """Add those of some names to the menu of members. What an administrator has made of
    the others stays: they may have been removed, hidden or changed."""
    menu = api.portal.get_tool("portal_actions")["user"]
    before = {name: dict(menu[name].propertyItems()) for name in menu.objectIds()}
    other = api.portal.get_tool("portal_actions")["object"]
    of_items = {name: dict(other[name].propertyItems()) for name in other.objectIds()}
    tool.runImportStepFromProfile(PROFILE, "actions", run_dependencies=False)
    for folder, known in ((menu, before), (other, of_items)):
        for name in list(folder.objectIds()):
            if name in known:
                folder[name].manage_changeProperties(**known[name])
            elif name not in names:
                folder.manage_delObjects([name])
