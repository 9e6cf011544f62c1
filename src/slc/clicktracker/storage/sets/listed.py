"""``Listed``: a list of readings, counted and put in order by sets of readers."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import cached_property
from functools import reduce
from itertools import groupby
from itertools import islice
from operator import itemgetter
from operator import or_
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.sets.bits import counts
from slc.clicktracker.storage.sets.bits import EVERYTHING
from slc.clicktracker.storage.sets.bits import numbers_in
from slc.clicktracker.storage.sets.document_sets import DocumentSets
from slc.clicktracker.storage.sets.document_sets import Levels
from slc.clicktracker.storage.sets.document_values import DocumentValues
from slc.clicktracker.storage.sets.document_values import NO_VALUES
from slc.clicktracker.storage.sets.document_values import NUMBERS
from slc.clicktracker.storage.sets.ordered import Column
from slc.clicktracker.storage.sets.ordered import Ordered
from slc.clicktracker.storage.sets.ordered import Rows
from slc.clicktracker.storage.sets.ordered import Same
from slc.clicktracker.storage.sets.people import Account
from slc.clicktracker.storage.sets.people import People
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from typing import NamedTuple


#: What a list is put in order by that values are needed for.
BY_VALUE = (*NUMBERS, "url", "engaged")

#: So few are put in order one by one.
_FEW = 100


class ListedReading(NamedTuple):
    """A reading on a page. The newest text that was read has its ``place`` among
    ``Listed.ranks``, and ``behind`` is as in a ``Reading``; 0 where neither matters."""

    account: Account
    uid: str
    place: int = 0
    behind: int = 0


class Listed:
    """The readings of ``documents``, by UID, that match a query, but for its times.

    ``values`` of the documents are only needed for a query that is ``BY_VALUE``.
    """

    def __init__(
        self,
        people: People,
        documents: Mapping[str, DocumentSets],
        values: Mapping[str, DocumentValues],
        query: ReadingQuery,
    ) -> None:
        self._people = people
        self._documents = dict(sorted(documents.items()))
        self._values = values
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
        """The readings on the page that is asked for."""
        start = max(self._query.start, 0)
        size = self._query.size
        missing = self.total if size is None else max(size, 0)
        found = islice(self._pairs(start), missing)
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

    def _pairs(self, start: int) -> Iterator[tuple[Account, str]]:
        """Yield readings in order, from ``start`` on."""
        people, query = self._people, self._query
        if query.sort in BY_VALUE:
            for rows, before in self._by_value(start):
                yield from self._by_name(rows, before)
        elif query.sort == "level":
            for rows in self._by_level():
                yield from self._by_name(rows, start)
                start = max(start - _total(rows), 0)
        else:
            accounts = people.by_name_descending if query.reverse else people.by_name
            yield from _in_order(self._rows, accounts, people.size, start)

    def _by_name(self, rows: Rows, start: int) -> Iterator[tuple[Account, str]]:
        people = self._people
        total = _total(rows)
        if start >= total:
            return
        if total > _FEW:
            yield from _in_order(rows, people.by_name, people.size, start)
        else:
            found = [
                (people.accounts[place], uid)
                for uid, readers in rows
                for place in numbers_in(readers)
            ]
            yield from sorted(found, key=lambda pair: (pair[0].order, pair[1]))[start:]

    def _by_level(self) -> Iterator[Rows]:
        """Yield the rows of each level."""
        places = range(len(READING_LEVELS))
        for place in reversed(places) if self._query.reverse else places:
            yield [(uid, its[place]) for uid, its in self._levels.items() if its[place]]

    def _by_value(self, start: int) -> Iterator[Same]:
        """Yield rows with the same value, from those that ``start`` is among."""
        sort = self._query.sort
        ordered = Ordered(map(self._column, self._rows), self._query.reverse)
        return ordered.by_url(start) if sort == "url" else ordered.by_number(start)

    def _column(self, row: tuple[str, int]) -> Column:
        uid, readers = row
        sort = self._query.sort
        values = self._values.get(uid, NO_VALUES)
        if sort == "engaged":
            digits = values.engaged(self._groups(uid))
        else:
            digits = values.numbers.get(sort, b"")
        return Column.of(uid, values, readers, digits)

    def _groups(self, uid: str) -> Iterator[list[str]]:
        """Yield the names of texts that count together, the newest ones first."""
        if not self._query.by_version:
            yield [text.name for text in self._documents[uid].texts]
            return
        for _behind, its in groupby(self.ranks(uid), itemgetter(1)):
            yield [name for name, _behind in its]

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
