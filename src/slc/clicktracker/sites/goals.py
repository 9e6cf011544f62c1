"""The goals and splits of the current site."""

from collections.abc import Callable
from collections.abc import Iterator
from plone import api
from plone.registry.interfaces import IRegistry
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.goals.goal import Goal
from slc.clicktracker.goals.goal import GoalRules
from slc.clicktracker.goals.goal_line import goal_of
from slc.clicktracker.goals.split import Split
from slc.clicktracker.goals.split_line import split_of
from slc.clicktracker.goals.words import InvalidLine
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IGoals
from slc.clicktracker.interfaces import IGoalSettings
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.storage import takes_batches
from threading import Lock
from typing import Any
from typing import TypeVar
from zope.component import getUtility
from zope.component import queryUtility


Made = TypeVar("Made", Goal, Split)

#: What lines mean, as a page asks for it: it is always the same.
_known: Bounded[tuple, tuple] = Bounded(100)
_lock = Lock()


def goal_setting(name: str) -> Any:
    """Return a setting of ``IGoalSettings``, its default where there is no record."""
    record = f"{IGoalSettings.__identifier__}.{name}"
    return getUtility(IRegistry).get(record, IGoalSettings[name].default)


def keeps_goals() -> bool:
    """Does the current site's storage know goals? What is of them comes in batches."""
    custom = queryUtility(IClickStorage)
    return custom is None or (IGoals.providedBy(custom) and takes_batches())


def goal_rules() -> GoalRules | None:
    """Return what is a goal in the current site; None where nothing is."""
    lines = goal_setting("goals")
    if not lines or not is_recording() or not keeps_goals():
        return None
    site = "/".join(api.portal.get().getPhysicalPath())
    goals = tuple(goal.within(site) for goal in site_goals())
    return GoalRules(goals, engagement_rule()) if goals else None


def site_goals() -> tuple[Goal, ...]:
    """Return the goals of the settings, with places as they were typed."""
    return _made(goal_setting("goals"), goal_of)


def site_splits() -> tuple[Split, ...]:
    """Return the splits of the settings."""
    return _made(goal_setting("splits"), split_of)


def _made(lines: tuple[str, ...] | None, of: Callable[[str], Made]) -> tuple[Made, ...]:
    key = (of, *(lines or ()))
    made = _known.get(key)
    if made is None:
        made = tuple(_understood(lines or (), of))
        with _lock:
            _known[key] = made
    return made


def _understood(lines: tuple[str, ...], of: Callable[[str], Made]) -> Iterator[Made]:
    """Yield what lines mean. The field refuses lines that mean nothing, and the registry
    takes them from other code."""
    for line in lines:
        try:
            yield of(line)
        except InvalidLine:
            continue
