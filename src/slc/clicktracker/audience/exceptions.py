"""Who is excused from reading: with a reason, recorded by whom and when.

What was recorded is never changed or removed, only ended, by whom and when: an
auditor can ask later who had to read a document on a given day.
"""

from collections.abc import Container
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from plone.browserlayer.utils import registered_layers
from Products.PluggableAuthService.interfaces.events import IPrincipalDeletedEvent
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tracking.lineage import lineage
from typing import Any
from zope.component.hooks import getSite


#: Characters of a reason that are kept.
LONGEST_REASON = 1000

_exceptions = SiteRecord("exceptions")


@dataclass(frozen=True)
class AudienceException:
    """A person is not expected to read an item and what is below it.

    ``by`` recorded it at ``since``; ``ended_by`` ended it at ``ended``, which
    are None as long as nobody has. Times are UTC. ``until`` is the last day on which it
    holds, by the site's clock, None for good.
    """

    reader: Reader
    reason: str
    by: Reader
    since: datetime
    ended_by: Reader | None = None
    ended: datetime | None = None
    until: date | None = None

    @property
    def holds(self) -> bool:
        """Has nobody ended it, nor is it over?"""
        return self.ended is None and not self.is_over

    @property
    def is_over(self) -> bool:
        """Is the last day past?"""
        return self.until is not None and self.until < site_day()


def site_day() -> date:
    """Return the day that it is by the site's clock."""
    return utc_now().astimezone(site_timezone()).date()


def exceptions_at(content: Any) -> tuple[AudienceException, ...]:
    """Return all that was recorded at this very item, ended or not, oldest first."""
    return tuple(map(_from_record, _exceptions.get(document_uid(content))))


def uids_with_exceptions() -> Container[str]:
    """Return the UIDs of all items where something was recorded, ended or not."""
    return _exceptions.all()


def exceptions_for(content: Any) -> tuple[tuple[AudienceException, Any], ...]:
    """Return what holds for content, each with the item where it was recorded.

    The nearest comes first; a person who is excused twice is there once.
    """
    found: dict[tuple[str, str], tuple[AudienceException, Any]] = {}
    exceptions = _exceptions.all()
    for item in lineage(content):
        for exception in map(_from_record, exceptions.get(document_uid(item), ())):
            if exception.holds:
                who = exception.reader.folder, exception.reader.user
                found.setdefault(who, (exception, item))
    return tuple(found.values())


def excuse(
    content: Any, reader: Reader, reason: str, until: date | None = None
) -> bool:
    """Excuse a person from content and what is below, by the current user, from now
    ``until`` the end of a day.

    Return False where the person is excused at this item already. Raises
    ``ValueError`` without a reason.
    """
    reason = storable(reason, LONGEST_REASON).strip()
    if is_blank(reason):
        raise ValueError("An exception needs a reason.")
    reader = Reader(reader.user, reader.folder)
    recorded = exceptions_at(content)
    if any(each.holds and each.reader == reader for each in recorded):
        return False
    by = _current_reader()
    new = AudienceException(reader, reason, by, utc_now(), until=until)
    _keep(document_uid(content), (*recorded, new))
    return True


def end_exception(content: Any, reader: Reader) -> bool:
    """End, by the current user, now, what excuses a person at this very item.

    Return False where nothing does.
    """
    return _end(document_uid(content), Reader(reader.user, reader.folder))


def end_exceptions_of_account(event: IPrincipalDeletedEvent) -> None:
    """A later account of the same id is somebody else, and not excused."""
    if getSite() is None or IClickTrackerLayer not in registered_layers():
        return
    for uid in _exceptions.uids():
        _end(uid, Reader(str(event.principal)))


def _end(uid: str, reader: Reader) -> bool:
    recorded = tuple(map(_from_record, _exceptions.get(uid)))
    by, now = _current_reader(), utc_now()
    result = tuple(
        replace(each, ended_by=by, ended=now)
        if each.holds and each.reader == reader
        else each
        for each in recorded
    )
    if result == recorded:
        return False
    _keep(uid, result)
    return True


def _current_reader() -> Reader:
    user, folder = current_user()
    return Reader(user, folder)


def _keep(uid: str, exceptions: tuple[AudienceException, ...]) -> None:
    _exceptions.set(uid, tuple(map(_to_record, exceptions)))


def _to_record(exception: AudienceException) -> tuple:
    ended = None
    if exception.ended is not None:
        by = exception.ended_by
        ended = (by.folder, by.user, microseconds(exception.ended))
    return (
        exception.reader.folder,
        exception.reader.user,
        exception.reason,
        exception.by.folder,
        exception.by.user,
        microseconds(exception.since),
        ended,
        *((exception.until.toordinal(),) if exception.until else ()),
    )


def _from_record(kept: tuple) -> AudienceException:
    folder, user, reason, by_folder, by_user, since, ended, *until = kept
    exception = AudienceException(
        reader=Reader(user, folder),
        reason=reason,
        by=Reader(by_user, by_folder),
        since=from_microseconds(since),
        until=date.fromordinal(until[0]) if until else None,
    )
    if ended is None:
        return exception
    end_folder, end_user, moment = ended
    return replace(
        exception,
        ended_by=Reader(end_user, end_folder),
        ended=from_microseconds(moment),
    )
