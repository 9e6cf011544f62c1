"""A list as a table to be written into a file, whatever the format."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from slc.clicktracker import _
from slc.clicktracker.exports.giving_way import give_way
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.columns import Column
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.reports.levels import Level
from typing import Any
from zope.i18nmessageid import Message


_READERS = _("Readers")

#: Rows that are made without a pause: a millisecond.
_AT_ONCE = 50


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

    @property
    def parts(self) -> Iterator[list[Any]]:
        """Yield the rows, some at once."""
        rows = iter(self.rows)
        while some := list(islice(rows, _AT_ONCE)):
            yield some
            give_way()
