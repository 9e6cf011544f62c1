"""What was known of the readers of documents at a moment in the past."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker.storage.levels import furthest
from slc.clicktracker.storage.levels import TextRead
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import together
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Normalised
from slc.clicktracker.storage.model import Reader


@dataclass(frozen=True)
class PastReading(Normalised):
    """What was known by then of one reader with one text of a document.

    ``uid`` is that of the document, ``text`` what the text is known by: its digest, or its
    label where it has none; ``label`` is the last one that it has had. ``level`` is one of
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


@dataclass(frozen=True)
class TextOfReader:
    """All that is known today of one reader with one text.

    ``accesses`` are by what tells versions apart. ``downloads`` are the first and the last
    time of each version. ``count`` is how many accesses were counted, ``words`` how long
    the text is, ``retired`` when the account was deleted.
    """

    uid: str
    text: str
    label: str
    words: int
    reader: Reader
    generation: int
    retired: datetime | None
    count: int
    accesses: tuple[tuple[object, Access], ...]
    downloads: tuple[datetime, ...]


def past_readings(
    known: Iterable[TextOfReader], moment: datetime, rule: EngagementRule
) -> PastReadings:
    """Return what was known at a moment, of all that is known today."""
    texts = list(known)
    if any(len(text.accesses) != text.count for text in texts):
        return PastReadings(complete=False)
    found = (_reading_at(text, moment, rule) for text in texts)
    readings = [each for each in found if each is not None]
    return PastReadings(tuple(sorted(readings, key=_order)))


def _order(reading: PastReading) -> tuple:
    who = reading.reader
    return who.user, who.folder, reading.generation, reading.uid, reading.text


def _reading_at(
    text: TextOfReader, moment: datetime, rule: EngagementRule
) -> PastReading | None:
    """Return it as it was, None where nobody had opened or downloaded it by then.

    What a page view that was still going on reported of itself later is not known of that
    moment: it counts as opened, and no more.
    """
    opened = [each for each in text.accesses if each[1].opened <= moment]
    seen = [each for each in opened if each[1].seen <= moment]
    downloads = [at for at in text.downloads if at <= moment]
    accesses = [access for _version, access in opened]
    if not (accesses or downloads):
        return None
    times = [
        at if at <= moment else each.opened for each in accesses for at in [each.seen]
    ]
    engaged = _engaged(seen)
    marks = together(access.marks for _version, access in seen)
    read = TextRead(len(accesses), engaged, rule.needed(text.words), Marks(marks))
    return PastReading(
        uid=text.uid,
        text=text.text,
        label=text.label,
        reader=text.reader,
        level=furthest(read) or DOWNLOADED,
        count=len(accesses),
        first=min([*(access.opened for access in accesses), *downloads]),
        last=max([*times, *downloads]),
        engaged=engaged,
        downloaded=max(downloads, default=None),
        generation=text.generation,
        former=text.retired is not None and text.retired <= moment,
    )


def _engaged(accesses: list[tuple[object, Access]]) -> int:
    """Return milliseconds, bounded as those of a ``Reading``."""
    tickets: dict[tuple[object, datetime], list[Access]] = {}
    for version, access in accesses:
        tickets.setdefault((version, access.issued), []).append(access)
    whole = sum(
        min(
            sum(view.engaged for view in views),
            _passed(issued, max(view.seen for view in views)),
        )
        for (_version, issued), views in tickets.items()
    )
    if not whole:
        return 0
    oldest = min(issued for _version, issued in tickets)
    return min(whole, _passed(oldest, max(access.seen for _v, access in accesses)))


def _passed(since: datetime, until: datetime) -> int:
    return max(microseconds(until) - microseconds(since), 0) // 1000
