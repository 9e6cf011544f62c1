"""The columns of the dashboard's list."""

from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.reports.dashboard.document_rows import DashboardFigures
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Column:
    """A column, with its title."""

    name: str
    title: Message


_ALWAYS = Column("title", _("Document")), Column("changed", _("Changed"))
_DEADLINE = Column("deadline", _("Deadline"))
_SHARE = Column("share", _("Expected readers known to have read it"))
_TIMES = (
    Column("times", _("Times opened")),
    Column("times_before", _("The period before")),
)


def columns_of(figures: DashboardFigures | None, has_deadlines: bool) -> list[Column]:
    """Return the columns that the storage knows enough for, and that of deadlines where
    there are any; ``figures`` are None where it knows none."""
    columns = [*_ALWAYS]
    if has_deadlines:
        columns.append(_DEADLINE)
    if figures is not None:
        columns.append(_SHARE)
        if figures.activity is not None:
            columns.extend(_TIMES)
    return columns
