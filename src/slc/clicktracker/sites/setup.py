"""Setting up the storage of a site, and taking over what 0.4 recorded."""

from datetime import datetime
from datetime import timezone
from plone import api
from Products.ZCatalog.interfaces import ICatalogBrain
from slc.clicktracker import logger
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.uids import indexed_uid
from slc.clicktracker.storage.errors import RecordingOff
from slc.clicktracker.storage.model import Document


def set_up_storage(storage: IClickStorage) -> None:
    """Create or update what the storage needs, then adopt readings of 0.4.

    Any number of times. Raises ``StorageError`` when the storage can't be reached.
    """
    if not IStorageMaintenance.providedBy(storage):
        logger.info("This storage needs no setting up.")
        return
    storage.setup()
    adopt_old_addresses(storage)


def set_up_site_storage() -> None:
    """Do the same with the storage of the current site; where recording is switched off
    there is none."""
    try:
        storage = site_storage()
    except RecordingOff as error:
        logger.info("No storage is set up: %s", error)
        return
    set_up_storage(storage)


def adopt_old_addresses(storage: IStorageMaintenance) -> int:
    """Give readings that are known by path to the content that they belong to.

    0.4 knew documents by their path only. Content that is younger than the
    last access can't be what was read: such a path, and one where nothing is
    any more, stays an old address. Each path is asked about once. Returns how
    many were adopted.
    """
    site_path = "/".join(api.portal.get().getPhysicalPath())
    adopted = 0
    addresses = list(storage.old_addresses(site_path))
    for path, last_access in addresses:
        brain = _brain_at(path)
        if brain is None or _created(brain) > last_access:
            continue
        uid = indexed_uid(brain, site_path)
        storage.adopt(path, Document(uid, path, brain.Title))
        adopted += 1
    storage.claim(site_path)
    if addresses:
        logger.info(
            "Readings of %d addresses of 0.4 were taken over, %d of them belong to "
            "content of today, the others are kept as old addresses.",
            len(addresses),
            adopted,
        )
    return adopted


def _brain_at(path: str) -> ICatalogBrain | None:
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(path={"query": path, "depth": 0})
    return brains[0] if brains else None


def _created(brain: ICatalogBrain) -> datetime:
    return brain.created.asdatetime().astimezone(timezone.utc)
