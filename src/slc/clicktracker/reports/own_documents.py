"""What is known of a member and the documents that they are expected to read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadline import LEAST
from slc.clicktracker.deadlines.deadlines import declared_for_each
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.reports.all_read import reaches
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.progress import expected_of
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.words.differences import Differences


@dataclass(frozen=True, eq=False)
class OwnDocument:
    """A document that a member is expected to read, with its deadline, which was declared,
    or None and None. ``is_done``: it is known that they have, in a version that counts, to
    the level that is asked for, which is ``level``. ``older`` is what is known of an older
    version, where nothing is of the current one. ``reading`` is the one by which it is
    done, ``known`` the same, else the latest of a version that counts."""

    document: TrackedDocument
    declaration: Declaration | None
    deadline: Deadline | None
    is_done: bool
    older: Reading | None
    reading: Reading | None
    known: Reading | None = None

    @property
    def level(self) -> str:
        return self.deadline.level if self.deadline else LEAST

    @property
    def is_to_acknowledge(self) -> bool:
        """Does the reader still have to say that they have read it?"""
        return self.level == ACKNOWLEDGED and not self.is_done

    @property
    def evidence(self) -> Level:
        """What is asked for; of what is done, what is known of it."""
        if self.reading is None:
            return level_of(self.level)
        if self.reading.acknowledged:
            return level_of(ACKNOWLEDGED)
        return level_of(ATTESTED if self.reading.attested else self.reading.level)

    @property
    def known_since(self) -> datetime | None:
        """When that was, which is known of it; None where nothing is."""
        reading = self.reading
        if reading is None:
            return None
        return reading.acknowledged or reading.attested or reading.last

    @property
    def changes(self) -> str | None:
        """The address where the reader sees what has changed since they read it, None
        where they can't."""
        if self.older is None:
            return None
        return Differences(self.document.content).since(self.older.label)

    def is_overdue(self, now: datetime) -> bool:
        """Is the deadline over, and it isn't done?"""
        has_passed = self.deadline is not None and self.deadline.has_passed(now)
        return has_passed and not self.is_done


def own_documents(
    documents: Iterable[TrackedDocument], reader: Reader, with_deadline: bool = False
) -> list[OwnDocument]:
    """Return those among some documents that the reader, who has to be the current user,
    may view; or only those ``with_deadline``. Raises ``StorageError``."""
    listed = list(documents)
    declared = declared_for_each(each.item for each in listed)
    by_uid = {
        document.uid: declaration
        for document, declaration in zip(listed, declared, strict=True)
        if declaration is not None
    }
    if with_deadline:
        listed = [each for each in listed if each.uid in by_uid]
    if not listed:
        return []
    expected = expected_readers(listed, Audiences())
    _member, own = expected_of(expected, reader.user, reader.folder)
    readings = _readings_of(reader, own)
    return [_own(each, by_uid.get(each.document.uid), readings) for each in own]


def own_document(document: TrackedDocument, reader: Reader) -> tuple[OwnDocument, bool]:
    """Return what is known of one document and the reader, who has to be the current user,
    and whether they are expected to read it. Raises ``StorageError``."""
    (declaration,) = declared_for_each([document.item])
    expected = expected_readers([document], Audiences())
    _member, own = expected_of(expected, reader.user, reader.folder)
    readings = _readings_of(reader, expected)
    return _own(expected[0], declaration, readings), bool(own)


def _own(
    expected: Expected,
    declaration: Declaration | None,
    readings: dict[str, list[Reading]],
) -> OwnDocument:
    deadline = None if declaration is None else _deadline_of(declaration)
    level = LEAST if deadline is None else deadline.level
    rows = _rows_of(expected, readings)
    # What has no text that is the current one is never known to have been read.
    current = expected.standing.current if expected.standing else ()
    done = next((row for row in rows if reaches(row, current, level)), None)
    older = None if done else _older_of(current, rows)
    known = done or _latest(row for row in rows if row.text in current)
    return OwnDocument(
        expected.document, declaration, deadline, done is not None, older, done, known
    )


@lru_cache(maxsize=1000)
def _deadline_of(declaration: Declaration) -> Deadline:
    # That of a folder is the same for all that is in it.
    return Deadline.of(declaration)


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


def _rows_of(expected: Expected, readings: dict[str, list[Reading]]) -> list[Reading]:
    standing = expected.standing
    if standing is None:
        return []
    return [row for uid in standing.documents for row in readings.get(uid, ())]


def _older_of(current: tuple[str, ...], rows: list[Reading]) -> Reading | None:
    """Return what is known of a text that doesn't count any more, None where something is
    known of one that does."""
    mine = [row for row in rows if not row.former]
    if any(row.text in current for row in mine):
        return None
    return _latest(mine)


def _latest(rows: Iterable[Reading]) -> Reading | None:
    mine = (row for row in rows if not row.former)
    return max(mine, key=lambda row: row.last, default=None)
