"""The columns of the report in a file: goals come first, then variants."""

from slc.clicktracker import _
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.columns import Column
from slc.clicktracker.reports.few import INSTEAD
from slc.clicktracker.reports.few import NOT_TOLD
from slc.clicktracker.reports.goals.figures import INTERVAL
from slc.clicktracker.reports.goals.figures import OF_GOAL
from slc.clicktracker.reports.goals.figures import OF_VARIANT
from slc.clicktracker.reports.goals.figures import RATIOS
from slc.clicktracker.reports.goals.figures import SHARE
from slc.clicktracker.reports.goals.rows import GoalRow
from slc.clicktracker.reports.goals.rows import VariantRow
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.statistics.figures import Figure
from types import UnionType
from zope.i18nmessageid import Message


#: What is to be reached where that is no level of evidence.
_EVENT = Level(
    "event",
    "light",
    _("Event"),
    _("Sent by a page. Reported by the reader's own browser."),
)


def _goal(row: GoalRow | VariantRow) -> Cell:
    return row.name if isinstance(row, GoalRow) else row.goal


def _reached_by(row: GoalRow | VariantRow) -> Cell:
    if not isinstance(row, GoalRow):
        return None
    return _EVENT if row.goal.event else level_of(row.goal.level)


def _event(row: GoalRow | VariantRow) -> Cell:
    return row.goal.event or None if isinstance(row, GoalRow) else None


def _place(row: GoalRow | VariantRow) -> Cell:
    return row.goal.place or None if isinstance(row, GoalRow) else None


def _known_since(row: GoalRow | VariantRow) -> Cell:
    return row.since.isoformat() if isinstance(row, GoalRow) and row.since else None


def _split(row: GoalRow | VariantRow) -> Cell:
    return row.split.name if isinstance(row, VariantRow) else None


def _variant(row: GoalRow | VariantRow) -> Cell:
    return row.variant if isinstance(row, VariantRow) else None


def _figure(figure: Figure, of: type | UnionType, unless: str = "") -> Column:
    """Return the column of a figure of some rows; ``unless`` is what says of a row that
    it can't be told."""

    def value(row: GoalRow | VariantRow) -> Cell:
        if not isinstance(row, of):
            return None
        return NOT_TOLD if unless and getattr(row, unless) else figure.cell(row)

    return Column(figure.name, figure.file_title or figure.title, 18, value)


COLUMNS = (
    Column("goal", _("Goal"), 28, _goal),
    Column("reached_by", _("What to reach"), 20, _reached_by),
    Column("event", _("Name of the event"), 20, _event),
    Column("place", _("Below"), 20, _place),
    Column("split", _("Split test"), 20, _split),
    Column("variant", _("Variant"), 16, _variant),
    *(_figure(figure, GoalRow) for figure in OF_GOAL),
    Column("known_since", _("First served since"), 18, _known_since),
    *(_figure(figure, VariantRow) for figure in OF_VARIANT),
    _figure(SHARE, GoalRow | VariantRow, "hides_share"),
    *(_figure(figure, VariantRow, "hides_share") for figure in INTERVAL),
    *(_figure(figure, VariantRow, "hides_ratio") for figure in RATIOS),
)


def _withheld(row: GoalRow | VariantRow) -> Cell:
    cells = ((column.name, column.value(row)) for column in COLUMNS)
    names = (
        name for name, cell in cells if isinstance(cell, Message) and cell in INSTEAD
    )
    return ", ".join(names) or None


#: A program has no words in the place of a number, so it is told which ones are kept back.
FOR_PROGRAMS = (*COLUMNS, Column("withheld", _("Not shown"), 30, _withheld))
