"""To the settings, links, portlets and indexes that are new (profile version 1002)."""

from Products.GenericSetup.tool import SetupTool
from slc.clicktracker.seals.places import make_places_for_seals
from slc.clicktracker.sites.looks import index_looks
from slc.clicktracker.sites.openings import index_openings
from slc.clicktracker.snapshots.places import make_places_for_snapshots
from slc.clicktracker.upgrades.links import add_links_of_members
from slc.clicktracker.upgrades.v1000 import PROFILE


#: Imported steps keep what an administrator has set.
STEPS = ("plone.app.registry", "portlets")

#: In the menu of members.
_LINKS = ("my-reading-list", "my-deadlines", "my-reading")


def upgrade(tool: SetupTool) -> None:
    """Add what is new."""
    for step in STEPS:
        tool.runImportStepFromProfile(PROFILE, step, run_dependencies=False)
    add_links_of_members(tool, _LINKS)
    make_places_for_snapshots()
    make_places_for_seals()
    index_looks()
    index_openings()
