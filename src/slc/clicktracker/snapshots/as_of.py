"""Who had read a document at a moment: the best that can be said of it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.interfaces import IReadDocuments
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.snapshots.snapshot import DocumentThen
from slc.clicktracker.snapshots.snapshot import Snapshot
from slc.clicktracker.snapshots.snapshots import nearest_before
from slc.clicktracker.snapshots.state import documents_unchanged_since
from slc.clicktracker.snapshots.state import past_readings_of
from slc.clicktracker.snapshots.state import state_of
from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.versions.minor_changes import MINOR_CHANGE
from slc.clicktracker.versions.minor_changes import MinorChange
from slc.clicktracker.versions.minor_changes import same_in_substance
from slc.clicktracker.versions.standing import documents_standing_for
from typing import Any


#: Where an answer is from: what is known at this very moment, single accesses, a snapshot.
NOW, ACCESSES, SNAPSHOT = "now", "accesses", "snapshot"


@dataclass(frozen=True)
class AsOf:
    """What can be said of a ``moment``. ``then`` is in the form of a snapshot; ``readings``
    says where its readings are from, one of the words above; ``snapshot`` is the nearest one
    from before, None where there is none. Whom the document was expected to be read by is
    from that one, but for now; without it, that is not known, nor is it in ``then``."""

    moment: datetime
    then: Snapshot
    readings: str
    snapshot: Snapshot | None = None

    @property
    def knows_expected(self) -> bool:
        return self.readings == NOW or self.snapshot is not None


def as_of(content: Any, moment: datetime | None) -> AsOf | None:
    """Return what can be said of a document at a moment, None for now; None where nothing
    is known of then.

    Raises ``NotKnown``, ``DigestUnknown`` and ``StorageError``.
    """
    now = utc_now()
    if moment is None or moment >= now:
        state = state_of(content, audience_of(content), now, "")
        return AsOf(now, state, NOW)
    uid = document_uid(content)
    snapshot = nearest_before(uid, moment)
    uids = (
        tuple(each.uid for each in snapshot.documents)
        if snapshot
        else documents_standing_for(content)
    )
    documents = _documents_at(content, uids, moment, snapshot)
    current = _current_at(documents, moment)
    readings = past_readings_of(uids, moment, current)
    if readings is None:
        return snapshot and AsOf(moment, snapshot, SNAPSHOT, snapshot)
    if snapshot is None:
        then = _without_audience(uid, moment, now)
    else:
        then = replace(snapshot, moment=moment)
    then = replace(
        then,
        documents=documents,
        current=current,
        readings=readings,
        from_accesses=True,
    )
    return AsOf(moment, then, ACCESSES, snapshot)


def state_at(state: Snapshot, content: Any, moment: datetime) -> Snapshot | None:
    """Return what is known of a document now, with versions and readings as they were at an
    earlier moment; None where accesses of then aren't there any more, or the storage has
    none.

    Raises the same as ``as_of``.
    """
    found = as_of(content, moment)
    if found is None or found.readings != ACCESSES:
        return None
    then = found.then
    return replace(
        state,
        moment=moment,
        documents=then.documents,
        current=then.current,
        readings=then.readings,
        from_accesses=True,
    )


def _without_audience(uid: str, moment: datetime, now: datetime) -> Snapshot:
    return Snapshot(
        uid=uid,
        moment=moment,
        taken=now,
        why="",
        by=None,
        documents=(),
        current=(),
        deadline=None,
        rule=engagement_rule(),
        expected=(),
        excused=(),
        complete=False,
        readings=(),
    )


def _documents_at(
    content: Any, uids: tuple[str, ...], moment: datetime, snapshot: Snapshot | None
) -> tuple[DocumentThen, ...]:
    """Return the versions that were current at a moment, as far as that is known: those of
    now, where nothing has changed since, else those of the snapshot, unless a newer one was
    served to somebody after it."""
    unchanged = documents_unchanged_since(content, uids, moment)
    kept = {each.uid: each for each in snapshot.documents} if snapshot else {}
    after = snapshot.moment if snapshot else None
    storage = storage_with(IReadDocuments)
    texts = storage.texts(uids) if storage is not None else ()
    return tuple(
        unchanged.get(uid)
        or _document_at(
            kept.get(uid)
            or DocumentThen(uid, _path(content, uid), _title(content, uid), ""),
            [each for each in texts if each.uid == uid and each.first <= moment],
            after,
        )
        for uid in uids
    )


def _document_at(
    known: DocumentThen, texts: list[KnownText], after: datetime | None
) -> DocumentThen:
    newer = [each for each in texts if after is None or each.first > after]
    if not newer:
        return known
    last = max(newer, key=lambda each: each.first)
    return replace(known, text=last.text, label=last.label, words=0)


def _path(content: Any, uid: str) -> str:
    return "/".join(content.getPhysicalPath()) if uid == document_uid(content) else ""


def _title(content: Any, uid: str) -> str:
    return content.Title() if uid == document_uid(content) else ""


def _current_at(documents: Iterable[DocumentThen], moment: datetime) -> tuple[str, ...]:
    """Return the texts that counted at a moment: those of the documents, and what had been
    declared to say the same, and was not withdrawn by then."""
    found: dict[str, None] = {}
    for each in documents:
        if not each.text:
            continue
        changes = map(MinorChange.of, Declarations(MINOR_CHANGE).of(each.uid))
        holding = [
            change.texts
            for change in changes
            if change.since <= moment
            and (change.ended is None or change.ended > moment)
        ]
        found |= dict.fromkeys(same_in_substance(each.text, holding))
    return tuple(found)
