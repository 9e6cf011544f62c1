"""``RowTexts``: the rows of a table as texts, very many of them."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.columns import Column
from typing import Any


#: Texts of cells that a file remembers as it has them: names, titles and addresses come
#: again and again.
REMEMBERED = 20_000

#: The form of a cell that is nothing but its text.
_PLAIN = "%s"

#: What makes a text of a cell, by its type.
TextOf = Mapping[type, Callable[[Any], str]]


class RowTexts:
    """Makes texts of rows: of their cells what ``text_of`` makes of each by its type, each
    in its ``form``, which has ``%s`` in it, with a ``separator`` in between. Forms are asked
    for once, column by column.

    Columns are gone through one by one, and those that are together at once: so there is
    no step for each cell that Python could do without. What a column has of one that it
    is like is not made again.
    """

    def __init__(
        self,
        columns: Iterable[Column],
        text_of: TextOf,
        separator: str,
        form: Callable[[Column], str] = lambda column: _PLAIN,
    ) -> None:
        self._text_of = text_of
        self._columns: list[Callable[[Sequence[Any]], Iterable[str]]] = []
        listed = list(columns)
        self._likened = {column.like for column in listed}
        #: The cells and their texts, by the name of a column that others are like.
        self._made: dict[str, tuple[list[Cell], list[str]]] = {}
        forms = []
        for together, some in groupby(listed, attrgetter("together")):
            its = list(some)
            if together:
                form_of_all = separator.join(map(form, its))
                self._columns.append(_Together(its, text_of, form_of_all).texts)
                forms.append(_PLAIN)
            else:
                self._columns += map(self._texts_of, its)
                forms += map(form, its)
        #: Makes one text of those of all columns.
        self._joined: Callable[[Iterable[str]], str] = separator.join
        if set(forms) != {_PLAIN}:
            self._joined = separator.join(forms).__mod__

    def of(self, rows: Sequence[Any]) -> list[str]:
        """Return the texts of some rows."""
        cells = (texts(rows) for texts in self._columns)
        return list(map(self._joined, zip(*cells, strict=True)))

    def _texts_of(self, column: Column) -> Callable[[Sequence[Any]], Iterable[str]]:
        if column.like:
            return self._texts_like(column)
        if column.name in self._likened:
            return self._texts_for_others(column)
        value, text_of = column.value, self._text_of
        return lambda rows: [text_of[type(cell)](cell) for cell in map(value, rows)]

    def _texts_for_others(self, column: Column) -> Callable[[Sequence[Any]], list[str]]:
        value, text_of = column.value, self._text_of

        def texts(rows: Sequence[Any]) -> list[str]:
            cells = list(map(value, rows))
            made = [text_of[type(cell)](cell) for cell in cells]
            self._made[column.name] = cells, made
            return made

        return texts

    def _texts_like(self, column: Column) -> Callable[[Sequence[Any]], list[str]]:
        value, text_of = column.value, self._text_of

        def texts(rows: Sequence[Any]) -> list[str]:
            others = zip(map(value, rows), *self._made[column.like], strict=True)
            return [
                text if cell is other else text_of[type(cell)](cell)
                for cell, other, text in others
            ]

        return texts


class _Together(dict[tuple[Cell, ...], str]):
    """The texts of columns that are together, by their cells; it forgets them all where
    there are too many."""

    def __init__(self, columns: Iterable[Column], text_of: TextOf, form: str) -> None:
        super().__init__()
        self._values = [column.value for column in columns]
        self._text_of = text_of
        self._form = form

    def texts(self, rows: Sequence[Any]) -> Iterable[str]:
        cells = (map(value, rows) for value in self._values)
        return map(self.__getitem__, zip(*cells, strict=True))

    def __missing__(self, cells: tuple[Cell, ...]) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self._form % tuple(self._text_of[type(cell)](cell) for cell in cells)
        self[cells] = found
        return found


class Remembered(dict[Any, str]):
    """What a function makes of cells that come again and again: to look them up takes
    no step of Python. It forgets them all where there are too many."""

    def __init__(self, made: Callable[[Any], str]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, cell: Any) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        self[cell] = found = self._made(cell)
        return found
