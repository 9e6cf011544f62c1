"""``Listed``: a list of readings, counted and put in order by sets of readers."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import cached_property
from functools import reduce
from itertools import compress
from itertools import groupby
from itertools import islice
from operator import itemgetter
from operator import or_
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import LISTED_LEVELS
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import utc
from slc.clicktracker.storage.sets.bits import counts
from slc.clicktracker.storage.sets.bits import EVERYTHING
from slc.clicktracker.storage.sets.bits import numbers_in
from slc.clicktracker.storage.sets.digits import HAS
from slc.clicktracker.storage.sets.digits import width as width_of
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
_BY_VALUE = (*NUMBERS, "url", "engaged")

#: So few are put in order one by one.
_FEW = 100


def needs_values(query: ReadingQuery) -> bool:
    """Are values of documents needed for a list, besides their sets?"""
    return query.sort in _BY_VALUE or bool(query.since or query.until)


class ListedReading(NamedTuple):
    """A reading in a list: whose, and of which document."""

    account: Account
    uid: str


class Listed:
    """The readings of ``documents``, by UID, that match a query.

    ``values`` of the documents are only needed for a query of which ``needs_values``
    says so.
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
        ends = query.since, query.until
        self._since, self._until = (end and utc(end) for end in ends)

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

    def each(self) -> Iterator[ListedReading]:
        """Yield the readings on the page that is asked for, in order."""
        start, size = max(self._query.start, 0), self._query.size
        pairs = self._pairs(start)
        return pairs if size is None else islice(pairs, max(size, 0))

    def ranks(self, uid: str) -> list[tuple[str, int]]:
        """Return the names of a document's texts, each with how many of those that aren't
        current are newer: those that are current first, and then the newest."""
        ranked = self._documents[uid].ranked(self._current(uid))
        return [(text.name, behind) for text, behind in ranked]

    @cached_property
    def _rows(self) -> Rows:
        """The readers of each document that match, of those that have any."""
        query, documents = self._query, self._documents.items()
        if query.level:
            found = [getattr(self._levels(*each), query.level, 0) for each in documents]
        elif query.declared:
            found = [reduce(or_, self._levels(*each)) for each in documents]
        else:
            found = [sets.readers for sets in self._documents.values()]
        return self._matching(found)

    def _levels(self, uid: str, sets: DocumentSets) -> Levels:
        """Return how far all readers of a document got."""
        query = self._query
        if not query.by_version:
            return sets.levels(query.declared)
        return sets.newest_levels(self._current(uid), query.declared)

    def _matching(self, found: Iterable[int]) -> Rows:
        """Return documents with those of some readers of each who match."""
        rows = zip(self._documents, found, self._among, strict=True)
        return [
            (uid, its)
            for uid, readers, among in rows
            # It is mostly everybody, of each of thousands of documents.
            if (its := readers if among == EVERYTHING else readers & among)
        ]

    @cached_property
    def _among(self) -> list[int]:
        """The readers that are asked about, of each document."""
        query, uids = self._query, self._documents
        among = _among(self._people, query)
        found = [EVERYTHING] * len(uids)
        if query.standing and query.by_version:
            found = [
                sets.of_texts(self._current(uid)).read for uid, sets in uids.items()
            ]
        if query.standing == "older" and query.by_version:
            # Nobody is behind who has read the current text of any of them.
            among &= ~reduce(or_, found, 0)
            found = [EVERYTHING] * len(uids)
        if self._since or self._until:
            found = [
                its & self._lately(uid) for uid, its in zip(uids, found, strict=True)
            ]
        return [its & among for its in found]

    def _lately(self, uid: str) -> int:
        """Return whose last time with a document is in the period that is asked for."""
        return self._values.get(uid, NO_VALUES).last_within(self._since, self._until)

    def _pairs(self, start: int) -> Iterator[ListedReading]:
        """Yield readings in order, from ``start`` on."""
        people, query = self._people, self._query
        if query.sort in _BY_VALUE:
            for rows, before in self._by_value(start):
                yield from self._by_name(rows, before)
        elif query.sort == "level":
            for rows in self._by_level():
                yield from self._by_name(rows, start)
                start = max(start - _total(rows), 0)
        else:
            accounts = people.by_name_descending if query.reverse else people.by_name
            yield from _in_order(self._rows, accounts, people.size, start)

    def _by_name(self, rows: Rows, start: int) -> Iterator[ListedReading]:
        people = self._people
        total = _total(rows)
        if start >= total:
            return
        if total > _FEW:
            yield from _in_order(rows, people.by_name, people.size, start)
        else:
            found = [
                ListedReading(people.accounts[place], uid)
                for uid, readers in rows
                for place in numbers_in(readers)
            ]
            if len(found) > 1:
                found.sort(key=lambda each: (each.account.order, each.uid))
            yield from found[start:]

    def _by_level(self) -> Iterator[Rows]:
        """Yield the rows of each level."""
        query = self._query
        levels = [self._levels(*each) for each in self._documents.items()]
        for name in reversed(LISTED_LEVELS) if query.reverse else LISTED_LEVELS:
            if query.level in ("", name):
                yield self._matching(getattr(its, name) for its in levels)

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

    def _groups(self, uid: str) -> list[list[str]]:
        """Return the names of texts that count together, the newest ones first."""
        texts = self._documents[uid].texts
        if len(texts) == 1 or not self._query.by_version:
            return [[text.name for text in texts]]
        ranks = groupby(self.ranks(uid), itemgetter(1))
        return [[name for name, _behind in its] for _rank, its in ranks]


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
        accounts = people.present if query.present else people.ever
        found &= accounts(query.readers)
    return found


def _total(rows: Rows) -> int:
    return sum(readers.bit_count() for _uid, readers in rows)


def _in_order(
    rows: Rows, accounts: Iterable[Account], size: int, start: int
) -> Iterator[ListedReading]:
    """Yield readings by account and then by UID, those from ``start`` on; only from
    where they begin on it is looked up which documents these are of."""
    numbers = counts(((readers, 1) for _uid, readers in rows), size)
    uids = [uid for uid, _readers in rows]
    width = width_of(size)
    packed = b"".join(its.to_bytes(width, "little") for _uid, its in rows)
    for account in accounts:
        number = numbers[account.place]
        if start < number:
            # Of each document the byte that the account is in.
            bytes_, bit = packed[account.place >> 3 :: width], account.place & 7
            documents = compress(uids, bytes_.translate(HAS[bit]))
            for uid in islice(documents, start, None):
                yield ListedReading(account, uid)
        start = max(start - number, 0)
