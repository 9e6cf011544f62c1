"""Sums over accesses, the plain way."""

from collections.abc import Iterable
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from typing import NamedTuple


_LOG_COLUMNS = {"url": "url", "count": "count", "lastaccess": "last_access"}


class Shown(NamedTuple):
    """What one row of a list of readings is about."""

    document: Document
    reader: Reader
    generation: int
    former: bool


def log(
    accesses: Iterable[tuple[str, Access]], order_by: str | None, reverse: bool
) -> list[LogRow]:
    """Return the rows of ``getLog`` for (user, access)."""
    found: dict[tuple[str, str], list[Access]] = {}
    for user, access in accesses:
        found.setdefault((user, access.url), []).append(access)
    rows = [
        LogRow(user, len(group), max(access.seen for access in group), url)
        for (user, url), group in found.items()
    ]
    rows.sort(key=lambda row: (row.user, row.url))
    column = _LOG_COLUMNS.get(order_by or "", "user")
    rows.sort(key=lambda row: getattr(row, column), reverse=reverse)
    return rows


def page(found: dict[Shown, list[Access]], query: ReadingQuery) -> ReadingPage:
    """Return the page of a query, for the accesses by what is shown."""
    part = storable(query.search, LIMITS["name"]).casefold()
    rows = [
        (shown.generation, reading(shown, accesses))
        for shown, accesses in found.items()
        if part in name_key(shown.reader) or part in id_key(shown.reader)
    ]
    rows.sort(key=_ties)
    rows.sort(key=lambda row: _sort_value(row[1], query.sort), reverse=query.reverse)
    start = max(query.start, 0)
    end = None if query.size is None else start + max(query.size, 0)
    return ReadingPage(tuple(row for _generation, row in rows[start:end]), len(rows))


def _sort_value(row: Reading, key: str) -> object:
    if key in SORT_KEYS and key != "name":
        return getattr(row, key)
    return name_key(row.reader)


def reading(shown: Shown, accesses: list[Access]) -> Reading:
    """Return the sum of the accesses."""
    latest = max(access.seen for access in accesses)
    return Reading(
        reader=shown.reader,
        document=shown.document,
        count=len(accesses),
        first=min(access.opened for access in accesses),
        last=latest,
        url=min(access.url for access in accesses if access.seen == latest),
        engaged=sum(access.engaged for access in accesses),
        depth=max(access.depth for access in accesses),
        cached=sum(1 for access in accesses if access.origin != "page"),
        former=shown.former,
    )


def _sort_value(row: Reading, key: str) -> object:
    if key in SORT_KEYS and key != "name":
        return getattr(row, key)
    return name_key(row.reader)


def _ties(row: tuple[int, Reading]) -> tuple:
    generation, found = row
    reader = found.reader
    return (
        name_key(reader),
        id_key(reader),
        reader.user,
        reader.folder,
        generation,
        found.document.uid,
    )
