"""Snapshots as they are kept: people by number, in columns, which compress well.

Numbers of people and times are kept as differences. 10,000 people who are expected, and have
all read it, take some 60 KB that way; a document with 50 of them some hundred bytes.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from itertools import pairwise
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.snapshots.people import NOBODY
from slc.clicktracker.snapshots.people import numbered
from slc.clicktracker.snapshots.people import readers_with
from slc.clicktracker.snapshots.snapshot import DocumentThen
from slc.clicktracker.snapshots.snapshot import ExpectedThen
from slc.clicktracker.snapshots.snapshot import ReadingThen
from slc.clicktracker.snapshots.snapshot import Snapshot
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from typing import Any


_FORMAT = 1

_SECOND = 1_000_000


def numbered_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    """Return what is kept of a snapshot. People get numbers, where they have none."""
    expected = _numbers((each.reader, 0) for each in snapshot.expected)
    readers = _numbers((each.reader, each.generation) for each in snapshot.readings)
    # By number, so that differences are small.
    readings = [
        reading
        for _number, reading in sorted(
            zip(readers, snapshot.readings, strict=True), key=lambda pair: pair[0]
        )
    ]
    texts = list(dict.fromkeys((each.text, each.label) for each in readings))
    levels = list(dict.fromkeys(each.level for each in readings))
    places = {text: place for place, text in enumerate(texts)}
    return {
        "format": _FORMAT,
        "documents": [list(vars(each).values()) for each in snapshot.documents],
        "current": list(snapshot.current),
        "deadline": snapshot.deadline and dict(snapshot.deadline.details),
        "rule": [snapshot.rule.words_per_minute, snapshot.rule.least_seconds],
        "complete": snapshot.complete,
        "from_accesses": snapshot.from_accesses,
        "expected": _differences(expected),
        "unable": [n for n, each in enumerate(snapshot.expected) if not each.able],
        "excused": _numbers((each, 0) for each in snapshot.excused),
        "texts": [list(text) for text in texts],
        "levels": levels,
        "readings": {
            "person": _differences(sorted(readers)),
            "generation": [each.generation for each in readings],
            "text": [places[each.text, each.label] for each in readings],
            "level": [levels.index(each.level) for each in readings],
            "current": [int(each.is_current) for each in readings],
            "count": [each.count for each in readings],
            "first": _differences(_seconds(each.first) for each in readings),
            "last": [_seconds(each.last) - _seconds(each.first) for each in readings],
            "downloaded": _after_first(readings, "downloaded"),
            "acknowledged": _after_first(readings, "acknowledged"),
            "attested": _after_first(readings, "attested"),
            "engaged": [each.engaged for each in readings],
        },
    }


def snapshot_of(kept: dict[str, Any], **head: Any) -> Snapshot:
    """Return a snapshot from what is kept of it; ``head`` is what is kept elsewhere: its
    ``uid``, ``moment``, ``taken``, ``why`` and ``by``."""
    unable = set(kept["unable"])
    people = readers_with(
        {*accumulate(kept["expected"]), *accumulate(kept["readings"]["person"])}
    )
    return Snapshot(
        documents=tuple(DocumentThen(*each) for each in kept["documents"]),
        current=tuple(kept["current"]),
        deadline=kept["deadline"] and Deadline.of_details(kept["deadline"]),
        rule=EngagementRule(*kept["rule"]),
        expected=tuple(
            ExpectedThen(people[number], place not in unable)
            for place, number in enumerate(accumulate(kept["expected"]))
        ),
        excused=tuple(readers_with(kept["excused"]).values()),
        complete=kept["complete"],
        readings=tuple(_readings(kept, people)),
        from_accesses=kept["from_accesses"],
        **head,
    )


@dataclass(frozen=True)
class AccountThen:
    """What a snapshot says of one account. ``is_able``: whoever was expected could view it."""

    is_expected: bool
    is_able: bool
    is_excused: bool
    readings: tuple[ReadingThen, ...]
    has_taken_it: bool = False

    @property
    def is_named(self) -> bool:
        return bool(
            self.is_expected or self.is_excused or self.readings or self.has_taken_it
        )


def people_in(kept: dict[str, Any]) -> set[int]:
    """Return the numbers of all who are in a snapshot, from what is kept of it."""
    listed = accumulate(kept["expected"]), accumulate(kept["readings"]["person"])
    return {NOBODY, *kept["excused"]}.union(*listed)


def account_then(kept: dict[str, Any], numbers: frozenset[int]) -> AccountThen:
    """Return what is said of the account with some numbers, from what is kept."""
    places = [
        place
        for place, number in enumerate(accumulate(kept["expected"]))
        if number in numbers
    ]
    return AccountThen(
        is_expected=bool(places),
        is_able=bool(places) and not set(places) & set(kept["unable"]),
        is_excused=not numbers.isdisjoint(kept["excused"]),
        readings=tuple(_readings(kept, readers_with(numbers))),
    )


def _readings(
    kept: dict[str, Any], people: dict[int, Reader | None]
) -> Iterator[ReadingThen]:
    """Yield the readings of some people by their numbers."""
    columns, texts, levels = kept["readings"], kept["texts"], kept["levels"]
    numbers, firsts = accumulate(columns["person"]), accumulate(columns["first"])
    names = [name for name in columns if name not in ("person", "first")]
    rest = (columns[name] for name in names)
    for number, first, *values in zip(numbers, firsts, *rest, strict=True):
        if number not in people:
            continue
        row = dict(zip(names, values, strict=True))
        name, label = texts[row["text"]]
        yield ReadingThen(
            reader=people[number],
            level=levels[row["level"]],
            text=name,
            label=label,
            is_current=bool(row["current"]),
            count=row["count"],
            first=_moment(first),
            last=_moment(first + row["last"]),
            downloaded=_moment_after(first, row["downloaded"]),
            engaged=row["engaged"],
            generation=row["generation"],
            acknowledged=_moment_after(first, row["acknowledged"]),
            attested=_moment_after(first, row["attested"]),
        )


def _after_first(readings: Iterable[ReadingThen], name: str) -> list[int | None]:
    """Return so many seconds after the first time each had something, None without."""
    return [
        None if at is None else _seconds(at) - _seconds(each.first)
        for each in readings
        for at in [getattr(each, name)]
    ]


def _moment_after(first: int, seconds: int | None) -> datetime | None:
    return None if seconds is None else _moment(first + seconds)


def _numbers(people: Iterable[tuple[Reader | None, int]]) -> list[int]:
    return numbered((reader or Reader(""), number) for reader, number in people)


def _differences(numbers: Iterable[int]) -> list[int]:
    return [after - before for before, after in pairwise((0, *numbers))]


def _seconds(moment: datetime) -> int:
    return microseconds(moment) // _SECOND


def _moment(seconds: int) -> datetime:
    return from_microseconds(seconds * _SECOND)
