"""``parts_of``: how far people are, as parts of a bar."""

from dataclasses import dataclass
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import ATTESTED
from slc.clicktracker.reports.levels import DOWNLOADED
from slc.clicktracker.reports.levels import ENGAGED
from slc.clicktracker.reports.levels import FINISHED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import OPENED
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.storage.progress import LevelNumbers
from zope.i18nmessageid import Message


#: Of whom a bar tells, from the furthest to the least: the level and its place in
#: ``LevelNumbers``.
_SHOWN = (ACKNOWLEDGED, ATTESTED, FINISHED, ENGAGED, OPENED, DOWNLOADED)


@dataclass(frozen=True)
class Part:
    """A part of a bar: how many people it is of, and the list that they are in, ``tab``
    with only those of a ``level``, "" for all of it. ``colour`` is one of Bootstrap's."""

    title: Message
    number: int
    colour: str
    tab: Tab
    level: str = ""


def parts_of(reached: LevelNumbers) -> list[Part]:
    """Return the parts for those who have read it, without those of nobody."""
    numbers = ((level, getattr(reached, level.name)) for level in _SHOWN)
    return [_part(level, number) for level, number in numbers if number]


def _part(level: Level, number: int) -> Part:
    return Part(level.title, number, level.colour, READ, level.name)
