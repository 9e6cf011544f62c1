"""Taking snapshots: when somebody asks for one, and when they are due.

``take_due_snapshots`` is for a command that cron runs, any number of times: each snapshot is
for an occasion, and there is one for each.
"""

from collections import Counter
from datetime import datetime
from slc.clicktracker import logger
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import deadlines_of_each
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.snapshots.as_of import state_at
from slc.clicktracker.snapshots.snapshot import BUTTON
from slc.clicktracker.snapshots.snapshot import DAY
from slc.clicktracker.snapshots.snapshot import DEADLINE
from slc.clicktracker.snapshots.snapshot import Snapshot
from slc.clicktracker.snapshots.snapshots import has_occasion
from slc.clicktracker.snapshots.snapshots import keep_snapshot
from slc.clicktracker.snapshots.state import state_of
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.tracking.tracked import all_tracked
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.versions.file_digest import DigestUnknown
from typing import Any
from typing import NamedTuple

import transaction


class Due(NamedTuple):
    """A document of which a snapshot is due: why, for which occasion, of which moment,
    None for the one when it is taken."""

    document: TrackedDocument
    why: str
    occasion: str
    moment: datetime | None


def take_snapshot(content: Any, why: str = BUTTON) -> Snapshot:
    """Keep what is known of a document now, for the current user. Return it.

    Raises the same as ``state_of``.
    """
    by = Reader(*current_user())
    snapshot = state_of(content, audience_of(content), utc_now(), why, by)
    keep_snapshot(snapshot)
    return snapshot


def take_due_snapshots() -> Counter:
    """Take all that are due in the current site, in a transaction each. Return how many
    there were of each kind, and of how many documents none can be taken yet (""), because
    their files have not been read.

    Raises ``StorageError`` and ``NotKnown``.
    """
    taken: Counter = Counter()
    audiences = Audiences()
    for each in due_snapshots(utc_now()):
        try:
            taken[each.why] += _in_transaction(each, audiences)
        except DigestUnknown:
            taken[""] += 1
            path = each.document.item.path
            logger.info("No snapshot of %s: its file is still to be read.", path)
    return +taken


def due_snapshots(now: datetime) -> list[Due]:
    """Return what is due: of each tracked document one when its deadline is over, and one on
    each day of the site while it is open."""
    day = f"{DAY}:{now.astimezone(site_timezone()).date().isoformat()}"
    documents = all_tracked()
    deadlines = deadlines_of_each(each.item for each in documents)
    found = (
        _due(document, deadline, day, now)
        for document, deadline in zip(documents, deadlines, strict=True)
        if deadline is not None
    )
    return [
        each for each in found if not has_occasion(each.document.uid, each.occasion)
    ]


def _due(document: TrackedDocument, deadline: Deadline, day: str, now: datetime) -> Due:
    if deadline.has_passed(now):
        occasion = f"{DEADLINE}:{microseconds(deadline.moment)}"
        return Due(document, DEADLINE, occasion, deadline.moment)
    return Due(document, DAY, day, None)


def _in_transaction(due: Due, audiences: Audiences) -> bool:
    """Take one, and commit it. Return False where somebody else has taken it meanwhile."""

    def take() -> bool:
        if has_occasion(due.document.uid, due.occasion):
            return False
        audience = audiences.of_item(due.document.item)
        content = due.document.content
        state = state_of(content, audience, utc_now(), due.why)
        if due.moment is not None:
            # Cron comes later: what was read, or written, meanwhile was too late.
            state = state_at(state, content, due.moment) or state
        return keep_snapshot(state, due.occasion)

    return transaction.manager.run(take, tries=3)
