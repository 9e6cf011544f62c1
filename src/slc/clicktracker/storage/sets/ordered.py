"""``Ordered``: readings of several documents, put in order by a value."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from slc.clicktracker.storage.sets.bits import numbers_in
from slc.clicktracker.storage.sets.digits import number_of
from slc.clicktracker.storage.sets.document_values import DocumentValues
from typing import NamedTuple


#: So few are put in order one by one.
_FEW = 500

#: UIDs of documents, in ascending order, each with a set of readers.
Rows = Sequence[tuple[str, int]]

#: Rows that are the same in an order, and how many of them come before a start.
Same = tuple[Rows, int]


class Column(NamedTuple):
    """Some ``readers`` of a document, by their places, and the ``digits`` of what all of
    its readers are put in order by."""

    uid: str
    values: DocumentValues
    readers: int
    digits: bytes = b""

    @classmethod
    def of(
        cls, uid: str, values: DocumentValues, among: int, digits: bytes = b""
    ) -> "Column":
        """Return one of the readers who are ``among`` some."""
        return cls(uid, values, among & values.readers, digits)

    @property
    def rows(self) -> int:
        """The rows of the readers."""
        return self.values.rows_of(self.readers)

    def row(self, rows: int) -> tuple[str, int]:
        """Return the document and the readers in some of the rows."""
        others = self.rows ^ rows
        if others.bit_count() < rows.bit_count():
            return self.uid, self.readers ^ self.values.readers_of(others)
        return self.uid, self.values.readers_of(rows)


class Ordered:
    """Readings of documents, by their UIDs in ascending order.

    The rows of all documents are put side by side, those of each from a new byte on. So a
    digit of all their numbers is one set, and half of them is left out at once.
    """

    def __init__(self, columns: Iterable[Column], reverse: bool) -> None:
        self._columns = [column for column in columns if column.readers]
        self._reverse = reverse

    def by_number(self, start: int) -> Iterator[Same]:
        """Yield rows with the same number, from those that ``start`` is among."""
        if not self._reverse:
            # Many are mostly 0. These are found without a look at digits.
            found = (
                (c.uid, c.readers & c.values.zero(c.digits)) for c in self._columns
            )
            zero = [row for row in found if row[1]]
            yield from _from([zero], start)
            start = max(start, _number(zero))
        yield from self._by_digits(start)

    def _by_digits(self, start: int) -> Iterator[Same]:
        """Do the same, digit by digit."""
        sizes = ((column.values.size, column.rows) for column in self._columns)
        everything = b"".join(rows.to_bytes(size, "little") for size, rows in sizes)
        length = max((len(c.digits) // c.values.size for c in self._columns), default=0)
        # As many digits of each.
        digits = [
            (
                column.digits.ljust(length * column.values.size, b"\0"),
                column.values.size,
            )
            for column in self._columns
        ]
        todo = [(int.from_bytes(everything, "little"), length)]
        while todo:
            some, left = todo.pop()
            number = some.bit_count()
            if number <= start:
                start -= number
            elif left and number > _FEW:
                with_digit = some & _digit(digits, left - 1)
                halves = [(some ^ with_digit, left - 1), (with_digit, left - 1)]
                # What comes first is taken from the end.
                todo += halves if self._reverse else reversed(halves)
            else:
                yield from _from(
                    self._each(some) if left else [self._rows(some)], start
                )
                start = 0

    def by_url(self, start: int) -> Iterator[Same]:
        """Yield rows with the same URL, from those that ``start`` is among."""
        found: dict[str, list[tuple[Column, int]]] = {}
        for column in self._columns:
            for url, rows in column.values.urls.items():
                if its := rows & column.rows:
                    found.setdefault(url, []).append((column, its))
        for url in sorted(found, reverse=self._reverse):
            number = sum(rows.bit_count() for _column, rows in found[url])
            if number <= start:
                start -= number
            else:
                yield [column.row(rows) for column, rows in found[url]], start
                start = 0

    def _parts(self, some: int) -> Iterator[tuple[Column, int]]:
        """Yield the documents of a set, with the rows of each."""
        start = 0
        found = some.to_bytes(sum(c.values.size for c in self._columns), "little")
        for column in self._columns:
            end = start + column.values.size
            if rows := int.from_bytes(found[start:end], "little"):
                yield column, rows
            start = end

    def _rows(self, some: int) -> Rows:
        return [column.row(rows) for column, rows in self._parts(some)]

    def _each(self, some: int) -> Iterator[Rows]:
        """Yield the rows of a set, those with the same number together."""
        found: dict[int, list[tuple[Column, int]]] = {}
        for column, rows in self._parts(some):
            its: dict[int, int] = {}
            for row in numbers_in(rows):
                number = number_of(column.digits, column.values.size, row)
                its[number] = its.get(number, 0) | 1 << row
            for number, same in its.items():
                found.setdefault(number, []).append((column, same))
        for number in sorted(found, reverse=self._reverse):
            yield [column.row(rows) for column, rows in found[number]]


def _digit(digits: Iterable[tuple[bytes, int]], place: int) -> int:
    """Return a digit of all numbers, of which so many bytes are that of each document."""
    found = [its[place * size : (place + 1) * size] for its, size in digits]
    return int.from_bytes(b"".join(found), "little")


def _number(rows: Rows) -> int:
    return sum(readers.bit_count() for _uid, readers in rows)


def _from(parts: Iterable[Rows], start: int) -> Iterator[Same]:
    """Yield parts, from the one that ``start`` is in."""
    for rows in parts:
        number = _number(rows)
        if start < number:
            yield rows, start
        start = max(start - number, 0)
