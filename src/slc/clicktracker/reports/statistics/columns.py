"""The columns of the lists in a file."""

from slc.clicktracker import _
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.columns import Column
from slc.clicktracker.reports.statistics.asked import StatisticsAsked
from slc.clicktracker.reports.statistics.figures import Figure
from slc.clicktracker.reports.statistics.figures import FIGURES
from slc.clicktracker.reports.statistics.lists import ENTRIES
from slc.clicktracker.reports.statistics.lists import EXITS
from slc.clicktracker.reports.statistics.lists import MEMBERS
from slc.clicktracker.reports.statistics.lists import PAGES
from slc.clicktracker.reports.statistics.lists import TIMES
from slc.clicktracker.reports.statistics.rows import Row


def columns_of(asked: StatisticsAsked) -> tuple[Column, ...]:
    """Return the columns of the list that is asked for: what it is, then its figures."""
    listed = asked.listed
    if listed is TIMES:
        first = (Column("day", asked.step.title, 14, _day),)
        return (*first, *map(_column, FIGURES))
    if listed in (PAGES, ENTRIES, EXITS):
        first = _OF_PAGE
    elif listed is MEMBERS:
        first = _OF_MEMBER
    else:
        first = (Column(listed.kind, listed.thing, 28, lambda row: row.text),)
    return (*first, *map(_column, listed.figures))


def _column(figure: Figure) -> Column:
    title = figure.file_title or figure.title
    return Column(figure.name, title, 18, lambda row: figure.cell(row.of))


def _day(row: Row) -> Cell:
    return row.day.isoformat()


def _user(row: Row) -> Cell:
    return row.of.reader.user


def _folder(row: Row) -> Cell:
    return row.of.reader.folder or None


_OF_PAGE = (
    Column("title", _("Title"), 32, lambda row: row.page.title or None),
    Column("address", _("Address"), 32, lambda row: row.page.url or None),
    Column("link", _("Link"), 40, lambda row: row.page.href or None),
    Column("note", _("Note"), 24, lambda row: row.page.note),
)

_OF_MEMBER = (
    Column("member", _("Member"), 28, lambda row: row.person.name),
    Column("user", _("User id"), 18, _user),
    Column("user_folder", _("User folder"), 18, _folder),
    Column("note", _("Note"), 24, lambda row: row.person.note),
)
