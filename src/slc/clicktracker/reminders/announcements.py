"""What content rules are told of deadlines, once of each.

The intent is kept first, so that of two runs one tells it. That it was told is kept in the
same transaction as all that the rules have done: who is killed in between has done neither,
and the next run does both. Only a mail that a rule has sent at once, as Plone's action
does where there is no mail queue, is then sent again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from plone import api
from plone.app.contentrules.handlers import close
from slc.clicktracker import logger
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import applied_deadline
from slc.clicktracker.interfaces import IDeadlineMissedEvent
from slc.clicktracker.interfaces import IReadByAudienceEvent
from slc.clicktracker.mails.deliveries import claim
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.deliveries import settle
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.fresh_look import look_afresh
from slc.clicktracker.reports.all_read import AllRead
from slc.clicktracker.reports.dated import Dated
from slc.clicktracker.reports.dated import dated_among
from slc.clicktracker.reports.dated import lacking_of
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.tracked import all_tracked
from typing import Any
from ZODB.POSException import ConflictError
from zope.event import notify
from zope.interface import implementer
from zope.interface.interfaces import ObjectEvent

import transaction


READ = "read"
MISSED = "missed"

#: How often rules that fail are tried. They may have sent a mail each time.
_MOST_ATTEMPTS = 3

_DONE = "told"


class _DeadlineEvent(ObjectEvent):
    def __init__(self, content: Any, deadline: Deadline) -> None:
        super().__init__(content)
        self.deadline = deadline


@implementer(IReadByAudienceEvent)
class ReadByAudienceEvent(_DeadlineEvent):
    """See ``IReadByAudienceEvent``."""


@implementer(IDeadlineMissedEvent)
class DeadlineMissedEvent(_DeadlineEvent):
    """See ``IDeadlineMissedEvent``."""


_EVENTS = {READ: ReadByAudienceEvent, MISSED: DeadlineMissedEvent}


@dataclass(frozen=True)
class Announcement:
    """One of the above about the document with a UID at a path, and its deadline."""

    name: str
    uid: str
    path: str
    deadline: tuple[int, str]

    @classmethod
    def of(cls, name: str, dated: Dated) -> "Announcement":
        document = dated.document
        return cls(name, document.uid, document.item.path, dated.declaration.key)

    @property
    def key(self) -> str:
        """What is kept of it is found by it."""
        return "-".join(("announce", self.name, self.uid, *map(str, self.deadline)))

    @property
    def is_told(self) -> bool:
        return delivery_of(self.key).done == _DONE

    def can_be_told(self, now: datetime) -> bool:
        """Is it to be told, and does nobody do that now, or has tried it too often?"""
        known = delivery_of(self.key)
        is_over = known.attempts >= _MOST_ATTEMPTS and not known.is_in_doubt
        return not (known.done == _DONE or known.is_claimed(now) or is_over)


@dataclass(frozen=True)
class Told:
    """What came of an announcement: where it ``is_told`` not, somebody else does it, or the
    deadline is another one, or ``error`` says that a rule has failed."""

    announcement: Announcement
    is_told: bool
    error: str = ""


def announcements(now: datetime) -> list[Announcement]:
    """Return what has to be told now. Raises ``StorageError``."""
    dated = dated_among(all_tracked())
    unread = [each for each in dated if not Announcement.of(READ, each).is_told]
    answers = AllRead().of_each([each.document.content for each in unread])
    read = {id(each) for each, answer in zip(unread, answers, strict=True) if answer}
    over = [
        each
        for each in dated
        if each.deadline.has_passed(now)
        and id(each) not in read
        and not Announcement.of(MISSED, each).is_told
    ]
    missed = [each.dated for each in lacking_of(over)]
    found = [
        *(Announcement.of(READ, each) for each in unread if id(each) in read),
        *(Announcement.of(MISSED, each) for each in missed),
    ]
    return [each for each in found if each.can_be_told(now)]


def announce(waiting: list[Announcement], now: datetime) -> Iterator[Told]:
    """Tell content rules, and yield what came of each."""
    for each in waiting:
        try:
            yield Told(each, _is_told_now(each, now))
        except Exception:
            # Whatever is wrong with one rule, the others are told.
            yield _broken(each)


_FAILED = "a content rule has failed, see the log"


def _broken(announcement: Announcement) -> Told:
    logger.exception("Content rules failed for %s", announcement.path)
    transaction.abort()
    key = announcement.key
    transaction.manager.run(
        lambda: keep(key, delivery_of(key).failed(_FAILED)), tries=5
    )
    return Told(announcement, False, _FAILED)


def _is_told_now(announcement: Announcement, now: datetime) -> bool:
    try:
        claimed = _claimed(announcement, now)
    except ConflictError:
        # Another run tells it.
        transaction.abort()
        return False
    if claimed is None:
        return False
    look_afresh()
    found = _content_of(announcement)
    if found is None:
        return False
    if not settle(announcement.key, claimed, claimed.settled(now, is_sent=True)):
        # This run has taken longer than a claim holds, and another one tells it.
        transaction.abort()
        return False
    # Plone runs each rule once in a request, also where that has failed; this is not one.
    close(None)
    # Rules do what nobody who is logged in is asked for.
    with api.env.adopt_roles(["Manager"]):
        notify(_EVENTS[announcement.name](*found))
    transaction.commit()
    return True


def _claimed(announcement: Announcement, now: datetime) -> Delivery | None:
    """Commit the intent; None where there is nothing to tell any more. Raises
    ``ConflictError`` for all but one of those who try."""
    look_afresh()
    if _content_of(announcement) is None or not announcement.can_be_told(now):
        return None
    claimed = claim(announcement.key, _DONE, "", now)
    transaction.commit()
    return claimed


def _content_of(announcement: Announcement) -> tuple[Any, Deadline] | None:
    """Return the document and the deadline that holds, None where it is another one."""
    content = api.portal.get().unrestrictedTraverse(announcement.path, None)
    if content is None or document_uid(content) != announcement.uid:
        return None
    applied = applied_deadline(content)
    if applied is None or applied.declaration.key != announcement.deadline:
        return None
    return content, applied.deadline
