"""To 1001: the limits of the collector become settings, the tables version 2."""

from plone.registry.interfaces import IRegistry
from Products.GenericSetup.tool import SetupTool
from slc.clicktracker import logger
from slc.clicktracker.interfaces import ICollectorSettings
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.sites.setup import set_up_storage
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import StorageError
from zope.component import getUtility


def upgrade(setup_tool: SetupTool) -> None:
    """Add the records with their defaults, and bring the tables up to date."""
    getUtility(IRegistry).registerInterface(ICollectorSettings)
    bring_tables_up_to_date()


def bring_tables_up_to_date() -> None:
    """Reads wait where that can't be done now."""
    try:
        storage = site_storage()
        if IStorageMaintenance.providedBy(storage):
            set_up_storage(storage)
    except StorageError as error:
        logger.warning(
            "The tables were not brought up to date, reads wait until they are: %s "
            "Press 'Set up database' in Site Setup, ClickTracker Settings.",
            error,
        )
