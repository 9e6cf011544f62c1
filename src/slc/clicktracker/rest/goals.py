"""``@goals``: which goals readers reached, and which variant did better."""

from functools import cached_property
from slc.clicktracker.interfaces import IGoals
from slc.clicktracker.reports.days_asked import days_asked
from slc.clicktracker.reports.days_asked import DaysAsked
from slc.clicktracker.reports.goals.columns import FOR_PROGRAMS
from slc.clicktracker.reports.goals.found import Found
from slc.clicktracker.reports.goals.found import found_of
from slc.clicktracker.reports.goals.head import head_of
from slc.clicktracker.reports.goals.remarks import remarks_on_goals
from slc.clicktracker.reports.goals.remarks import remarks_on_splits
from slc.clicktracker.reports.visitors.problems import KEEPS_NO_GOALS
from slc.clicktracker.rest.visitors_service import DaysService
from slc.clicktracker.sites.goals import goal_setting
from typing import Any


class GetGoals(DaysService):
    """Answers with each goal, and each variant by each goal of its split. Nobody is named,
    whoever looks. Parameters are ``since`` and ``until``."""

    capability = IGoals
    incapable = KEEPS_NO_GOALS

    @cached_property
    def wanted(self) -> DaysAsked:
        return days_asked(self.request.form, self.today)

    def ask(self, storage: IGoals) -> Found:
        return found_of(storage, self.wanted.days)

    def said(self, found: Found) -> dict[str, Any]:
        variants = [row for part in found.splits for row in part.rows]
        rows = [*found.goals, *variants]
        remarks = remarks_on_goals(goal_setting("smallest_group"))
        more = remarks_on_splits() if variants else ()
        return {
            "@id": self.url,
            "about": self.facts((*head_of(self.wanted), *remarks, *more)),
            "columns": self.columns(FOR_PROGRAMS),
            "items": self.items(FOR_PROGRAMS, rows),
            "items_total": len(rows),
        }
