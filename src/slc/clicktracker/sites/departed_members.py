"""An account that is deleted: a later one of the same id is somebody else."""

from plone.browserlayer.utils import registered_layers
from Products.CMFPlone.Portal import PloneSite
from Products.PluggableAuthService.interfaces.events import IPrincipalDeletedEvent
from slc.clicktracker import logger
from slc.clicktracker.collector.pieces import PiecesUnavailable
from slc.clicktracker.collector.quarantine import QuarantineUnavailable
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.settings.retention import KEEP
from slc.clicktracker.sites.cohorts import leave_cohorts
from slc.clicktracker.sites.departures import note_departure
from slc.clicktracker.sites.forgetting import ask_to_forget
from slc.clicktracker.sites.forgetting import CannotForget
from slc.clicktracker.sites.forgetting import forget_in_storage
from slc.clicktracker.sites.forgetting import settle_apart
from slc.clicktracker.sites.forgetting import ToBeForgotten
from slc.clicktracker.sites.forgetting import waiting_for
from slc.clicktracker.sites.looks import forget_looks
from slc.clicktracker.sites.openings import forget_openings
from slc.clicktracker.sites.reasons import forget_reason
from slc.clicktracker.sites.retention import retention_setting
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import RecordingOff
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import Reader
from ZODB.POSException import ConflictError
from zope.component.hooks import getSite

import transaction


def retire_reader(event: IPrincipalDeletedEvent) -> None:
    """Close the readings of a deleted account, once its deletion is committed, and forget
    with it who has looked at what its owner did."""
    if getSite() is None or IClickTrackerLayer not in registered_layers():
        return
    user = str(event.principal)
    way = retention_setting("deleted_members")
    waiting = waiting_for(Reader(user))
    if way == KEEP and waiting is not None:
        # Now, as the next account of this id is somebody else.
        way = waiting.way
    if way != KEEP:
        asked = ask_to_forget(Reader(user), way, is_gone=True)
        transaction.get().addAfterCommitHook(_forget_rest, args=(asked, getSite()))
        return
    note_departure(Reader(user))
    forget_looks(Reader(user))
    forget_openings(Reader(user))
    forget_reason(Reader(user))
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


def _forget_rest(committed: bool, asked: ToBeForgotten, site: PloneSite) -> None:
    if not committed:
        return
    try:
        forget_in_storage(asked)
        settle_apart(asked, site)
    except (
        CannotForget,
        ConflictError,
        PiecesUnavailable,
        QuarantineUnavailable,
        StorageError,
    ) as error:
        logger.error(
            "The account %r was deleted, but not everything that is known could be "
            "reached: %s. The next clicktracker clean-up tries again.",
            asked.person.user,
            error,
        )


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
