"""The values of goals and splits that travel to and from a storage."""

from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Normalised
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.outbox.model import Hit


#: The level of a goal that no reading has to get to: that something happened is all.
BY_EVENT = ""

#: The level of a chance that nobody has used yet: a page was served, and that is all.
UNUSED = SERVED

_PLAIN_RULE = EngagementRule()


@dataclass(frozen=True)
class GoalChance(Normalised):
    """That a reader may have reached a goal now, with one version of one document.

    ``goal``   what the goal is known as: its definition has a part in that
    ``level``  how far the reading has to be by ``rule``, one of
               ``storage.model.READING_LEVELS``; or ``BY_EVENT``: the goal is reached;
               or ``UNUSED``: it is not, with this
    ``at``     when that was, ``issued`` when the ticket was, which says whose account it is
    ``uid``    of the document
    ``hits``   what services are to be told if the goal is reached with it
    """

    goal: str
    level: str
    at: datetime
    issued: datetime
    uid: str
    version: Version
    reader: Reader
    rule: EngagementRule = _PLAIN_RULE
    hits: tuple[Hit, ...] = ()

    @property
    def text(self) -> str:
        """What the version showed: versions of the same digest are one text."""
        return self.version.digest or self.version.label


@dataclass(frozen=True)
class Exposure(Normalised):
    """That a reader was shown a ``variant``, one of the versions of a ``split``."""

    split: str
    variant: str
    reader: Reader
    at: datetime


@dataclass(frozen=True)
class ReachedGoal:
    """That a reader has reached a ``goal`` with the document with a ``uid``, when first."""

    goal: str
    uid: str
    at: datetime


@dataclass(frozen=True)
class GoalFigures:
    """How many readers reached a goal in some time.

    ``readers`` are those who did, ``times`` is how often they did: a reader and a version
    of a document count once. ``served`` are those who were first given something with
    which it can be reached, and ``of_served`` have reached it by the end of that time.
    ``known_since`` is when anybody first was, at any time, None where nobody ever was.
    """

    goal: str
    readers: int = 0
    times: int = 0
    served: int = 0
    of_served: int = 0
    known_since: datetime | None = None


@dataclass(frozen=True)
class VariantFigures:
    """How many ``readers`` were first shown a variant in some time, and how many of them
    ``reached`` a goal after that and by its end."""

    variant: str
    readers: int
    reached: int


@dataclass(frozen=True)
class SplitFigures:
    """The variants of a split that anybody was shown, by name. Who was shown ``several``
    is among the readers of none."""

    variants: tuple[VariantFigures, ...] = ()
    several: int = 0
