"""Finding out which members' events are recorded, as the settings say."""

from Acquisition import aq_base
from collections.abc import Sequence
from datetime import timedelta
from plone.browserlayer.utils import registered_layers
from plone.registry.interfaces import IRecordModifiedEvent
from Products.PluggableAuthService.interfaces.events import IPASEvent
from slc.clicktracker import logger
from slc.clicktracker.activities.cohorts import Cohorts
from slc.clicktracker.activities.cohorts import cohorts
from slc.clicktracker.audience.members import Members
from slc.clicktracker.interfaces import IClickTrackerLayer
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
from typing import Any
from ZODB.POSException import ConflictError
from zope.component.hooks import getSite
from zope.component.hooks import setSite

import transaction


#: Whoever had the most visits in these days is the most active.
_DAYS = timedelta(days=30)

_WAITING = "slc.clicktracker.cohorts"


def find_cohorts() -> None:
    """Find out anew whose events are recorded, and keep it in the current site."""
    keep_cohorts(_found() if is_stated() else Cohorts())


def settings_changed(event: IRecordModifiedEvent) -> None:
    """Find it out anew when it is said otherwise whose events are recorded."""
    if event.record.interfaceName == IMemberEventsSettings.__identifier__:
        _find_before_commit()


def group_changed(event: IPASEvent) -> None:
    """The same when somebody comes into a group, or leaves one: who has left is not to be
    recorded any more. A group may be in another one."""
    if (
        getSite() is not None
        and IClickTrackerLayer in registered_layers()
        and is_stated()
        and events_setting("groups")
    ):
        _find_before_commit()


def _find_before_commit() -> None:
    """At the end of the transaction, once for however many changes in the current site,
    which another one may be by then."""
    current, site = transaction.get(), getSite()
    try:
        waiting = current.data(_WAITING)
    except KeyError:
        waiting = []
        current.set_data(_WAITING, waiting)
    if not any(aq_base(site) is aq_base(each) for each in waiting):
        waiting.append(site)
        current.addBeforeCommitHook(_find_or_nobody, (site,))


def _find_or_nobody(site: Any) -> None:
    """Whatever goes wrong, what was changed is saved; then nobody's events are recorded
    until it is found out."""
    before = getSite()
    setSite(site)
    try:
        find_cohorts()
    except ConflictError:
        raise
    except Exception:
        logger.exception("It is not known whose events are to be recorded")
        keep_cohorts(Cohorts())
    finally:
        setSite(before)


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
