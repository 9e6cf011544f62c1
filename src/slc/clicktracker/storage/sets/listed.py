"""``Listed``: a list of readings, counted and put in order by sets of readers."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cached_property
from functools import reduce
from itertools import islice
from operator import or_
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.sets.bits import counts
from slc.clicktracker.storage.sets.bits import EVERYTHING
from slc.clicktracker.storage.sets.document_sets import DocumentSets
from slc.clicktracker.storage.sets.document_sets import Levels
from slc.clicktracker.storage.sets.people import Account
from slc.clicktracker.storage.sets.people import People
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from typing import NamedTuple


#: What a list can be put in order by here.
ORDERS = ("name", "level")

#: UIDs of documents, in ascending order, each with a set of readers.
Rows = Sequence[tuple[str, int]]


class ListedReading(NamedTuple):
    """A reading on a page. The newest text that was read has its ``place`` among
    ``Listed.ranks``, and ``behind`` is as in a ``Reading``; 0 where neither matters."""

    account: Account
    uid: str
    place: int = 0
    behind: int = 0


class Listed:
    """The readings of ``documents``, by UID, that match a query, but for its times."""

    def __init__(
        self, people: People, documents: Mapping[str, DocumentSets], query: ReadingQuery
    ) -> None:
        self._people = people
        self._documents = dict(sorted(documents.items()))
        self._query = query
        self._current = _current_texts(query)

    @cached_property
    def total(self) -> int:
        """How many readings there are."""
        return _total(self._rows)

    @property
    def readers(self) -> int:
        """How many people these are of, each once."""
        left_out = self._people.present(self._query.left_out)
        everybody = reduce(or_, (readers for _uid, readers in self._rows), 0)
        return (everybody & ~(self._people.visitors | left_out)).bit_count()

    @property
    def page(self) -> list[ListedReading]:
        """The readings on the page that is asked for, in one of ``ORDERS``."""
        start = max(self._query.start, 0)
        size = self._query.size
        missing = self.total if size is None else max(size, 0)
        found: list[tuple[Account, str]] = []
        for rows, accounts in self._parts():
            total = _total(rows)
            if start < total and missing > len(found):
                pairs = _in_order(rows, accounts, self._people.size, start)
                found += islice(pairs, missing - len(found))
            start = max(start - total, 0)
        if not self._query.by_version:
            return [ListedReading(account, uid) for account, uid in found]
        return [self._with_newest(account, uid) for account, uid in found]

    def ranks(self, uid: str) -> list[tuple[str, int]]:
        """Return the names of a document's texts, each with how many of those that aren't
        current are newer: those that are current first, and then the newest."""
        ranked = self._documents[uid].ranked(self._current(uid))
        return [(text.name, behind) for text, behind in ranked]

    def _with_newest(self, account: Account, uid: str) -> ListedReading:
        ranked = self._documents[uid].ranked(self._current(uid))
        place, behind = next(
            (place, behind)
            for place, (text, behind) in enumerate(ranked)
            if text.sets.read >> account.place & 1
        )
        return ListedReading(account, uid, place, behind)

    @cached_property
    def _levels(self) -> dict[str, Levels]:
        """Readers by document, of those that match, and by what they reached."""
        query = self._query
        standing = query.standing if query.by_version else ""
        up_to_date = {
            uid: sets.of_texts(self._current(uid)).read if standing else EVERYTHING
            for uid, sets in self._documents.items()
        }
        among = _among(self._people, query)
        if standing == "older":
            # Nobody is behind who has read the current text of any of them.
            among &= ~reduce(or_, up_to_date.values(), 0)
            up_to_date = dict.fromkeys(up_to_date, EVERYTHING)
        return {
            uid: _narrowed(
                sets.newest_levels(self._current(uid))
                if query.by_version
                else sets.levels,
                among & up_to_date[uid],
                query.level,
            )
            for uid, sets in self._documents.items()
        }

    def _parts(self) -> Iterator[tuple[Rows, Iterable[Account]]]:
        """Yield the list in parts that follow one another, each by name."""
        people, query = self._people, self._query
        if query.sort != "level":
            accounts = people.by_name_descending if query.reverse else people.by_name
            yield self._rows, accounts
            return
        places = range(len(READING_LEVELS))
        for place in reversed(places) if query.reverse else places:
            rows = [
                (uid, its[place]) for uid, its in self._levels.items() if its[place]
            ]
            yield rows, people.by_name

    @cached_property
    def _rows(self) -> Rows:
        found = ((uid, reduce(or_, its)) for uid, its in self._levels.items())
        return [(uid, readers) for uid, readers in found if readers]


def _current_texts(query: ReadingQuery) -> Callable[[str], Collection[str]]:
    """Return what tells the current texts of a document by its UID."""
    if not query.current_of:
        return lambda uid: query.current
    found: dict[str, set[str]] = {}
    for uid, text in query.current_of:
        found.setdefault(uid, set()).add(text)
    return lambda uid: found.get(uid, ())


def _among(people: People, query: ReadingQuery) -> int:
    """Return the readers that a query is about."""
    found = EVERYTHING
    if search := folded(storable(query.search, LIMITS["name"])):
        found &= people.found(search)
    if query.readers:
        found &= people.ever(query.readers)
    return found


def _narrowed(levels: Levels, among: int, level: str) -> Levels:
    """Return the readers who are ``among`` some, at one level alone if there is a name."""
    return Levels(
        *(
            readers & among if level in ("", name) else 0
            for name, readers in zip(READING_LEVELS, levels, strict=True)
        )
    )


def _total(rows: Rows) -> int:
    return sum(readers.bit_count() for _uid, readers in rows)


def _in_order(
    rows: Rows, accounts: Iterable[Account], size: int, start: int
) -> Iterator[tuple[Account, str]]:
    """Yield readings by account and then by UID, those from ``start`` on; only where
    they begin it is looked up which documents these are of."""
    numbers = counts(((readers, 1) for _uid, readers in rows), size)
    for account in accounts:
        number = numbers[account.place]
        if start < number:
            documents = (uid for uid, its in rows if its >> account.place & 1)
            yield from ((account, uid) for uid in islice(documents, start, None))
        start = max(start - number, 0)
