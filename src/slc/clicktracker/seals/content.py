"""What is sealed of a document: plain values, with commitments for people.

docs/seals.md describes each of the parts.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from slc.clicktracker.acknowledgements.asked import ACKNOWLEDGEMENT
from slc.clicktracker.audience.exceptions import EXCEPTION
from slc.clicktracker.deadlines.deadlines import DEADLINE
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.interfaces import IAcknowledgements
from slc.clicktracker.seals.commitments import Commitments
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.snapshots.as_of import AsOf
from slc.clicktracker.snapshots.snapshot import Snapshot
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc
from slc.clicktracker.storage.progress import who
from slc.clicktracker.tracking.lineage import lineage
from slc.clicktracker.versions.minor_changes import MINOR_CHANGE
from typing import Any


#: What was declared of folders above holds for a document as well.
_INHERITED = (EXCEPTION, DEADLINE, ACKNOWLEDGEMENT)


def iso(moment: datetime) -> str:
    """Return a moment as it is in seals."""
    return f"{utc(moment):%Y-%m-%dT%H:%M:%S.%fZ}"


def sealed_parts(content: Any, found: AsOf, commitments: Commitments) -> dict[str, Any]:
    """Return the parts of a seal about a document, of what can be said of a moment."""
    then = found.then
    return {
        "report": _report(found),
        "documents": [asdict(each) for each in then.documents],
        "expected": _expected(then, commitments) if found.knows_expected else [],
        "excused": [
            {"person": each}
            for each in commitments.add((one, 0) for one in then.excused)
        ],
        "readings": _readings(then, commitments),
        "declarations": list(_declarations(content, found.moment, commitments)),
        "acknowledgements": _acknowledgements(then, found.moment, commitments),
    }


def _report(found: AsOf) -> dict[str, Any]:
    then = found.then
    return {
        "as_of": iso(found.moment),
        "readings_from": found.readings,
        "snapshot": iso(found.snapshot.moment) if found.snapshot else "",
        "snapshot_taken": iso(found.snapshot.taken) if found.snapshot else "",
        "knows_expected": found.knows_expected,
        "complete": then.complete,
        "current": list(then.current),
        "words_per_minute": then.rule.words_per_minute,
        "least_seconds": then.rule.least_seconds,
        "deadline": then.deadline and _plain(dict(then.deadline.details)),
    }


def _expected(then: Snapshot, commitments: Commitments) -> list[dict[str, Any]]:
    people = commitments.add((each.reader, 0) for each in then.expected)
    return [
        {"person": person, "able": each.able}
        for person, each in zip(people, then.expected, strict=True)
    ]


def _readings(then: Snapshot, commitments: Commitments) -> list[dict[str, Any]]:
    people = commitments.add(
        _accounts(then, ((each.reader, each.generation) for each in then.readings))
    )
    return [
        {
            "person": person,
            "former": bool(each.generation),
            "level": each.level,
            "text": each.text,
            "label": each.label,
            "current": each.is_current,
            "count": each.count,
            "first": iso(each.first),
            "last": iso(each.last),
            "downloaded": iso(each.downloaded) if each.downloaded else "",
            "engaged": each.engaged,
            "acknowledged": iso(each.acknowledged) if each.acknowledged else "",
            "attested": iso(each.attested) if each.attested else "",
        }
        for person, each in zip(people, then.readings, strict=True)
    ]


def _accounts(
    then: Snapshot, people: Iterable[tuple[Reader | None, int]]
) -> Iterator[tuple[Reader | None, int]]:
    """Yield people, each under one name, where the storage has another one than the site."""
    known = {who(each.reader): each.reader for each in then.expected if each.reader}
    for reader, generation in people:
        if reader is not None and not generation:
            yield known.get(who(reader), reader), 0
        else:
            yield reader, generation


def _acknowledgements(
    then: Snapshot, moment: datetime, commitments: Commitments
) -> list[dict[str, Any]]:
    """Return all that had been acknowledged or attested by then, and what was withdrawn."""
    storage = storage_with(IAcknowledgements)
    if storage is None:
        return []
    query = AcknowledgementQuery(tuple(each.uid for each in then.documents))
    every = [each for each in storage.acknowledgements(query) if each.at <= moment]
    accounts = [(each.reader, each.former_at(moment)) for each in every]
    people = commitments.add(_accounts(then, accounts))
    by = commitments.add(
        _accounts(
            then,
            (
                account if who(each.by) == who(each.reader) else (each.by, 0)
                for each, account in zip(every, accounts, strict=True)
            ),
        )
    )
    return [
        {
            "kind": each.kind,
            "person": person,
            "by": whom,
            "at": iso(each.at),
            "of": each.document.uid,
            "text": each.text,
            "label": each.version.label,
            "sentence": each.sentence,
            "language": each.language,
            "way": each.way,
            "why": each.why,
            "asked_again": each.asked_again,
            "withdrawn": each.is_withdrawn,
        }
        for person, whom, each in zip(people, by, every, strict=True)
    ]


def _declarations(
    content: Any, moment: datetime, commitments: Commitments
) -> Iterator[dict[str, Any]]:
    """Yield what had been declared by then, with ends from before then."""
    for item in lineage(content):
        uid = document_uid(item)
        kinds = (MINOR_CHANGE, *_INHERITED) if item is content else _INHERITED
        for kind in kinds:
            for each in Declarations(kind).of(uid):
                if each.since <= moment:
                    yield _declaration(each, moment, commitments)


def _declaration(
    declared: Declaration, moment: datetime, commitments: Commitments
) -> dict[str, Any]:
    subject = declared.subject
    is_over = declared.ended is not None and declared.ended <= moment
    person, by, ended_by = commitments.add(
        (reader, 0)
        for reader in (
            subject if isinstance(subject, Reader) else None,
            declared.by,
            declared.ended_by if is_over else None,
        )
    )
    return {
        "kind": declared.kind,
        "of": declared.uid,
        "person": person,
        "text": subject if isinstance(subject, str) else "",
        "by": by,
        "since": iso(declared.since),
        "reason": declared.reason,
        "details": _plain(dict(declared.details)),
        "ended_by": ended_by,
        "ended": iso(declared.ended) if is_over else "",
        "ended_reason": declared.ended_reason if is_over else "",
    }


def _plain(value: Any) -> Any:
    """Return the same as JSON has it."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value
