"""The part of the control panel's form about goals and split tests."""

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.browser.controlpanel.doubtful import doubtful
from slc.clicktracker.browser.controlpanel.goal_doubts import doubts_about_goals
from slc.clicktracker.browser.controlpanel.lines_widget import LinesFieldWidget
from slc.clicktracker.browser.controlpanel.settings_groups import SettingsGroup
from slc.clicktracker.goals.goal_line import goal_of
from slc.clicktracker.goals.split_line import split_of
from slc.clicktracker.interfaces import IGoalSettings
from slc.clicktracker.sites.goals import site_goals
from slc.clicktracker.sites.goals import site_splits
from slc.clicktracker.words.isolated import isolated
from typing import Any
from z3c.form import field
from z3c.form.interfaces import IWidget
from zope.i18nmessageid import Message


class GoalsGroup(SettingsGroup):
    """The goals of splits have to be among the goals, which is said at their field."""

    __name__ = "goals"
    label = _("Goals and split tests")
    description = _(
        "Goals for readers of tracked content, and which of several variants of a page "
        "helps more of them to reach a goal. A service receives the goals that have "
        "its number: levels of evidence only if this server forwards page views to it, "
        "because browsers don't know them; events also through its script in the page."
    )
    is_folded = True
    schema = IGoalSettings
    # Names of fields are those in the whole form: several parts have the same ones.
    fields = field.Fields(schema, prefix="goals")
    fields["goals.goals"].widgetFactory = LinesFieldWidget
    fields["goals.splits"].widgetFactory = LinesFieldWidget

    @property
    def is_offered(self) -> bool:
        return bool(self._doubts)

    @cached_property
    def _doubts(self) -> Notice | None:
        return doubtful(doubts_about_goals(), self.request)

    def notice_above(self, widget: IWidget) -> Notice | None:
        """Before the goals, what is doubtful about those that are saved."""
        if widget.field.__name__ != "goals":
            return None
        return self._doubts

    def complaints(
        self, values: Mapping[str, Any], wrong: Collection[str]
    ) -> dict[str, Message]:
        missing = "" if {"goals", "splits"} & set(wrong) else _missing(values)
        if not missing:
            return {}
        return {
            "splits": _(
                "There is no goal “${name}”. Add it above, or use an existing one.",
                mapping={"name": missing},
            )
        }

    def said_of_changes(self, data: dict[str, Any]) -> Iterator[Message]:
        """Yield which goals begin anew, and who is shown something else in a test."""
        known = {goal.name.casefold(): goal for goal in site_goals()}
        for goal in map(goal_of, data["goals.goals"]):
            before = known.get(goal.name.casefold())
            if before and before.known_as != goal.known_as:
                yield _(
                    "“${name}” starts from zero, because it is a different goal now. "
                    "With the old line, its earlier results are shown again.",
                    mapping={"name": isolated(goal.name)},
                )
        variants = {split.name: split.variants for split in site_splits()}
        for split in map(split_of, data["goals.splits"]):
            if variants.get(split.name, split.variants) != split.variants:
                yield _(
                    "The variants of “${name}” have changed, so members are assigned "
                    "again. Members who see several variants are left out. Use another "
                    "name to start a new test.",
                    mapping={"name": split.name},
                )


def _missing(values: Mapping[str, Any]) -> str:
    """Return a goal of a split that is none of the goals, "" where all are."""
    goals = [goal_of(line) for line in values["goals"] or ()]
    splits = [split_of(line) for line in values["splits"] or ()]
    named = (name for split in splits for name in split.goals)
    missing = (
        name for name in named if not any(goal.is_called(name) for goal in goals)
    )
    return next(missing, "")
