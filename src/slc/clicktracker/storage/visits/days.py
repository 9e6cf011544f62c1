"""Days by the clock of a site, as numbers: those since 1970."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from functools import lru_cache
from typing import NamedTuple


_FIRST = date(1970, 1, 1).toordinal()
_EARLIEST, _LATEST = date.min.toordinal() - _FIRST, date.max.toordinal() - _FIRST
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

#: What sums are kept of.
DAY, MONTH = 0, 1


@dataclass(frozen=True)
class Days:
    """The days from the ``first`` to the ``last``, both included; none where it is earlier."""

    first: date
    last: date


class Piece(NamedTuple):
    """Some days, or months by their first days: ``first`` and ``last`` are both part of it."""

    span: int
    first: int
    last: int


def day_of(moment: datetime, ahead: timedelta) -> int:
    """Return on which day a moment is where clocks are so far ahead of UTC."""
    day = (moment - _EPOCH + ahead).days
    if _EARLIEST <= day <= _LATEST:
        return day
    return _EARLIEST if day < _EARLIEST else _LATEST


def number_of(day: date) -> int:
    """Return the number of a day."""
    return day.toordinal() - _FIRST


@lru_cache(1000)
def month_of(day: int) -> int:
    """Return the first day of the month."""
    return number_of(_date(day).replace(day=1))


def pieces_of(days: Days) -> Iterator[Piece]:
    """Yield days as whole months, as far as there are, and the days at both ends."""
    first, last = number_of(days.first), number_of(days.last)
    begun = days.first.day > 1
    month = _after(days.first) if begun else first
    end = last + 1 if _after(days.last) == last + 1 else month_of(last)
    if month >= end:
        if first <= last:
            yield Piece(DAY, first, last)
        return
    if begun:
        yield Piece(DAY, first, month - 1)
    yield Piece(MONTH, month, end - 1)
    if end <= last:
        yield Piece(DAY, end, last)


def months_of(piece: Piece) -> Iterator[int]:
    """Yield the first days of the months in a piece of whole months."""
    month = piece.first
    while month <= piece.last:
        yield month
        month = _after(_date(month))


def _after(day: date) -> int:
    """Return the first day of the next month, which may be after all days."""
    return number_of(day.replace(day=1)) + monthrange(day.year, day.month)[1]


def _date(number: int) -> date:
    return date.fromordinal(number + _FIRST)
