"""What a storage says of goals and splits on some days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.goals.goal import Goal
from slc.clicktracker.goals.split import Split
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
    known_as = [goal.known_as for goal in goals]
    figures = storage.goal_figures(known_as, since, until) if goals else ()
    parts = [
        _part(split, name, goals, storage, (since, until), smallest)
        for split in site_splits()
        for name in split.goals
    ]
    rows = [
        GoalRow(goal, each, smallest, _day_of(each.known_since))
        for goal, each in zip(goals, figures, strict=True)
    ]
    return Found(tuple(rows), tuple(parts))


def _day_of(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(site_timezone()).date()


def _part(
    split: Split,
    name: str,
    goals: Sequence[Goal],
    storage: IGoals,
    time: tuple[datetime, datetime],
    smallest: int,
) -> SplitPart:
    goal = next((each for each in goals if each.is_called(name)), None)
    if goal is None:
        return SplitPart(split, name)
    found = storage.split_figures(split.name, goal.known_as, *time)
    return SplitPart.of(split, goal, found, smallest)
