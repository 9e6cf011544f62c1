"""What a member still has to read, by when, and what is done already."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from plone import api
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import declared_for_each
from slc.clicktracker.declarations.declaration import Declaration
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
    """A document that a member is expected to read by a deadline, which was declared.
    ``is_done``: it is known that they have, in a version that counts, to the level that is
    asked for. ``is_older``: it is known of an older version alone."""

    document: TrackedDocument
    declaration: Declaration
    deadline: Deadline
    is_done: bool
    is_older: bool


def own_deadlines(reader: Reader, now: datetime) -> tuple[OwnDeadline, ...]:
    """Return the deadlines of a reader, who has to be the current user: the soonest first.

    What is over is among them only where it isn't done. Raises ``StorageError``.
    """
    found = own_deadlines_among(tracked_below(api.portal.get(), "View"), reader)
    return tuple(
        each for each in found if not (each.is_done and each.deadline.has_passed(now))
    )


def own_deadlines_among(
    documents: Iterable[TrackedDocument], reader: Reader
) -> tuple[OwnDeadline, ...]:
    """Return all of them among some documents that the reader may view, also what is over
    and done. Raises ``StorageError``."""
    listed = list(documents)
    declared = declared_for_each(each.item for each in listed)
    by_uid = {
        document.uid: declaration
        for document, declaration in zip(listed, declared, strict=True)
        if declaration is not None
    }
    with_one = [each for each in listed if each.uid in by_uid]
    if not with_one:
        return ()
    expected = expected_readers(with_one, Audiences())
    _member, own = expected_of(expected, reader.user, reader.folder)
    readings = _readings_of(reader, own)
    found = (_own(each, by_uid[each.document.uid], readings) for each in own)
    return tuple(sorted(found, key=_soonest))


def _own(
    expected: Expected, declaration: Declaration, readings: dict[str, list[Reading]]
) -> OwnDeadline:
    deadline = Deadline.of(declaration)
    rows = _rows_of(expected, readings)
    is_done = _is_done(expected, deadline, rows)
    is_older = not is_done and _is_of_older(expected, rows)
    return OwnDeadline(expected.document, declaration, deadline, is_done, is_older)


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


def _rows_of(
    expected: Expected, readings: dict[str, list[Reading]]
) -> tuple[Reading, ...]:
    standing = expected.standing
    # What has no text that is the current one is never known to have been read.
    if standing is None:
        return ()
    return tuple(row for uid in standing.documents for row in readings.get(uid, ()))


def _is_done(expected: Expected, deadline: Deadline, rows: tuple[Reading, ...]) -> bool:
    return any(reaches(row, expected.standing.current, deadline.level) for row in rows)


def _is_of_older(expected: Expected, rows: tuple[Reading, ...]) -> bool:
    """Has somebody opened or downloaded it, but none of the texts that count?"""
    mine = [row for row in rows if not row.former]
    current = expected.standing.current if expected.standing else ()
    return bool(mine) and not any(row.text in current for row in mine)


def _soonest(own: OwnDeadline) -> tuple[datetime, str]:
    return own.deadline.moment, own.document.item.path
