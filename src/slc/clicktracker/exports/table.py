"""A list as a table to be written into a file, whatever the format."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.columns import Column
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.reports.levels import Level
from typing import Any
from typing import TypeVar
from zope.i18nmessageid import Message


Value = TypeVar("Value")

_READERS = _("Readers")


class TooManyRows(Exception):
    """The format can't hold so many; the one argument is how many it can."""


@dataclass(frozen=True)
class ExportTable:
    """Rows under columns; the ``head`` says what they are of.

    ``rows`` are what the columns find their cells in; they are read once. ``title`` is
    that of a sheet, ``levels`` are explained, and ``remarks`` are whole sentences that
    nobody should read the list without.
    """

    columns: tuple[Column, ...]
    rows: Iterable[Any]
    head: tuple[Fact, ...]
    words: Words
    title: Message = _READERS
    levels: tuple[Level, ...] = ()
    remarks: tuple[Fact, ...] = ()

    @property
    def titles(self) -> list[str]:
        return [self.words.translate(column.title) for column in self.columns]

    def cells(self, of: Callable[[Cell], Value]) -> Iterator[list[Value]]:
        """Yield the cells of each row, as ``of`` gives them."""
        values = [column.value for column in self.columns]
        for row in self.rows:
            yield [of(value(row)) for value in values]
