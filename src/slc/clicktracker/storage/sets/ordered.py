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

#: With as many rows as this for each document, each has mostly some.
_ROWS_OF_EACH = 4

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
        # Mostly it is about all of them, so it need not be made again which these are.
        readers = values.readers if among == values.readers else among & values.readers
        return cls(uid, values, readers, digits)

    @property
    def rows(self) -> int:
        """The rows of the readers."""
        return self.values.rows_of(self.readers)

    def row(self, rows: int) -> tuple[str, int]:
        """Return the document and the readers in some of the rows."""
        if 2 * rows.bit_count() > self.readers.bit_count():
            others = self.values.readers_of(self.rows ^ rows)
            return self.uid, self.readers ^ others
        return self.uid, self.values.readers_of(rows)


#: A document, and some of its rows.
Part = tuple[Column, int]


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
        columns = self._columns
        length = max((len(c.digits) // c.values.size for c in columns), default=0)
        side = SideBySide([(column, column.rows) for column in columns], length)
        todo = [(side, side.everything, length)]
        while todo:
            side, some, left = todo.pop()
            number = some.bit_count()
            if number <= start:
                start -= number
            elif left and number > _FEW:
                if number < side.narrow_below:
                    # Many documents have no row among so few.
                    side = SideBySide(side.parts(some), left)
                    some = side.everything
                with_digit = some & side.digit(left - 1)
                halves = [(some ^ with_digit, left - 1), (with_digit, left - 1)]
                # What comes first is taken from the end.
                todo += [
                    (side, *half)
                    for half in (halves if self._reverse else reversed(halves))
                ]
            else:
                parts = side.parts(some)
                found = _each(parts, self._reverse) if left else [_rows(parts)]
                yield from _from(found, start)
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


class SideBySide:
    """The rows of several documents as one set, ``everything``, of whose numbers digits
    below a ``length`` are looked at."""

    def __init__(self, parts: Iterable[Part], length: int) -> None:
        self._columns, self._digits, sets = [], [], []
        for column, rows in parts:
            size = column.values.size
            sets.append(rows.to_bytes(size, "little"))
            # As many digits of each.
            self._digits.append((column.digits.ljust(length * size, b"\0"), size))
            self._columns.append(column)
        found = b"".join(sets)
        self._size = len(found)
        self.everything = int.from_bytes(found, "little")
        #: With fewer rows it is worth to leave out the documents that have none of them.
        self.narrow_below = min(
            _ROWS_OF_EACH * len(sets), self.everything.bit_count() // 8
        )

    def digit(self, place: int) -> int:
        """Return a digit of all numbers."""
        found = [its[place * size : (place + 1) * size] for its, size in self._digits]
        return int.from_bytes(b"".join(found), "little")

    def parts(self, some: int) -> Iterator[Part]:
        """Yield the documents of a set, with the rows of each."""
        start = 0
        found = some.to_bytes(self._size, "little")
        for column, (_digits, size) in zip(self._columns, self._digits, strict=True):
            if rows := int.from_bytes(found[start : start + size], "little"):
                yield column, rows
            start += size


def _rows(parts: Iterable[Part]) -> Rows:
    return [column.row(rows) for column, rows in parts]


def _each(parts: Iterable[Part], reverse: bool) -> Iterator[Rows]:
    """Yield rows, those with the same number together."""
    found: dict[int, list[Part]] = {}
    for column, rows in parts:
        its: dict[int, int] = {}
        for row in numbers_in(rows):
            number = number_of(column.digits, column.values.size, row)
            its[number] = its.get(number, 0) | 1 << row
        for number, same in its.items():
            found.setdefault(number, []).append((column, same))
    for number in sorted(found, reverse=reverse):
        yield _rows(found[number])


def _number(rows: Rows) -> int:
    return sum(readers.bit_count() for _uid, readers in rows)


def _from(parts: Iterable[Rows], start: int) -> Iterator[Same]:
    """Yield parts, from the one that ``start`` is in."""
    for rows in parts:
        number = _number(rows)
        if start < number:
            yield rows, start
        start = max(start - number, 0)
