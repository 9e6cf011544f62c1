"""The columns of the lists, as typed cells: what every file of a report is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from slc.clicktracker import _
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.reports.absent_row import AbsentRow
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.reader_rows import ReaderRow
from slc.clicktracker.reports.reported import has_figures
from slc.clicktracker.reports.reported import MARK_WORDS
from slc.clicktracker.reports.reported import MarkWords
from slc.clicktracker.reports.reported import NOT_REPORTED
from slc.clicktracker.reports.reported import was_seen
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import EXCUSED
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.words.names import name_of
from typing import Any
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Column:
    """A column: its ``name`` for programs, its ``title``, what it says of a row.

    ``width`` is in characters. ``is_evidence``: not every storage knows it. What columns
    next to each other say that are ``together`` about the same, by some word, comes
    again and again with other rows; none of it has a mapping. Most of its cells are
    those of the column that it is ``like``, by the name of one further to the left.
    """

    name: str
    title: Message
    width: int
    value: Callable[[Any], "Cell"]
    is_evidence: bool = False
    together: str = ""
    like: str = ""


#: None is what is not known. A ``Message`` is translated, a level, tab or column is its
#: title, or its name where a program reads it. Times are aware.
Cell = str | Message | int | float | bool | datetime | Level | Tab | Column | None


def columns_of(tab: Tab, knows_evidence: bool) -> tuple[Column, ...]:
    """Return the columns of the list behind a tab. What the storage doesn't know is in
    them, empty.
    """
    if tab is ABSENT:
        return _ABSENT
    if tab is EXCUSED:
        return _EXCUSED
    return tuple(
        column if knows_evidence or not column.is_evidence else _unknown(column)
        for column in _READINGS
    )


def sorted_by(tab: Tab, sort: str) -> Column | None:
    """Return the column that the list behind a tab is sorted by, for one of
    ``SORT_KEYS``; None for a list that has always the same order."""
    if not tab.has_readings:
        return None
    name = _SORTED.get(sort, sort)
    return next(column for column in _READINGS if column.name == name)


def _unknown(column: Column) -> Column:
    return replace(column, value=lambda row: None)


def _if_opened(find: Callable[[ReaderRow], Cell]) -> Callable[[ReaderRow], Cell]:
    """Of who has only downloaded a file, no browser has said anything."""

    def value(row: ReaderRow) -> Cell:
        if not row.of_text.count:
            return None
        return find(row) if has_figures(row) else NOT_REPORTED

    return value


def _seen_text(name: str) -> Callable[[ReaderRow], Cell]:
    """Return what tells a time with the text, None where it was only acknowledged."""
    return lambda row: getattr(row.of_text, name) if was_seen(row.of_text) else None


def _seen_any(name: str) -> Callable[[ReaderRow], Cell]:
    """Return the same of all versions."""
    return lambda row: getattr(row, name) if was_seen(row) else None


def _mark(mark: Marks, words: MarkWords) -> Column:
    """Return the column that says whether something is so."""
    bit = int(mark)
    # To ask a set of flags takes ten times as long as to ask a number.
    value = _if_opened(lambda row: int.__and__(row.marks, bit) != 0)
    return Column(mark.name.lower(), words.title, words.width, value, True, "marks")


def _behind(row: ReaderRow) -> int | None:
    return row.behind if row.version_known or not row.behind else None


def _address(row: ReaderRow) -> str:
    return row.href or row.url


def _name(row: AbsentRow | AudienceException) -> str:
    return row.reader.name or row.reader.user


def _by(row: AudienceException) -> str:
    return name_of(row.by)


def _seconds(row: ReaderRow) -> int:
    return row.engaged // 1000


#: What columns are called that a list is sorted by, where that is something else.
_SORTED = {
    "name": "reader",
    "count": "opened_any",
    "first": "first_any",
    "last": "last_any",
    "engaged": "seconds",
    "url": "address",
}

_READINGS = (
    Column("reader", _("Reader"), 28, attrgetter("name"), together="reader"),
    Column("user", _("User id"), 18, attrgetter("user"), together="reader"),
    Column("note", _("Note"), 24, attrgetter("note"), together="reader"),
    Column("document", _("Document"), 32, attrgetter("title"), together="document"),
    Column("address", _("Address"), 40, _address, together="document"),
    Column("level", _("Evidence"), 14, attrgetter("level"), True, "text"),
    Column("acknowledged", _("Acknowledged"), 20, attrgetter("acknowledged"), True),
    Column("attested", _("Attested"), 20, attrgetter("attested"), True),
    Column("overdue", _("Overdue"), 12, attrgetter("is_overdue"), True),
    Column("version", _("Version read"), 14, attrgetter("version"), True, "text"),
    Column("versions_behind", _("Versions behind"), 16, _behind, True, "text"),
    Column("standing", _("Standing"), 16, attrgetter("standing"), True, "text"),
    Column("counts_as", _("How it counts"), 44, attrgetter("counts_as"), True),
    Column("seconds", _("Seconds read"), 14, _if_opened(_seconds), True),
    Column("percent", _("Percent seen"), 14, _if_opened(attrgetter("depth")), True),
    *(_mark(mark, words) for mark, words in MARK_WORDS.items()),
    Column(
        "opened", _("Times opened"), 14, attrgetter("of_text.count"), together="often"
    ),
    Column(
        "cached",
        _("of these, from a cached or older copy of the page"),
        34,
        attrgetter("of_text.cached"),
        together="often",
    ),
    Column("first", _("First opened or downloaded"), 27, _seen_text("first")),
    Column("last", _("Last opened or downloaded"), 27, _seen_text("last")),
    Column(
        "downloaded", _("Last downloaded"), 20, attrgetter("of_text.downloaded"), True
    ),
    Column("opened_any", _("Times opened, all versions"), 26, attrgetter("count")),
    Column(
        "first_any", _("First time, all versions"), 24, _seen_any("first"), like="first"
    ),
    Column(
        "last_any", _("Last time, all versions"), 24, _seen_any("last"), like="last"
    ),
)

_ABSENT = (
    Column("reader", _("Reader"), 28, _name),
    Column("user", _("User id"), 18, attrgetter("reader.user")),
    Column("served", _("Served, no report back"), 30, attrgetter("served")),
    Column("overdue", _("Overdue"), 12, attrgetter("is_overdue")),
)

_EXCUSED = (
    Column("reader", _("Reader"), 28, _name),
    Column("user", _("User id"), 18, attrgetter("reader.user")),
    Column("reason", _("Reason"), 48, attrgetter("reason")),
    Column("recorded_by", _("Recorded by"), 28, _by),
    Column("recorded", _("Recorded"), 20, attrgetter("since")),
)
