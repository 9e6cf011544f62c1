"""``ReadingList``: what a member is expected to read, what of it is done, and what not."""

from dataclasses import dataclass
from datetime import datetime
from datetime import timezone
from plone import api
from slc.clicktracker.reports.own_documents import own_documents
from slc.clicktracker.reports.own_documents import OwnDocument
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.tracked import tracked_below


#: After every deadline.
_NEVER = datetime.max.replace(tzinfo=timezone.utc)


@dataclass(frozen=True, eq=False)
class ReadingList:
    """``to_read`` begins with the soonest deadline, so with what is overdue; what has none
    comes last, what has changed since it was read first. ``done`` begins with the latest."""

    to_read: tuple[OwnDocument, ...]
    done: tuple[OwnDocument, ...]


def reading_list(reader: Reader) -> ReadingList:
    """Return that of a reader, who has to be the current user. Raises ``StorageError``."""
    found = own_documents(tracked_below(api.portal.get(), "View"), reader)
    to_read = sorted((each for each in found if not each.is_done), key=_soonest)
    done = sorted((each for each in found if each.is_done), key=_latest, reverse=True)
    return ReadingList(tuple(to_read), tuple(done))


def _soonest(own: OwnDocument) -> tuple[datetime, bool, str, str]:
    moment = own.deadline.moment if own.deadline else _NEVER
    item = own.document.item
    return moment, own.older is None, folded(item.title), item.path


def _latest(own: OwnDocument) -> tuple[datetime, str]:
    return own.reading.last, own.document.item.path
