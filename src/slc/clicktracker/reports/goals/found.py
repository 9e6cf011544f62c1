"""What a storage says of goals and splits on some days."""

from dataclasses import dataclass
from datetime import timedelta
from slc.clicktracker.interfaces import IGoals
from slc.clicktracker.reports.asked import beginning_of
from slc.clicktracker.reports.goals.rows import GoalRow
from slc.clicktracker.reports.goals.rows import SplitPart
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.sites.goals import goal_setting
from slc.clicktracker.sites.goals import site_goals
from slc.clicktracker.sites.goals import site_splits
from slc.clicktracker.storage.visits.days import Days


_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Found:
    """The goals of the settings, and its splits by each of their goals."""

    goals: tuple[GoalRow, ...]
    splits: tuple[SplitPart, ...]


def found_of(storage: IGoals, days: Days) -> Found:
    """Return what is known of days by the site's clock. Raises ``StorageError``."""
    clock = site_timezone()
    since = beginning_of(days.first, clock)
    until = beginning_of(days.last + _ONE_DAY, clock)
    smallest = goal_setting("smallest_group")
    goals = site_goals()
    names = [goal.name for goal in goals]
    figures = storage.goal_figures(names, since, until) if goals else ()
    parts = [
        SplitPart.of(
            split,
            goal,
            storage.split_figures(split.name, goal, since, until),
            smallest,
            goal in names,
        )
        for split in site_splits()
        for goal in split.goals
    ]
    rows = [GoalRow(*each, smallest) for each in zip(goals, figures, strict=True)]
    return Found(tuple(rows), tuple(parts))
