"""The columns of the report in a file: goals come first, then variants."""

from slc.clicktracker import _
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.columns import Column
from slc.clicktracker.reports.goals.figures import OF_GOAL
from slc.clicktracker.reports.goals.figures import OF_VARIANT
from slc.clicktracker.reports.goals.figures import SHARE
from slc.clicktracker.reports.goals.rows import GoalRow
from slc.clicktracker.reports.goals.rows import VariantRow
from slc.clicktracker.reports.statistics.figures import Figure


def _goal(row: GoalRow | VariantRow) -> Cell:
    return row.name if isinstance(row, GoalRow) else row.goal


def _what(row: GoalRow | VariantRow) -> Cell:
    return row.what if isinstance(row, GoalRow) else None


def _place(row: GoalRow | VariantRow) -> Cell:
    return row.goal.place or None if isinstance(row, GoalRow) else None


def _split(row: GoalRow | VariantRow) -> Cell:
    return row.split.name if isinstance(row, VariantRow) else None


def _variant(row: GoalRow | VariantRow) -> Cell:
    return row.variant if isinstance(row, VariantRow) else None


def _figure(figure: Figure, kind: type[GoalRow] | type[VariantRow]) -> Column:
    def value(row: GoalRow | VariantRow) -> Cell:
        return figure.cell(row) if isinstance(row, kind) else None

    return Column(figure.name, figure.file_title or figure.title, 18, value)


COLUMNS = (
    Column("goal", _("Goal"), 28, _goal),
    Column("reached_by", _("What is to be reached"), 20, _what),
    Column("place", _("Below"), 20, _place),
    Column("split", _("Split test"), 20, _split),
    Column("variant", _("Variant"), 16, _variant),
    *(_figure(figure, GoalRow) for figure in OF_GOAL),
    *(_figure(figure, VariantRow) for figure in OF_VARIANT[:2]),
    Column("share", SHARE.file_title, 18, SHARE.cell),
    *(_figure(figure, VariantRow) for figure in OF_VARIANT[2:]),
)
