"""What a member still has to read, by when, and what is done already."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from plone import api
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import deadlines_of_each
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.reports.all_read import reaches
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.progress import expected_of
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.tracking.tracked import tracked_below
from slc.clicktracker.tracking.tracked import TrackedDocument


@dataclass(frozen=True, eq=False)
class OwnDeadline:
    """A document that a member is expected to read by a deadline. ``is_done``: it is known
    that they have, in a version that counts, to the level that is asked for."""

    document: TrackedDocument
    deadline: Deadline
    is_done: bool


def own_deadlines(reader: Reader, now: datetime) -> tuple[OwnDeadline, ...]:
    """Return the deadlines of a reader, who has to be the current user: the soonest first.

    What is over is among them only where it isn't done. Raises ``StorageError``.
    """
    documents = tracked_below(api.portal.get(), "View")
    deadlines = deadlines_of_each(each.item for each in documents)
    by_uid = {
        document.uid: deadline
        for document, deadline in zip(documents, deadlines, strict=True)
        if deadline is not None
    }
    with_one = [each for each in documents if each.uid in by_uid]
    if not with_one:
        return ()
    expected = expected_readers(with_one, Audiences())
    _member, own = expected_of(expected, reader.user, reader.folder)
    readings = _readings_of(reader, own)
    found = []
    for each in own:
        deadline = by_uid[each.document.uid]
        is_done = _is_done(each, deadline, readings)
        if not (is_done and deadline.has_passed(now)):
            found.append(OwnDeadline(each.document, deadline, is_done))
    return tuple(sorted(found, key=_soonest))


def _readings_of(
    reader: Reader, expected: Iterable[Expected]
) -> dict[str, list[Reading]]:
    """Return what is known of a reader with what stands for documents, by UID: nothing
    where the storage can't tell."""
    storage = storage_with(IReadingLists)
    known = [each.standing for each in expected if each.standing]
    if storage is None or not known:
        return {}
    texts = {
        (uid, text): None
        for standing in known
        for uid in standing.documents
        for text in standing.current
    }
    query = ReadingQuery(
        documents=tuple({uid: None for uid, _text in texts}),
        size=None,
        rule=engagement_rule(),
        current_of=tuple(texts),
        readers=(reader,),
    )
    found = defaultdict(list)
    for row in storage.readings(query).rows if query.documents else ():
        found[row.document.uid].append(row)
    return found


def _is_done(
    expected: Expected, deadline: Deadline, readings: dict[str, list[Reading]]
) -> bool:
    standing = expected.standing
    # What has no text that is the current one is never known to have been read.
    if standing is None:
        return False
    rows = (row for uid in standing.documents for row in readings.get(uid, ()))
    return any(reaches(row, standing.current, deadline.level) for row in rows)


def _soonest(own: OwnDeadline) -> tuple[datetime, str]:
    return own.deadline.moment, own.document.item.path
