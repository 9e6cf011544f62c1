"""Sums over accesses, the plain way."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from slc.clicktracker.storage.acknowledgements.model import KINDS
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.levels import furthest
from slc.clicktracker.storage.levels import TextRead
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import together
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import DECLARED
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import LISTED_LEVELS
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.storage.model import TextSums
from slc.clicktracker.storage.model import utc
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.testing.memory.ranks import Rank
from slc.clicktracker.testing.memory.tables import passed
from typing import NamedTuple


_LOG_COLUMNS = {"url": "url", "count": "count", "lastaccess": "last_access"}


class Shown(NamedTuple):
    """What one row of a list of readings is about."""

    document: Document
    reader: Reader
    generation: int
    former: bool


@dataclass(frozen=True)
class Text:
    """The accesses and downloads by one reader of versions that showed the same, and
    the time with each version."""

    words: int
    name: str
    label: str
    rank: Rank
    accesses: list[Access] = field(default_factory=list)
    engagements: list[int] = field(default_factory=list)
    downloaded: list[datetime] = field(default_factory=list)
    declared: dict[str, datetime] = field(default_factory=dict)

    def declare(self, times: Mapping[str, datetime]) -> None:
        """Keep when versions of it were acknowledged."""
        for kind, at in times.items():
            self.declared[kind] = max(at, self.declared.get(kind, at))

    @property
    def engaged(self) -> int:
        """Milliseconds, no more than have passed."""
        if not self.accesses:
            return 0
        oldest = min(access.issued for access in self.accesses)
        last = max(access.seen for access in self.accesses)
        return min(sum(self.engagements), passed(oldest, last))

    @property
    def marks(self) -> Marks:
        """What was so in any of the accesses."""
        return together(access.marks for access in self.accesses)

    def level(self, rule: EngagementRule) -> str:
        """Return one of ``LISTED_LEVELS``."""
        if not (self.accesses or self.downloaded):
            return DECLARED
        needed = rule.needed(self.words)
        read = TextRead(len(self.accesses), self.engaged, needed, self.marks)
        return furthest(read) or DOWNLOADED


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
    part = folded(storable(query.search, LIMITS["name"]))
    rows = [
        _reading(shown, texts, query)
        for shown, texts in found.items()
        if part in _shown_key(shown) or part in id_key(shown.reader)
    ]
    if query.readers:
        among = {(each.user, each.folder) for each in query.readers}
        rows = [row for row in rows if _account(row)[:2] in among]
        if query.present:
            rows = [row for row in rows if not row.former]
    current = {_account(row) for row in rows if not row.behind}
    rows = [row for row in rows if _stands(row, query, current)]
    if query.level:
        rows = [row for row in rows if row.level == query.level]
    if query.declared in KINDS:
        rows = [row for row in rows if getattr(row, query.declared) is not None]
    if query.since is not None:
        since = utc(query.since)
        rows = [row for row in rows if row.last >= since]
    if query.until is not None:
        until = utc(query.until)
        rows = [row for row in rows if row.last < until]
    rows.sort(key=_ties)
    rows.sort(key=lambda row: _sort_value(row, query.sort), reverse=query.reverse)
    start = max(query.start, 0)
    end = None if query.size is None else start + max(query.size, 0)
    readers = {
        _account(row)
        for row in rows
        if _is_counted(row.reader, row.former, query.left_out)
    }
    return ReadingPage(tuple(rows[start:end]), len(rows), len(readers))


def _stands(row: Reading, query: ReadingQuery, current: set[tuple]) -> bool:
    """Say whether it has the standing that is asked for, where ``current`` readers have
    read what is current in one of the documents."""
    if query.by_version and query.standing == "current":
        return not row.behind
    if query.by_version and query.standing == "older":
        return _account(row) not in current
    return True


def coverage(
    found: dict[Shown, list[Text]],
    served: set[Shown],
    rule: EngagementRule,
    as_one: bool,
    left_out: tuple[Reader, ...],
) -> Coverage:
    """Return how far named readers got, and those to whom something was served."""

    def who(shown: Shown) -> tuple:
        account = shown.reader.user, shown.reader.folder, shown.generation
        return account if as_one else (*account, shown.document.uid)

    named: dict[tuple, list[Text]] = {}
    for shown, texts in found.items():
        if _is_counted(shown.reader, shown.former, left_out):
            named.setdefault(who(shown), []).extend(texts)
    got = {who(s) for s in served if _is_counted(s.reader, s.former, left_out)}
    levels = [furthest_level(texts, rule) for texts in named.values()]
    opened = {one for one in named if any(t.accesses for t in named[one])}
    places = [LISTED_LEVELS.index(level) for level in levels]
    reached = {
        name: sum(place >= LISTED_LEVELS.index(name) for place in places)
        for name in LEVELS
    }
    visits = (t for s, texts in found.items() if not s.reader.user for t in texts)
    return Coverage(
        served=len(got | opened),
        **reached,
        downloaded=sum(any(t.downloaded for t in texts) for texts in named.values()),
        visits=sum(len(text.accesses) for text in visits),
        **{
            kind: sum(
                any(kind in t.declared for t in texts) for texts in named.values()
            )
            for kind in KINDS
        },
    )


def _is_counted(reader: Reader, is_former: bool, left_out: tuple[Reader, ...]) -> bool:
    """Say whether this is one of the readers where readers are counted. The former
    owner of an id is not the one who is left out."""
    others = {(each.folder, each.user) for each in left_out}
    return bool(reader.user) and (
        is_former or (reader.folder, reader.user) not in others
    )


def _reading(shown: Shown, texts: list[Text], query: ReadingQuery) -> Reading:
    """Return the sum of the accesses."""
    best = min(texts, key=lambda text: text.rank.place)
    newest = [text for text in texts if text.rank.behind == best.rank.behind]
    accesses = [access for text in texts for access in text.accesses]
    seen = max((access.seen for access in accesses), default=None)
    sums = _sums(texts)
    return Reading(
        reader=shown.reader,
        document=shown.document,
        count=sums.count,
        first=sums.first,
        last=sums.last,
        url=min((a.url for a in accesses if a.seen == seen), default=""),
        engaged=sum(text.engaged for text in newest),
        depth=max([0, *(a.depth for text in newest for a in text.accesses)]),
        cached=sums.cached,
        former=shown.former,
        level=furthest_level(newest, query.rule),
        marks=together(text.marks for text in newest),
        behind=best.rank.behind,
        text=best.name if query.by_version else "",
        label=best.label if query.by_version else "",
        downloaded=sums.downloaded,
        generation=shown.generation,
        of_text=_sums(newest) if query.by_version else None,
        **{
            kind: max(
                (t.declared[kind] for t in newest if kind in t.declared), default=None
            )
            for kind in KINDS
        },
    )


def _sums(texts: list[Text]) -> TextSums:
    accesses = [access for text in texts for access in text.accesses]
    downloaded = [moment for text in texts for moment in text.downloaded]
    declared = [at for text in texts for at in text.declared.values()]
    return TextSums(
        texts=len(texts),
        count=len(accesses),
        cached=sum(1 for access in accesses if access.origin != "page"),
        first=min([*(access.opened for access in accesses), *downloaded] or declared),
        last=max([*(access.seen for access in accesses), *downloaded] or declared),
        downloaded=max(downloaded, default=None),
    )


def furthest_level(texts: list[Text], rule: EngagementRule) -> str:
    return max((text.level(rule) for text in texts), key=LISTED_LEVELS.index)


def reached_with(texts: list[Text], rule: EngagementRule) -> str:
    """Return what was reached, as in ``LevelNumbers``: whatever was acknowledged is at that
    and at no level."""
    for kind in KINDS:
        if any(kind in text.declared for text in texts):
            return kind
    return furthest_level(texts, rule)


def _sort_value(row: Reading, key: str) -> object:
    if key not in SORT_KEYS or key == "name":
        return _shown_key(row)
    value = getattr(row, key)
    return LISTED_LEVELS.index(value) if key == "level" else value


def _account(row: Reading) -> tuple[str, str, int]:
    return row.reader.user, row.reader.folder, row.generation


def _ties(row: Reading) -> tuple:
    reader = row.reader
    return (_shown_key(row), id_key(reader), *_account(row), row.document.uid)


def _shown_key(row: Reading | Shown) -> str:
    """Return what a reader is sorted and found by: who is former is shown by id."""
    return id_key(row.reader) if row.former else name_key(row.reader)
