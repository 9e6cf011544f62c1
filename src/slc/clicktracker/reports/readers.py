"""Who read this content: what a report asks for, whatever storage answers it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from operator import attrgetter
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IReadingFigures
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.reports.place import Place
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.foreign_storage import call_foreign
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.history import ReaderHistory
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.progress import Expectation
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.storage.progress import ProgressQuery


#: Rows of a folder whose versions are looked up after the page is cut.
_LARGEST_PAGE = 100


class WholeFolderOnly(Exception):
    """The storage can't leave out what the viewer may not see in a folder."""


def knows_evidence() -> bool:
    """Does the storage know more than who opened what, when and how often?"""
    return storage_with(IReadingLists) is not None


def coverage_of(
    place: Place, current: tuple[str, ...], left_out: tuple[Reader, ...]
) -> Coverage | None:
    """Return how many readers of a place there are at each level: of a single document
    each once, in however many languages, of a folder once for each item.

    ``current`` and ``left_out`` are as in a ``ReadingQuery``. None where the storage doesn't know. Raises
    ``StorageError`` when it can't answer.
    """
    storage = storage_with(IReadingFigures)
    if storage is None:
        return None
    return storage.coverage(
        place.uids,
        engagement_rule(),
        current,
        as_one=place.is_single,
        left_out=left_out,
    )


def absent_of(place: Place, query: AbsenceQuery) -> AbsentPage:
    """Return a page of those who are expected and have opened nothing of a document,
    nor of its translations where reading any counts.

    ``query`` is without documents. Raises ``StorageError`` when the storage can't
    answer; it has to provide ``IReadingLists``.
    """
    return site_storage().absent(replace(query, documents=place.standing.documents))


def reached_by(
    place: Place, current: tuple[str, ...], members: tuple[Reader, ...]
) -> LevelNumbers | None:
    """Return how far those members have got who have opened or downloaded a text that
    counts.

    None where the storage doesn't know. Raises ``StorageError`` when it can't answer.
    """
    storage = storage_with(IAudienceProgress)
    if storage is None:
        return None
    item = Expectation(place.standing.documents, current, 0)
    query = ProgressQuery((item,), (members,))
    (reached,) = storage.levels(query, engagement_rule())
    return reached


def met_by(
    place: Place,
    current: tuple[str, ...],
    members: tuple[Reader, ...],
    asks_for: str,
) -> int:
    """Return how many members have read a text that counts, as far as is asked for.

    The storage has to provide ``IAudienceProgress``. Raises ``StorageError`` when it can't
    answer.
    """
    item = Expectation(place.standing.documents, current, 0, asks_for)
    query = ProgressQuery((item,), (members,), engagement_rule())
    (met,) = site_storage().progress(query)
    return met


def missing_among(
    place: Place,
    current: tuple[str, ...],
    members: tuple[Reader, ...],
    asks_for: str,
) -> tuple[Reader, ...] | None:
    """Return who of some members has not, in their order; all of them where nothing is the
    current text, None where the storage doesn't know.

    Raises ``StorageError`` when it can't answer.
    """
    storage = storage_with(IAudienceProgress)
    if storage is None:
        return None
    if not current:
        return members
    item = Expectation(place.standing.documents, current, 0, asks_for)
    query = ProgressQuery((item,), (members,), engagement_rule())
    (missing,) = storage.lacking(query)
    return missing


def first_readings_of(
    place: Place, current: tuple[str, ...], left_out: tuple[Reader, ...]
) -> tuple[tuple[date, int], ...]:
    """Return how many readers came on which day (UTC), none where nobody knows.

    They are counted as by ``coverage_of``. Raises ``StorageError`` when the storage can't answer.
    """
    storage = storage_with(IReadingFigures)
    if storage is None:
        return ()
    return storage.first_readings(
        place.uids, current, as_one=place.is_single, left_out=left_out
    )


def depths_of(
    place: Place, current: tuple[str, ...], left_out: tuple[Reader, ...]
) -> tuple[tuple[int, int], ...]:
    """Return how deep the readers of a document itself got: (percent, readers),
    none where nobody knows.

    Raises ``StorageError`` when the storage can't answer.
    """
    storage = storage_with(IReadingFigures)
    if storage is None:
        return ()
    return storage.depths((place.uid,), current, left_out=left_out)


def history_of(place: Place, query: HistoryQuery) -> ReaderHistory | None:
    """Return what is known of a reader with a place, None for somebody unknown there.

    ``query`` is without documents and rule. Raises the same as ``absent_of``.
    """
    asked = replace(query, documents=place.uids, rule=engagement_rule())
    return site_storage().history(asked)


def readings_of(place: Place, query: ReadingQuery) -> ReadingPage:
    """Return a page of the readings of a place, for ``query`` without documents.

    Raises ``StorageError`` when the storage can't answer, ``WholeFolderOnly``
    when it could only answer for more than the current user may see.
    """
    storage = storage_with(IReadingLists)
    if storage is not None:
        asked = replace(query, documents=place.uids, rule=engagement_rule())
        if place.is_single or not (query.by_evidence or query.size > _LARGEST_PAGE):
            page = storage.readings(asked)
            return page if place.is_single else _with_versions(place, asked, page)
        return storage.readings(_by_version(place, asked))
    if not place.is_complete:
        raise WholeFolderOnly
    return _page_of_log(site_storage(), place, query)


def each_reading_of(place: Place, query: ReadingQuery) -> Iterator[Reading]:
    """Yield all the readings of a place, as ``readings_of`` finds them.

    In constant memory where the storage provides ``IReadingLists``. Raises the same,
    at any time; to be exhausted or closed.
    """
    storage = storage_with(IReadingLists)
    if storage is None:
        yield from readings_of(place, replace(query, start=0, size=None)).rows
        return
    asked = replace(query, documents=place.uids, rule=engagement_rule())
    if not place.is_single:
        asked = _by_version(place, asked)
    with closing(storage.each_reading(asked)) as readings:
        yield from readings


def _by_version(place: Place, query: ReadingQuery) -> ReadingQuery:
    """Return a query about items in a folder that tells their versions apart."""
    texts = place.texts_of(query.documents)
    pairs = [(uid, text) for uid, its in texts.items() for text in its or ()]
    return replace(query, current_of=tuple(pairs))


def _with_versions(place: Place, query: ReadingQuery, page: ReadingPage) -> ReadingPage:
    """Return a page of a folder with the versions of its rows told apart.

    So only of what is on the page it has to be known what it says now.
    """
    if not page.rows:
        return page
    about = ReadingQuery(
        documents=tuple({row.document.uid: None for row in page.rows}),
        readers=tuple({row.reader: None for row in page.rows}),
        rule=query.rule,
        size=None,
    )
    found = site_storage().readings(_by_version(place, about)).rows
    told = {_who_and_what(row): row for row in found}
    rows = tuple(told.get(_who_and_what(row), row) for row in page.rows)
    return replace(page, rows=rows)


def _who_and_what(row: Reading) -> tuple[str, str, str, int]:
    return row.document.uid, row.reader.folder, row.reader.user, row.generation


_KEYS = {
    "name": lambda reading: folded(reading.reader.user),
    "count": attrgetter("count"),
    "first": attrgetter("last"),
    "last": attrgetter("last"),
    "url": attrgetter("url"),
}


def _page_of_log(
    storage: IClickStorage, place: Place, query: ReadingQuery
) -> ReadingPage:
    """The same from a storage of two methods: it knows no names, no first time."""
    search = folded(query.search)
    rows = call_foreign(lambda: [LogRow(*row) for row in storage.getLog(place.path)])
    readings = [_reading(row) for row in rows if search in folded(row.user)]
    key = _KEYS.get(query.sort, _KEYS["name"])
    readings.sort(key=lambda reading: (reading.reader.user, reading.url))
    readings.sort(key=key, reverse=query.reverse)
    end = None if query.size is None else query.start + query.size
    others = {"", *(reader.user for reader in query.left_out if not reader.folder)}
    readers = {reading.reader.user for reading in readings} - others
    return ReadingPage(tuple(readings[query.start : end]), len(readings), len(readers))


def _reading(row: LogRow) -> Reading:
    return Reading(
        reader=Reader(row.user),
        document=Document("", row.url),
        count=row.count,
        first=None,
        last=row.last_access,
        url=row.url,
    )
