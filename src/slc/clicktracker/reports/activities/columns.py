"""The columns of the comparison in a file."""

from collections.abc import Callable
from slc.clicktracker import _
from slc.clicktracker.reports.activities.figures import OF_GROUP
from slc.clicktracker.reports.activities.figures import RATIO
from slc.clicktracker.reports.activities.rows import Row
from slc.clicktracker.reports.activities.rows import UNCLASSIFIED
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.columns import Column
from slc.clicktracker.reports.statistics.figures import Figure
from zope.i18nmessageid import Message


def _part_of(row: Row) -> Cell:
    return UNCLASSIFIED if row.raw else None


def _of_raw(name: str) -> Callable[[Row], Cell]:
    return lambda row: getattr(row.raw, name, None) or None


def _of_group(group: str, title: Message, figure: Figure) -> Column:
    def value(row: Row) -> Cell:
        figures = getattr(row, group)
        return None if figures is None else figure.cell(figures)

    named = Message(title, mapping={"figure": _title(figure)})
    return Column(f"{group}_{figure.name}", named, 18, value)


def _title(figure: Figure) -> Message:
    return figure.file_title or figure.title


COLUMNS = (
    Column("activity", _("Activity"), 28, lambda row: row.name),
    Column("part_of", _("Part of"), 16, _part_of),
    Column("kind", _("Kind of event"), 16, _of_raw("kind")),
    Column("detail", _("Detail"), 18, _of_raw("detail")),
    Column("portal_type", _("Content type"), 18, _of_raw("portal_type")),
    *(_of_group("followed", _("${figure}, followed"), each) for each in OF_GROUP),
    *(_of_group("sample", _("${figure}, sample"), each) for each in OF_GROUP),
    Column(RATIO.name, _title(RATIO), 18, RATIO.cell),
)
