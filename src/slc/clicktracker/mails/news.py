"""``News``: what has happened in a place since a moment."""

from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker.interfaces import IReadDocuments
from slc.clicktracker.reports.place import Place
from slc.clicktracker.reports.progress import activity_of
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.readers import readings_of
from slc.clicktracker.reports.report import Report
from slc.clicktracker.reports.report import report_of
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import utc
from slc.clicktracker.tracking.tracked import TrackedDocument
from typing import Any


@dataclass(frozen=True, eq=False)
class News:
    """Documents that are ``new``, those that have ``changed``, and how many ``readers`` have
    opened or downloaded something, each of them once. To count readers takes long for a
    large place; of such it is known how many ``times`` pages were opened instead."""

    new: tuple[TrackedDocument, ...] = ()
    changed: tuple[TrackedDocument, ...] = ()
    readers: int = 0
    times: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.readers or self.times)


def news_of(
    place: Any, expected: tuple[Expected, ...], since: datetime, now: datetime
) -> News:
    """Return what is new. Raises ``StorageError``; the storage has to provide
    ``IReadingLists``."""
    new = [each for each in expected if _has_come(each, since, now)]
    known = {each.document.uid for each in new}
    edited = [
        each
        for each in expected
        if each.document.uid not in known
        and _is_between(each.document.item.known("modified"), since, now)
    ]
    report = report_of(Place(place))
    is_large = report.is_too_large_for_chart
    return News(
        _by_title(new),
        _by_title(_of_new_text(edited, since)),
        readers=0 if is_large else _readers(report, since),
        times=_times(expected, since, now) if is_large else 0,
    )


def _readers(report: Report, since: datetime) -> int:
    # Whoever works on it is not counted, as in the report.
    query = ReadingQuery((), size=1, since=since, left_out=report.left_out)
    return readings_of(report.place, query).readers


def _times(expected: tuple[Expected, ...], since: datetime, now: datetime) -> int:
    """Return how often pages were opened on the days (UTC) from one moment to another."""
    documents = (each.document for each in expected)
    activity = activity_of(documents, utc(since).date(), utc(now).date())
    return 0 if activity is None else sum(number for _day, number in activity.by_day)


def _has_come(expected: Expected, since: datetime, now: datetime) -> bool:
    """Was it made since then, or published?"""
    item = expected.document.item
    return any(
        _is_between(item.known(name), since, now) for name in ("created", "effective")
    )


def _is_between(moment: Any, since: datetime, now: datetime) -> bool:
    return moment is not None and since < utc(moment.asdatetime()) <= now


def _of_new_text(edited: list[Expected], since: datetime) -> list[Expected]:
    """Leave out what says the same as before: what was served before then still counts."""
    storage = storage_with(IReadDocuments)
    asked = tuple(each.document.uid for each in edited)
    if storage is None or not asked:
        return edited
    old = {
        (text.uid, text.text) for text in storage.texts(asked) if text.first <= since
    }
    return [each for each in edited if not _was_served(each, old)]


def _was_served(expected: Expected, old: set[tuple[str, str]]) -> bool:
    if expected.standing is None:
        return False
    uid = expected.document.uid
    return any((uid, text) in old for text in expected.standing.current)


def _by_title(found: list[Expected]) -> tuple[TrackedDocument, ...]:
    documents = [each.document for each in found]
    return tuple(
        sorted(documents, key=lambda each: (folded(each.item.title), each.uid))
    )
