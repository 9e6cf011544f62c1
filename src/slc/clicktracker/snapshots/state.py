"""What is known of a document now, or is known now of a moment in the past."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import reduce
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.interfaces import IAcknowledgements
from slc.clicktracker.interfaces import IPastReadings
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.retention import kept_since
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.snapshots.snapshot import DocumentThen
from slc.clicktracker.snapshots.snapshot import ExpectedThen
from slc.clicktracker.snapshots.snapshot import ReadingThen
from slc.clicktracker.snapshots.snapshot import Snapshot
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.acknowledgements.model import standing
from slc.clicktracker.storage.model import DECLARED
from slc.clicktracker.storage.model import LISTED_LEVELS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import utc
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.past import PastReading
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.standing import Standing
from slc.clicktracker.versions.standing import standing_of
from slc.clicktracker.versions.translations import translations_of_each
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version
from typing import Any


#: How long what the past is computed from is kept.
_KEPT = ("keep_accesses", "keep_opened", "keep_engaged")


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
    stands, rule = standing_of(content), engagement_rule()
    query = ReadingQuery(stands.documents, size=None, rule=rule, current=stands.current)
    with closing(storage.each_reading(query)) as rows:
        readings = one_for_each(_now(row, stands) for row in rows if row.reader.user)
    able = set(audience.able)
    return Snapshot(
        uid=document_uid(content),
        moment=now,
        taken=now,
        why=why,
        by=by,
        documents=_documents(content, stands),
        current=stands.current,
        deadline=deadline_of(content),
        rule=rule,
        expected=tuple(ExpectedThen(one, one in able) for one in audience.members),
        excused=tuple(each.reader for each in audience.excused),
        complete=audience.complete,
        readings=readings,
    )


def documents_unchanged_since(
    content: Any, uids: Iterable[str], moment: datetime
) -> dict[str, DocumentThen]:
    """Return those of the documents that stand for content, by UID, of which the version of
    now was there at a moment already."""
    found = (
        _document(uid, item)
        for uid, item in _items(content, tuple(uids)).items()
        if utc(item.modified().asdatetime()) <= moment
    )
    return {each.uid: each for each in found if each.text}


def past_readings_of(
    uids: Iterable[str], moment: datetime, current: Iterable[str]
) -> tuple[ReadingThen, ...] | None:
    """Return what was known of the readers of documents at a moment, when some texts were
    the current ones. Raises ``StorageError``."""
    storage = storage_with(IPastReadings)
    if storage is None or _some_are_removed(moment):
        return None
    documents, texts = tuple(uids), frozenset(current)
    past = storage.past_readings(documents, moment, engagement_rule())
    if not past.complete:
        return None
    found = [_then(each, texts) for each in past.readings]
    if IAcknowledgements.providedBy(storage):
        every = storage.acknowledgements(AcknowledgementQuery(documents))
        by_then = standing(each for each in every if each.at <= moment)
        found += [_declared(each, texts, moment) for each in by_then]
    return one_for_each(found)


def _some_are_removed(moment: datetime) -> bool:
    """Is a moment before the time since when readings are kept? Readers of then may be gone
    without a trace, with their single accesses."""
    now = utc_now()
    limits = (kept_since(setting, now) for setting in _KEPT)
    return any(limit is not None and moment < limit for limit in limits)


def one_for_each(readings: Iterable[ReadingThen]) -> tuple[ReadingThen, ...]:
    """Return one for each account: of those of current texts together, else the last of an
    older one. By user id."""
    found: dict[tuple, list[ReadingThen]] = {}
    for each in readings:
        found.setdefault(account(each), []).append(each)
    return tuple(_best(its) for _who, its in sorted(found.items()))


def account(reading: ReadingThen) -> tuple[str, str, int]:
    """Return what tells the account of a reading from others."""
    return reading.reader.user, reading.reader.folder, reading.generation


def _best(readings: list[ReadingThen]) -> ReadingThen:
    current = [each for each in readings if each.is_current]
    if not current:
        return max(readings, key=lambda each: each.last)
    return reduce(_together, sorted(current, key=lambda each: each.text))


def _together(one: ReadingThen, other: ReadingThen) -> ReadingThen:
    """Return two readings of texts that stand for each other as one."""
    furthest = max(one, other, key=lambda each: LISTED_LEVELS.index(each.level))
    return replace(
        furthest,
        acknowledged=_later(one.acknowledged, other.acknowledged),
        attested=_later(one.attested, other.attested),
        count=one.count + other.count,
        first=min(one.first, other.first),
        last=max(one.last, other.last),
        downloaded=_later(one.downloaded, other.downloaded),
        engaged=one.engaged + other.engaged,
    )


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)


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
        acknowledged=row.acknowledged,
        attested=row.attested,
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


def _declared(
    said: Acknowledgement, current: frozenset[str], moment: datetime
) -> ReadingThen:
    """Return what was acknowledged, or attested, as a reading of which no more is known."""
    return ReadingThen(
        reader=said.reader,
        level=DECLARED,
        text=said.text,
        label=said.version.label,
        is_current=not current or said.text in current,
        count=0,
        first=said.at,
        last=said.at,
        generation=said.former_at(moment),
        acknowledged=said.at if said.kind == ACKNOWLEDGED else None,
        attested=said.at if said.kind == ATTESTED else None,
    )


def _documents(content: Any, standing: Standing) -> tuple[DocumentThen, ...]:
    items = _items(content, standing.documents)
    return tuple(_document(uid, items[uid]) for uid in standing.documents)


def _items(content: Any, uids: tuple[str, ...]) -> dict[str, Any]:
    """Return content, and its translations where they are among some documents, by UID."""
    items = {document_uid(content): content}
    if len(uids) > 1:
        (others,) = translations_of_each([content])
        items |= {document_uid(each): each for each in others}
    return {uid: items[uid] for uid in uids if uid in items}


def _document(uid: str, content: Any) -> DocumentThen:
    path, title = "/".join(content.getPhysicalPath()), content.Title()
    try:
        version = visible_version(content)
    except DigestUnknown:
        return DocumentThen(uid, path, title, "")
    return DocumentThen(
        uid, path, title, text_key(version), version.label, version.words
    )
