"""What is known of chances before a storage looks whether they are goals."""

from collections.abc import Iterable
from datetime import datetime
from slc.clicktracker.storage.goals.model import BY_EVENT
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.goals.model import UNUSED
from slc.clicktracker.storage.levels import furthest
from slc.clicktracker.storage.levels import TextRead
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import LEVELS
from typing import NamedTuple


class Gathered(NamedTuple):
    """The latest of some chances that are the same but for their times, and when the first
    one was. That a level was reached is only known once the last message is there. One that
    nobody has used is not the latest, unless there are no others: services are told of none
    with it."""

    chance: GoalChance
    first: datetime


def gathered(chances: Iterable[GoalChance]) -> list[Gathered]:
    """Return each goal, reader and version once, in an order that is the same for all who
    write at the same time."""
    found: dict[tuple, Gathered] = {}
    for chance in chances:
        who = chance.reader.folder, chance.reader.user
        once = (chance.uid, *who, chance.text, chance.goal)
        known = found.get(once, Gathered(chance, chance.at))
        found[once] = Gathered(
            max(known.chance, chance, key=lambda each: (each.level != UNUSED, each.at)),
            min(known.first, chance.at),
        )
    return [found[once] for once in sorted(found)]


class GoalEvidence(NamedTuple):
    """What is known of a reader with a text, which has so many ``words``."""

    opened: int
    engaged: int
    words: int
    marks: Marks
    is_downloaded: bool


def is_reached(chance: GoalChance, known: GoalEvidence) -> bool:
    """Has the reading got to where the goal is?"""
    if chance.level == BY_EVENT:
        return True
    if chance.level == UNUSED:
        return False
    if chance.level == DOWNLOADED:
        return known.is_downloaded
    needed = chance.rule.needed(known.words)
    level = furthest(TextRead(known.opened, known.engaged, needed, known.marks))
    return level is not None and LEVELS.index(level) >= LEVELS.index(chance.level)
