"""To 1002: what counts as engaged becomes a setting, the tables version 3."""

from plone.registry.interfaces import IRegistry
from Products.GenericSetup.tool import SetupTool
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.upgrades.v1001 import bring_tables_up_to_date
from zope.component import getUtility


def upgrade(setup_tool: SetupTool) -> None:
    """Add the records with their defaults, and bring the tables up to date."""
    getUtility(IRegistry).registerInterface(IEvidenceSettings)
    bring_tables_up_to_date()
