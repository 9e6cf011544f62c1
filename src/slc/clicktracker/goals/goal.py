"""``Goal``: what readers are to reach, and who is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from hashlib import sha256
from slc.clicktracker.storage.goals.model import BY_EVENT
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal by its ``name``.

    ``level``     how far a reading has to get; ``BY_EVENT`` where it is an event
    ``event``     the name of that event of a page
    ``place``     the path in the site at or below which it is one, "" for anywhere
    ``services``  what it is called by a service that is told of it: pairs of the name of the
                  service and an id
    ``site``      the physical path of the site that has the place
    """

    name: str
    level: str = BY_EVENT
    event: str = ""
    place: str = ""
    services: tuple[tuple[str, str], ...] = ()
    site: str = ""

    def within(self, site: str) -> "Goal":
        """Return the same goal for the site at this physical path."""
        return replace(self, site=site)

    def covers(self, path: str) -> bool:
        """Is it a goal of what is at this physical path?"""
        place = self.place.rstrip("/")
        return not place or f"{path}/".startswith(f"{self.site}{place}/")

    def is_called(self, name: str) -> bool:
        """Is that its name? Capital letters make no difference."""
        return name.casefold() == self.name.casefold()

    @property
    def known_as(self) -> str:
        """What it is recorded as: its name, and a digest of all that makes it what it is.
        So a goal that is changed is another one, and not what others had reached before."""
        name = self.name.casefold()
        made_of = "\n".join((name, self.level, self.event, self.place.rstrip("/")))
        digest = sha256(made_of.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{digest[:16]} {name}"

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
