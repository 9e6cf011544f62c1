"""The part of the control panel's form about goals and split tests."""

from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.lines_widget import LinesFieldWidget
from slc.clicktracker.browser.controlpanel.settings_groups import SettingsGroup
from slc.clicktracker.goals.goal_line import goal_of
from slc.clicktracker.goals.split_line import split_of
from slc.clicktracker.interfaces import IGoalSettings
from slc.clicktracker.visitors.entries import InvalidEntries
from typing import Any
from z3c.form import field
from z3c.form.interfaces import IErrorViewSnippet
from zope.component import getMultiAdapter


class GoalsGroup(SettingsGroup):
    """The goals of splits have to be among the goals, which is said at their field."""

    __name__ = "goals"
    label = _("Goals and split tests")
    description = _(
        "What readers of tracked content are to reach, and which of several variants of a "
        "page gets more of them there. A service is told of the goals that have its number: "
        "of levels of evidence only where this server forwards page views to it, as no "
        "browser knows them; of events also by its script in the page."
    )
    is_folded = True
    schema = IGoalSettings
    # Names of fields are those in the whole form: several parts have the same ones.
    fields = field.Fields(schema, prefix="goals")
    fields["goals.goals"].widgetFactory = LinesFieldWidget
    fields["goals.splits"].widgetFactory = LinesFieldWidget

    def extractData(self, setErrors: bool = True) -> tuple[dict[str, Any], tuple]:
        data, errors = super().extractData(setErrors)
        missing = _missing(data)
        if missing:
            error = self._error(missing)
            if setErrors:
                self.widgets["goals.splits"].error = error
                self.widgets.errors = (*self.widgets.errors, error)
            errors = (*errors, error)
        return data, errors

    def _error(self, missing: str) -> Any:
        widget = self.widgets["goals.splits"]
        said = _(
            "There is no goal “${name}”. Write it above, or name one that is there.",
            mapping={"name": missing},
        )
        parts = (
            InvalidEntries(said),
            *(self.request, widget, widget.field, self, self.getContent()),
        )
        error = getMultiAdapter(parts, IErrorViewSnippet)
        error.update()
        return error


def _missing(data: dict[str, Any]) -> str:
    """Return a goal of a split that is none of the goals, "" where all are, or what was
    typed can't be understood."""
    if not {"goals.goals", "goals.splits"} <= data.keys():
        return ""
    goals = [goal_of(line) for line in data["goals.goals"] or ()]
    splits = [split_of(line) for line in data["goals.splits"] or ()]
    named = (name for split in splits for name in split.goals)
    missing = (
        name for name in named if not any(goal.is_called(name) for goal in goals)
    )
    return next(missing, "")
