"""What lies in the spool: accesses, page views, hits, events, chances of goals and what splits
showed, one line of JSON each."""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.events.model import MemberEvent
from slc.clicktracker.storage.events.plain import member_events
from slc.clicktracker.storage.events.plain import PlainEvent
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.goals.plain import chances
from slc.clicktracker.storage.goals.plain import exposures
from slc.clicktracker.storage.goals.plain import PlainChance
from slc.clicktracker.storage.goals.plain import PlainExposure
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.outbox.plain import hits
from slc.clicktracker.storage.outbox.plain import PlainHit
from slc.clicktracker.storage.plain import accesses
from slc.clicktracker.storage.plain import PlainAccess
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.plain import page_views
from slc.clicktracker.storage.visits.plain import PlainPageView
from typing import NamedTuple

import json


#: How the lines of all but accesses begin; that of an access begins with its key, which has
#: 32 characters.
_VIEW = "view"
_HIT = "hit"
_EVENT = "event"
_CHANCE = "goal"
_EXPOSURE = "split"

_MARKS = {
    PlainPageView: _VIEW,
    PlainHit: _HIT,
    PlainEvent: _EVENT,
    PlainChance: _CHANCE,
    PlainExposure: _EXPOSURE,
}

#: What can be kept in the spool.
PlainRecord = (
    PlainAccess | PlainPageView | PlainHit | PlainEvent | PlainChance | PlainExposure
)

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


class UnreadableRecord(ValueError):
    """One of the texts is not a record: damaged, or put there by something else."""


class Unpacked(NamedTuple):
    """What records are."""

    accesses: list[Access]
    views: list[PageView]
    hits: list[Hit]
    events: list[MemberEvent]
    chances: list[GoalChance]
    exposures: list[Exposure]


def packed(record: PlainRecord) -> bytes:
    """Return the line of a record; its texts may be any that Python can hold."""
    mark = _MARKS.get(type(record))
    return _encode((mark, *record) if mark else record).encode("utf-8", "surrogatepass")


def unpacked(records: Sequence[bytes]) -> Unpacked:
    """Return what is in records. Raises ``UnreadableRecord`` if any is nothing."""
    try:
        text = b"[" + b",".join(records) + b"]"
        rows = json.loads(text.decode("utf-8", "surrogatepass"))
        if len(rows) != len(records):
            raise UnreadableRecord("it is not one record")
        marked: dict[str, list[list]] = {mark: [] for mark in _MARKS.values()}
        plain = []
        for row in rows:
            first = row[0] if row else ""
            if first in marked:
                marked[first].append(row[1:])
            else:
                plain.append(row)
        made = accesses(plain)
        views = page_views(marked[_VIEW])
        told = hits(marked[_HIT])
        events = member_events(marked[_EVENT])
        tried = chances(marked[_CHANCE])
        shown = exposures(marked[_EXPOSURE])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise UnreadableRecord(str(error)) from error
    totals = [(one.engaged, one.depth, one.version.words) for one in made]
    totals += [(one.engaged, one.status) for one in views]
    if not all(type(number) is int for numbers in totals for number in numbers):
        raise UnreadableRecord("a total is not a whole number")
    return Unpacked(made, views, told, events, tried, shown)


def oldest(records: Iterable[bytes | None]) -> datetime | None:
    """Return when the first of some records arrived; None where that isn't known."""
    moments: list[datetime] = []
    for record in filter(None, records):
        try:
            found = unpacked([record])
        except UnreadableRecord:
            continue
        moments += [one.opened for one in found.accesses]
        timed = (found.views, found.hits, found.chances, found.exposures)
        moments += [one.at for some in timed for one in some]
        moments += [from_microseconds(one.occurred) for one in found.events]
    return min(moments, default=None)
