"""What is known of a document now, or is known now of a moment in the past."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import reduce
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.interfaces import IPastReadings
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.snapshots.snapshot import DocumentThen
from slc.clicktracker.snapshots.snapshot import ExpectedThen
from slc.clicktracker.snapshots.snapshot import ReadingThen
from slc.clicktracker.snapshots.snapshot import Snapshot
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.past import PastReading
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.standing import Standing
from slc.clicktracker.versions.standing import standing_of
from slc.clicktracker.versions.translations import translations_of_each
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version
from typing import Any


class NotKnown(Exception):
    """The storage can't tell who has read what."""


def state_of(
    content: Any,
    audience: Audience,
    now: datetime,
    why: str,
    by: Reader | None = None,
) -> Snapshot:
    """Return what is known of a document now: its readings are all of one moment, whatever
    is recorded meanwhile.

    Raises ``NotKnown``, ``DigestUnknown`` and ``StorageError``.
    """
    storage = storage_with(IReadingLists)
    if storage is None:
        raise NotKnown
    standing, rule = standing_of(content), engagement_rule()
    query = ReadingQuery(
        standing.documents, size=None, rule=rule, current=standing.current
    )
    with closing(storage.each_reading(query)) as rows:
        readings = one_for_each(_now(row, standing) for row in rows if row.reader.user)
    able = set(audience.able)
    return Snapshot(
        uid=document_uid(content),
        moment=now,
        taken=now,
        why=why,
        by=by,
        documents=_documents(content, standing),
        current=standing.current,
        deadline=deadline_of(content),
        rule=rule,
        expected=tuple(ExpectedThen(one, one in able) for one in audience.members),
        excused=tuple(each.reader for each in audience.excused),
        complete=audience.complete,
        readings=readings,
    )


def state_at(state: Snapshot, moment: datetime) -> Snapshot | None:
    """Return what is known now, with the readings as they were at an earlier moment; None
    where accesses of then aren't there any more, or the storage has none.

    Raises ``StorageError``.
    """
    uids = [each.uid for each in state.documents]
    readings = past_readings_of(uids, moment, state.current)
    if readings is None:
        return None
    return replace(state, moment=moment, readings=readings, from_accesses=True)


def past_readings_of(
    uids: Iterable[str], moment: datetime, current: Iterable[str]
) -> tuple[ReadingThen, ...] | None:
    """Return what was known of the readers of documents at a moment, when some texts were
    the current ones. Raises ``StorageError``."""
    storage = storage_with(IPastReadings)
    if storage is None:
        return None
    past = storage.past_readings(tuple(uids), moment, engagement_rule())
    if not past.complete:
        return None
    texts = frozenset(current)
    return one_for_each(_then(each, texts) for each in past.readings)


def one_for_each(readings: Iterable[ReadingThen]) -> tuple[ReadingThen, ...]:
    """Return one for each account: of those of current texts together, else the last of an
    older one. By user id."""
    found: dict[tuple, list[ReadingThen]] = {}
    for each in readings:
        reader = each.reader
        account = reader.user, reader.folder, each.generation
        found.setdefault(account, []).append(each)
    return tuple(_best(its) for _account, its in sorted(found.items()))


def _best(readings: list[ReadingThen]) -> ReadingThen:
    current = [each for each in readings if each.is_current]
    if not current:
        return max(readings, key=lambda each: each.last)
    return reduce(_together, sorted(current, key=lambda each: each.text))


def _together(one: ReadingThen, other: ReadingThen) -> ReadingThen:
    """Return two readings of texts that stand for each other as one."""
    furthest = max(one, other, key=lambda each: READING_LEVELS.index(each.level))
    downloads = [at for at in (one.downloaded, other.downloaded) if at is not None]
    return replace(
        furthest,
        count=one.count + other.count,
        first=min(one.first, other.first),
        last=max(one.last, other.last),
        downloaded=max(downloads, default=None),
        engaged=one.engaged + other.engaged,
    )


def _now(row: Reading, standing: Standing) -> ReadingThen:
    sums = row.of_text or row
    return ReadingThen(
        reader=row.reader,
        level=row.level,
        text=row.text,
        label=row.label,
        # Without a text that is known, any counts.
        is_current=not standing.current or row.text in standing.current,
        count=sums.count,
        first=sums.first,
        last=sums.last,
        downloaded=sums.downloaded,
        engaged=row.engaged,
        generation=row.generation if row.former else 0,
    )


def _then(past: PastReading, current: frozenset[str]) -> ReadingThen:
    return ReadingThen(
        reader=past.reader,
        level=past.level,
        text=past.text,
        label=past.label,
        is_current=not current or past.text in current,
        count=past.count,
        first=past.first,
        last=past.last,
        downloaded=past.downloaded,
        engaged=past.engaged,
        generation=past.generation if past.former else 0,
    )


def _documents(content: Any, standing: Standing) -> tuple[DocumentThen, ...]:
    items = {document_uid(content): content}
    if len(standing.documents) > 1:
        (others,) = translations_of_each([content])
        items |= {document_uid(each): each for each in others}
    return tuple(_document(uid, items[uid]) for uid in standing.documents)


def _document(uid: str, content: Any) -> DocumentThen:
    path, title = "/".join(content.getPhysicalPath()), content.Title()
    try:
        version = visible_version(content)
    except DigestUnknown:
        return DocumentThen(uid, path, title, "")
    return DocumentThen(
        uid, path, title, text_key(version), version.label, version.words
    )
