"""An account that is deleted: a later one of the same id is somebody else."""

from plone.browserlayer.utils import registered_layers
from Products.PluggableAuthService.interfaces.events import IPrincipalDeletedEvent
from slc.clicktracker import logger
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.sites.cohorts import leave_cohorts
from slc.clicktracker.sites.looks import forget_looks
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import RecordingOff
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import Reader
from zope.component.hooks import getSite

import transaction


def retire_reader(event: IPrincipalDeletedEvent) -> None:
    """Close the readings of a deleted account, once its deletion is committed, and forget
    with it who has looked at what its owner did."""
    if getSite() is None or IClickTrackerLayer not in registered_layers():
        return
    user = str(event.principal)
    forget_looks(Reader(user))
    leave_cohorts(user)
    try:
        storage = site_storage()
    except RecordingOff:
        return
    except StorageError as error:
        _say_it_failed(user, error)
        return
    if IStorageMaintenance.providedBy(storage):
        hook = transaction.get().addAfterCommitHook
        hook(_retire, args=(storage, user))


def _retire(committed: bool, storage: IClickStorage, user: str) -> None:
    if not committed:
        return
    try:
        storage.retire(Reader(user))
    except StorageError as error:
        _say_it_failed(user, error)


def _say_it_failed(user: str, error: StorageError) -> None:
    logger.error(
        "The account %r was deleted, but the storage of readings could not be told: "
        "%s. A later account of this id will be taken for the same reader.",
        user,
        error,
    )
