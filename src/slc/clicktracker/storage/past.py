"""What was known of the readers of documents at a moment in the past."""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from slc.clicktracker.storage.levels import furthest
from slc.clicktracker.storage.levels import TextRead
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Normalised
from slc.clicktracker.storage.model import Reader
from typing import NamedTuple


@dataclass(frozen=True)
class PastReading(Normalised):
    """What was known by then of one reader with one text of a document.

    ``uid`` is that of the document, ``text`` what the text is known by: its digest, or its
    label where it has none; ``label`` is the first one that it has had. ``level`` is one of
    ``storage.model.READING_LEVELS``; ``engaged`` is in milliseconds, bounded as in a
    ``Reading``. ``first`` and ``last`` count downloads as well; ``downloaded`` is the last
    download, None if there was none. ``former``: the account was deleted by then.
    """

    uid: str
    text: str
    label: str
    reader: Reader
    level: str
    count: int
    first: datetime
    last: datetime
    engaged: int = 0
    downloaded: datetime | None = None
    generation: int = 1
    former: bool = False


@dataclass(frozen=True)
class PastReadings:
    """All of some documents at a moment, sorted by reader, document and text.

    Where not ``complete``, accesses were dropped that would be needed, or never known one
    by one, and there is nothing in it.
    """

    readings: tuple[PastReading, ...] = ()
    complete: bool = True


class SeenAccess(NamedTuple):
    """What counts here of an access, in numbers, as there are very many: times are in
    microseconds since 1970, ``engaged`` is in milliseconds. ``version`` is whatever tells
    versions apart."""

    version: object
    issued: int
    opened: int
    seen: int
    engaged: int
    marks: int


class TextOfReader(NamedTuple):
    """All that is known today of one reader with one text, in normal values.

    ``downloads`` are the first and the last time of each version. ``count`` is how many
    accesses were counted, ``words`` how long the text is, ``retired`` when the account was
    deleted. Times are in microseconds since 1970.
    """

    uid: str
    text: str
    label: str
    words: int
    reader: Reader
    generation: int
    retired: int | None
    count: int
    accesses: Sequence[SeenAccess]
    downloads: Sequence[int]


def past_readings(
    known: Iterable[TextOfReader], moment: datetime, rule: EngagementRule
) -> PastReadings:
    """Return what was known at a moment, of all that is known today."""
    at, needed = microseconds(moment), cache(rule.needed)
    readings = []
    for text in known:
        if len(text.accesses) != text.count:
            return PastReadings(complete=False)
        found = _reading_at(text, at, needed(text.words))
        if found is not None:
            readings.append(found)
    return PastReadings(tuple(sorted(readings, key=_order)))


def _order(reading: PastReading) -> tuple:
    who = reading.reader
    return who.user, who.folder, reading.generation, reading.uid, reading.text


def _reading_at(text: TextOfReader, at: int, needed: int) -> PastReading | None:
    """Return it as it was, None where nobody had opened or downloaded it by then.

    What a page view that was still going on reported of itself later is not known of that
    moment: it counts as opened, and no more.
    """
    count = marks = 0
    times = [each for each in text.downloads if each <= at]
    downloaded = max(times, default=None)
    tickets: dict[tuple[object, int], tuple[int, int]] = {}
    # In one turn, as there are very many.
    for version, issued, opened, seen, engaged, said in text.accesses:
        if opened > at:
            continue
        count += 1
        times.append(opened)
        if seen <= at:
            times.append(seen)
            marks |= said
            before, until = tickets.get((version, issued), (0, seen))
            tickets[version, issued] = before + engaged, max(until, seen)
    if not times:
        return None
    engaged = _engaged(tickets)
    read = TextRead(count, engaged, needed, _marks(marks))
    # Everything in it is normal, and it takes half of the time to look.
    return PastReading.of_normal(
        {
            "uid": text.uid,
            "text": text.text,
            "label": text.label,
            "reader": text.reader,
            "level": furthest(read) or DOWNLOADED,
            "count": count,
            "first": from_microseconds(min(times)),
            "last": from_microseconds(max(times)),
            "engaged": engaged,
            "downloaded": None if downloaded is None else from_microseconds(downloaded),
            "generation": text.generation,
            "former": text.retired is not None and text.retired <= at,
        }
    )


#: Returns the same object for the same marks.
_marks = cache(Marks)


def _engaged(tickets: dict[tuple[object, int], tuple[int, int]]) -> int:
    """Return milliseconds, bounded as those of a ``Reading``, from how many there are of each
    ticket, and until when it was seen."""
    whole = sum(
        min(engaged, _passed(issued, seen))
        for (_version, issued), (engaged, seen) in tickets.items()
    )
    if not whole:
        return 0
    oldest = min(issued for _version, issued in tickets)
    return min(whole, _passed(oldest, max(seen for _engaged, seen in tickets.values())))


def _passed(since: int, until: int) -> int:
    return max(until - since, 0) // 1000
