"""Finding out which members' events are recorded, as the settings say."""

from collections.abc import Sequence
from datetime import timedelta
from plone.registry.interfaces import IRecordModifiedEvent
from slc.clicktracker import logger
from slc.clicktracker.activities.cohorts import Cohorts
from slc.clicktracker.activities.cohorts import cohorts
from slc.clicktracker.audience.members import Members
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.interfaces import IVisitStatistics
from slc.clicktracker.sites.cohorts import events_setting
from slc.clicktracker.sites.cohorts import is_stated
from slc.clicktracker.sites.cohorts import keep_cohorts
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.statistics import MEMBERS

import transaction


#: Whoever had the most visits in these days is the most active.
_DAYS = timedelta(days=30)

_WAITING = "slc.clicktracker.cohorts"


def find_cohorts() -> None:
    """Find out anew whose events are recorded, and keep it in the current site."""
    keep_cohorts(_found() if is_stated() else Cohorts())


def settings_changed(event: IRecordModifiedEvent) -> None:
    """Find it out at the end of the transaction, once for however many settings."""
    if event.record.interfaceName != IMemberEventsSettings.__identifier__:
        return
    current = transaction.get()
    try:
        current.data(_WAITING)
    except KeyError:
        current.set_data(_WAITING, True)
        current.addBeforeCommitHook(find_cohorts)


def _found() -> Cohorts:
    members = Members()
    percent = events_setting("most_active") or 0
    chosen = members.having(
        frozenset(),
        frozenset(),
        frozenset(events_setting("users") or ()),
        frozenset(events_setting("groups") or ()),
    )
    return cohorts(
        members.everybody().names.keys() | chosen.names.keys(),
        chosen.names,
        _by_activity() if percent else (),
        percent,
        events_setting("sample_size") or 0,
        events_setting("seed") or "",
    )


def _by_activity() -> Sequence[str]:
    """Return the members by their visits, the most active first; nobody where visits are
    not recorded, or the storage can't be asked."""
    today = utc_now().date()
    try:
        storage = storage_with(IVisitStatistics)
        if storage is None:
            return ()
        shares = storage.shares(MEMBERS, Days(today - _DAYS, today), size=None)
    except StorageError as error:
        logger.error("The most active members are not known: %s", error)
        return ()
    return [
        share.reader.user
        for share in shares.rows
        if share.reader is not None and not (share.reader.folder or share.former)
    ]
