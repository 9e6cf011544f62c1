"""Readers of whom it is known which goals they reached, and which variant they were shown."""

from plone import api
from slc.clicktracker.goals.goal_line import goal_of
from slc.clicktracker.interfaces import IGoalSettings
from slc.clicktracker.storage.goals.model import BY_EVENT
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.testing.goals import chance
from slc.clicktracker.testing.goals import shown
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import OTHER
from slc.clicktracker.testing.visits import read

import transaction


#: When all of it was.
DAYS = {"since": "2026-01-01", "until": "2026-01-02"}
GOALS = ("Read: finished; below /news", "Sign-up: event sign-up", "</b>: opened")
SPLITS = ("headline: short, long, none; goal Read",)
PEOPLE = [Reader(f"reader-{number}") for number in range(84)]


def use(goals=GOALS, splits=SPLITS):
    for name, lines in (("goals", goals), ("splits", splits)):
        api.portal.set_registry_record(name, lines, IGoalSettings)
    transaction.commit()


def fill(storage):
    """Of 40 who were shown "short" 30 have finished, of 40 with "long" 12, of 4 with "none"
    one; 6 have signed up, one of them twice; two have opened something."""
    storage.record([note(who, version=LONG) for who in PEOPLE])
    finished = [*PEOPLE[:30], *PEOPLE[40:52], PEOPLE[80]]
    storage.record([read(1, who, 10_000, marks=Marks.ENDED) for who in finished])
    variants = ["short"] * 40 + ["long"] * 40 + ["none"] * 4
    storage.record_exposures(
        [shown(*each) for each in zip(PEOPLE, variants, strict=True)]
    )
    finish, sign_up, opened = (goal_of(line).known_as for line in GOALS)
    storage.reach_goals([chance(who, at=20, goal=finish) for who in PEOPLE])
    storage.record([note(PEOPLE[0], document=OTHER, version=LONG)])
    signed = [chance(who, BY_EVENT, goal=sign_up) for who in PEOPLE[:6]]
    again = chance(PEOPLE[0], BY_EVENT, goal=sign_up, document=OTHER)
    storage.reach_goals([*signed, again])
    storage.reach_goals([chance(who, "opened", goal=opened) for who in PEOPLE[:2]])
