"""To 1003: whether any translation counts becomes a setting, there is a link to the
dashboard, the tables are version 4."""

from plone.registry.interfaces import IRegistry
from Products.GenericSetup.tool import SetupTool
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.upgrades.v1001 import bring_tables_up_to_date
from zope.component import getUtility


#: Only what is new: what an administrator made of other actions stays.
PROFILE = "profile-slc.clicktracker.upgrades:1003"


def upgrade(setup_tool: SetupTool) -> None:
    """Add the record with its default and the link, bring the tables up to date."""
    getUtility(IRegistry).registerInterface(IEvidenceSettings)
    setup_tool.runAllImportStepsFromProfile(PROFILE)
    bring_tables_up_to_date()
