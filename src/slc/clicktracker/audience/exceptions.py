"""Who is excused from reading: with a reason, recorded by whom and when.

What was recorded is never changed or removed, only ended, by whom and when: an
auditor can ask later who had to read a document on a given day.
"""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from plone.browserlayer.utils import registered_layers
from Products.PluggableAuthService.interfaces.events import IPrincipalDeletedEvent
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declaration import said_reason
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.declarations.declarations import KeptDeclarations
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.tracking.lineage import lineage
from typing import Any
from zope.component.hooks import getSite


#: The kind of declaration: its subject is who is excused.
EXCEPTION = "exception"

#: In its details, where it ends by itself: the last day on which it holds.
_UNTIL = "until"

_exceptions = Declarations(EXCEPTION)


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

    @classmethod
    def of(cls, declaration: Declaration) -> "AudienceException":
        return cls(
            until=until_of(declaration),
            reader=declaration.subject,
            reason=declaration.reason,
            by=declaration.by,
            since=declaration.since,
            ended_by=declaration.ended_by,
            ended=declaration.ended,
        )

    @property
    def holds(self) -> bool:
        """Has nobody ended it, nor is it over?"""
        return self.ended is None and not self.is_over

    @property
    def is_over(self) -> bool:
        """Is the last day past?"""
        return self.until is not None and self.until < site_day()


def until_of(declaration: Declaration) -> date | None:
    """Return the last day on which an exception holds, None for good."""
    day = declaration.detail(_UNTIL)
    return day and date.fromisoformat(day)


def site_day() -> date:
    """Return the day that it is by the site's clock."""
    return utc_now().astimezone(site_timezone()).date()


def exceptions_at(content: Any) -> tuple[AudienceException, ...]:
    """Return all that was recorded at this very item, ended or not, oldest first."""
    return tuple(map(AudienceException.of, _exceptions.of(document_uid(content))))


def kept_exceptions() -> KeptDeclarations:
    """Return all that was recorded in the current site, ended or not, as it is kept."""
    return _exceptions.kept


def exceptions_for(content: Any) -> tuple[tuple[AudienceException, Any], ...]:
    """Return what holds for content, each with the item where it was recorded.

    The nearest comes first; a person who is excused twice is there once.
    """
    items = {document_uid(item): item for item in lineage(content)}
    found: dict[Reader, tuple[AudienceException, Any]] = {}
    for uid, declared in _exceptions.of_each(items).items():
        for each in map(AudienceException.of, declared):
            if each.holds:
                found.setdefault(each.reader, (each, items[uid]))
    return tuple(found.values())


def excuse(
    content: Any, reader: Reader, reason: str, until: date | None = None
) -> bool:
    """Excuse a person from content and what is below, by the current user, from now
    ``until`` the end of a day.

    Return False where the person is excused at this item already. Raises
    ``ValueError`` without a reason.
    """
    reason, uid = said_reason(reason), document_uid(content)
    if _holding(uid, reader):
        return False
    details = {_UNTIL: until.isoformat()} if until else {}
    _exceptions.declare(uid, reason, reader, details)
    return True


def change_exception(
    content: Any, holding: AudienceException, reason: str, until: date | None
) -> bool:
    """Put another exception in the place of one that is recorded at this very item: with
    another last day, or another reason. The earlier one ends, and stays in the history.

    Return False where that doesn't hold any more, or is the same already. Raises
    ``ValueError`` without a reason.
    """
    reason, uid = said_reason(reason), document_uid(content)
    if (holding.reason, holding.until) == (reason, until):
        return False
    found = [each for each in _holding(uid, holding.reader) if _is(each, holding)]
    if not found:
        return False
    end_exception(content, holding.reader)
    return excuse(content, holding.reader, reason, until)


def end_exception(content: Any, reader: Reader) -> bool:
    """End, by the current user, now, what excuses a person at this very item.

    Return False where nothing does.
    """
    holding = _holding(document_uid(content), reader)
    return sum(map(_exceptions.end, holding)) > 0


def end_exceptions_of_account(event: IPrincipalDeletedEvent) -> None:
    """A later account of the same id is somebody else, and not excused."""
    if getSite() is None or IClickTrackerLayer not in registered_layers():
        return
    reader = Reader(str(event.principal))
    for each in list(_exceptions.all()):
        if _excuses(each, reader):
            _exceptions.end(each)


def _holding(uid: str, reader: Reader) -> list[Declaration]:
    """Return what excuses a person at one item: several where people said it at once."""
    who = Reader(reader.user, reader.folder)
    return [each for each in _exceptions.of(uid) if _excuses(each, who)]


def _is(declaration: Declaration, exception: AudienceException) -> bool:
    return AudienceException.of(declaration) == exception


def _excuses(declaration: Declaration, reader: Reader) -> bool:
    """Does it hold for this person?"""
    exception = AudienceException.of(declaration)
    return exception.reader == reader and exception.holds
