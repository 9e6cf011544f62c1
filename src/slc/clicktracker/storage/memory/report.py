"""Sums over accesses, the plain way."""

from collections.abc import Iterable
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.model import microseconds
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


class Text(NamedTuple):
    """The accesses by one reader of versions that showed the same."""

    words: int
    name: str
    label: str
    behind: int
    accesses: list[Access]

    @property
    def engaged(self) -> int:
        """Milliseconds, no more than have passed."""
        oldest = min(access.issued for access in self.accesses)
        last = max(access.seen for access in self.accesses)
        passed = max(microseconds(last) - microseconds(oldest), 0) // 1000
        return min(sum(access.engaged for access in self.accesses), passed)

    def level(self, rule: EngagementRule) -> str:
        """Return one of ``LEVELS``."""
        if self.engaged < rule.needed(self.words):
            return "opened"
        ended = any(access.ended for access in self.accesses)
        return "finished" if ended else "engaged"


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


def page(found: dict[Shown, list[Text]], query: ReadingQuery) -> ReadingPage:
    """Return the page of a query, for the texts by what is shown."""
    part = storable(query.search, LIMITS["name"]).casefold()
    rows = [
        (shown.generation, _reading(shown, texts, query))
        for shown, texts in found.items()
        if part in name_key(shown.reader) or part in id_key(shown.reader)
    ]
    if query.current and query.standing in ("current", "older"):
        older = query.standing == "older"
        rows = [row for row in rows if bool(row[1].behind) is older]
    rows.sort(key=_ties)
    rows.sort(key=lambda row: _sort_value(row[1], query.sort), reverse=query.reverse)
    start = max(query.start, 0)
    end = None if query.size is None else start + max(query.size, 0)
    return ReadingPage(tuple(row for _generation, row in rows[start:end]), len(rows))


def coverage(
    found: dict[Shown, list[Text]], served: set[Shown], rule: EngagementRule
) -> Coverage:
    """Return how far named readers got, and those to whom something was served."""
    named = {shown: texts for shown, texts in found.items() if shown.reader.user}
    furthest = [_level(texts, rule) for texts in named.values()]
    return Coverage(
        served=len(served | named.keys()),
        opened=len(furthest),
        engaged=sum(level != "opened" for level in furthest),
        finished=furthest.count("finished"),
    )


def _reading(shown: Shown, texts: list[Text], query: ReadingQuery) -> Reading:
    """Return the sum of the accesses."""
    behind = min(text.behind for text in texts)
    newest = [text for text in texts if text.behind == behind]
    accesses = [access for text in texts for access in text.accesses]
    latest = max(access.seen for access in accesses)
    return Reading(
        reader=shown.reader,
        document=shown.document,
        count=len(accesses),
        first=min(access.opened for access in accesses),
        last=latest,
        url=min(access.url for access in accesses if access.seen == latest),
        engaged=sum(text.engaged for text in newest),
        depth=max(access.depth for text in newest for access in text.accesses),
        cached=sum(1 for access in accesses if access.origin != "page"),
        former=shown.former,
        level=_level(newest, query.rule),
        ended=any(access.ended for text in newest for access in text.accesses),
        printed=any(access.printed for text in newest for access in text.accesses),
        behind=behind,
        text=newest[0].name if query.current else "",
        label=newest[0].label if query.current else "",
    )


def _level(texts: list[Text], rule: EngagementRule) -> str:
    return max((text.level(rule) for text in texts), key=LEVELS.index)


def _sort_value(row: Reading, key: str) -> object:
    if key not in SORT_KEYS or key == "name":
        return name_key(row.reader)
    value = getattr(row, key)
    return LEVELS.index(value) if key == "level" else value


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
