"""The rows of the report: each goal, and each variant by each goal of its split.

Where fewer readers did something, or did not, than may be told of, a message is in the
place of the number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.goals.goal import Goal
from slc.clicktracker.goals.split import Split
from slc.clicktracker.reports.few import ALL_BUT_FEW
from slc.clicktracker.reports.few import NOT_TOLD
from slc.clicktracker.reports.few import Told
from slc.clicktracker.reports.few import told
from slc.clicktracker.reports.few import told_of
from slc.clicktracker.reports.goals.intervals import Interval
from slc.clicktracker.reports.goals.intervals import ratio_interval
from slc.clicktracker.reports.goals.intervals import share_interval
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.storage.goals.model import BY_EVENT
from slc.clicktracker.storage.goals.model import GoalFigures
from slc.clicktracker.storage.goals.model import SplitFigures
from slc.clicktracker.storage.goals.model import VariantFigures
from slc.clicktracker.storage.model import DOWNLOADED
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class GoalRow:
    """A goal, with what may be told of it where ``smallest`` readers are the fewest;
    ``known_since`` is the first day on which anybody was served something with it."""

    goal: Goal
    figures: GoalFigures
    smallest: int
    known_since: date | None = None

    @property
    def name(self) -> str:
        return self.goal.name

    @property
    def what(self) -> Message:
        """What is to be reached."""
        if self.goal.event:
            return _("Event “${name}”", mapping={"name": self.goal.event})
        return level_of(self.goal.level).title

    @property
    def readers(self) -> Told:
        return told(self.figures.readers, self.smallest)

    @property
    def times(self) -> Told:
        """How often it was reached."""
        return self.figures.times if isinstance(self.readers, int) else NOT_TOLD

    @property
    def has_share(self) -> bool:
        """Is it known who could reach it? An event and a download are known of once they
        happen."""
        return self.goal.level not in (BY_EVENT, DOWNLOADED)

    @property
    def served(self) -> Told:
        """How many were first given something with which it can be reached. Where a few of
        them have not reached it, ``readers`` may tell how few."""
        if not self.has_share:
            return None
        if self.of_served == ALL_BUT_FEW:
            return NOT_TOLD
        return told(self.figures.served, self.smallest)

    @property
    def of_served(self) -> Told:
        if not self.has_share:
            return None
        return told_of(self.figures.of_served, self.figures.served, self.smallest)

    @property
    def share(self) -> float | None:
        if not isinstance(self.of_served, int):
            return None
        return self.of_served / self.figures.served

    @property
    def hides_share(self) -> bool:
        """Is there a share that can't be told?"""
        return self.has_share and self.share is None

    @property
    def since(self) -> date | None:
        """The first day on which anybody was served something with which it can be
        reached, where it is told how many were."""
        return self.known_since if isinstance(self.served, int) else None


@dataclass(frozen=True)
class VariantRow:
    """A variant of a split by one goal; ``first`` is that of the first variant, None of that
    one itself."""

    split: Split
    goal: str
    figures: VariantFigures
    smallest: int
    first: "VariantRow | None" = None

    @property
    def variant(self) -> str:
        return self.figures.variant

    @property
    def readers(self) -> Told:
        return told(self.figures.readers, self.smallest)

    @property
    def reached(self) -> Told:
        return told_of(self.figures.reached, self.figures.readers, self.smallest)

    @property
    def share(self) -> float | None:
        if not isinstance(self.reached, int):
            return None
        return self.reached / self.figures.readers

    @property
    def hides_share(self) -> bool:
        """Is there a share that can't be told?"""
        return self.share is None

    @cached_property
    def interval(self) -> Interval | None:
        if self.share is None:
            return None
        return share_interval(self.reached, self.readers)

    @property
    def ratio(self) -> float | None:
        """Return how many times as often the goal was reached as with the first variant."""
        if self.first is None or self.share is None or self.first.share is None:
            return None
        return self.share / self.first.share

    @property
    def hides_ratio(self) -> bool:
        """Is there a ratio that can't be told?"""
        return self.first is not None and self.ratio is None

    @cached_property
    def ratio_interval(self) -> Interval | None:
        if self.ratio is None:
            return None
        first = self.first
        return ratio_interval(self.reached, self.readers, first.reached, first.readers)


@dataclass(frozen=True)
class SplitPart:
    """A split by one goal: its rows, none where the settings have no such goal, and how
    many were shown ``several`` variants; these are left out, whatever the goal is."""

    split: Split
    goal: str
    rows: tuple[VariantRow, ...] = ()
    several: Told = None

    @classmethod
    def of(
        cls,
        split: Split,
        goal: Goal,
        figures: SplitFigures,
        smallest: int,
    ) -> "SplitPart":
        """Return it with the variants that the settings have, in their order."""
        rows = tuple(_variant_rows(split, goal.name, figures, smallest))
        return cls(split, goal.name, rows, told(figures.several, smallest))

    @property
    def is_told(self) -> bool:
        """Is of any variant known how many were shown it?"""
        return any(isinstance(row.readers, int) for row in self.rows)


def _variant_rows(
    split: Split, goal: str, figures: SplitFigures, smallest: int
) -> Iterator[VariantRow]:
    known = {each.variant: each for each in figures.variants}
    first = None
    for variant in split.variants:
        of = known.get(variant, VariantFigures(variant, 0, 0))
        row = VariantRow(split, goal, of, smallest, first)
        first = first or row
        yield row
