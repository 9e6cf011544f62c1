"""``Goal``: what readers are to reach, and who is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from slc.clicktracker.storage.goals.model import BY_EVENT
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal by its ``name``.

    ``level``     how far a reading has to get; ``BY_EVENT`` where it is an event
    ``event``     the name of that event of a page
    ``place``     the physical path at or below which it is one, "" for anywhere
    ``services``  what it is called by a service that is told of it: pairs of the name of the
                  service and an id
    """

    name: str
    level: str = BY_EVENT
    event: str = ""
    place: str = ""
    services: tuple[tuple[str, str], ...] = ()

    def within(self, site: str) -> "Goal":
        """Return the same goal for a place in the site at this physical path."""
        return (
            replace(self, place=site + self.place.rstrip("/")) if self.place else self
        )

    def covers(self, path: str) -> bool:
        """Is it a goal of what is at this physical path?"""
        return not self.place or f"{path}/".startswith(f"{self.place}/")

    @property
    def ids(self) -> Mapping[str, str]:
        """What it is called, by the name of the service."""
        return dict(self.services)


class GoalRules(NamedTuple):
    """The goals of a site, and by which ``rule`` levels are found there."""

    goals: tuple[Goal, ...]
    rule: EngagementRule

    def of_readings(self, path: str) -> tuple[Goal, ...]:
        """Return the goals that what browsers tell of what is at a physical path leads to."""
        return tuple(
            goal
            for goal in self.goals
            if goal.level not in (BY_EVENT, DOWNLOADED) and goal.covers(path)
        )

    def of_downloads(self, path: str) -> tuple[Goal, ...]:
        """Return the goals that are downloads of what is at a physical path."""
        return tuple(
            goal
            for goal in self.goals
            if goal.level == DOWNLOADED and goal.covers(path)
        )

    def of_event(self, path: str, name: str) -> tuple[Goal, ...]:
        """Return the goals that an event of a page is there."""
        return tuple(
            goal
            for goal in self.goals
            if goal.event and goal.event == name and goal.covers(path)
        )

    def events(self, path: str) -> tuple[Goal, ...]:
        """Return the goals that are events of pages, of what is at a physical path."""
        return tuple(goal for goal in self.goals if goal.event and goal.covers(path))
