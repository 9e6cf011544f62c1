"""The rows of the report: each goal, and each variant by each goal of its split.

What fewer readers did than may be told of is None in them, as if it were not known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.goals.goal import Goal
from slc.clicktracker.goals.split import Split
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
    """A goal, with what may be told of it where ``smallest`` readers are the fewest."""

    goal: Goal
    figures: GoalFigures
    smallest: int

    @property
    def name(self) -> str:
        return self.goal.name

    @property
    def what(self) -> Message:
        """What is to be reached."""
        if self.goal.event:
            return _("event “${name}”", mapping={"name": self.goal.event})
        return level_of(self.goal.level).title

    @property
    def readers(self) -> int | None:
        return self._told(self.figures.readers)

    @property
    def times(self) -> int | None:
        """How often it was reached."""
        return None if self.readers is None else self.figures.times

    @property
    def has_share(self) -> bool:
        """Is it known who could reach it? An event and a download are known of once they
        happen."""
        return self.goal.level not in (BY_EVENT, DOWNLOADED)

    @property
    def served(self) -> int | None:
        """How many were first given something with which it can be reached."""
        return self._told(self.figures.served) if self.has_share else None

    @property
    def of_served(self) -> int | None:
        return None if self.served is None else self._told(self.figures.of_served)

    @property
    def share(self) -> float | None:
        return None if self.of_served is None else self.of_served / self.served

    def _told(self, number: int) -> int | None:
        return number if number >= self.smallest else None


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
    def readers(self) -> int | None:
        return self._told(self.figures.readers)

    @property
    def reached(self) -> int | None:
        return None if self.readers is None else self._told(self.figures.reached)

    @property
    def share(self) -> float | None:
        return None if self.reached is None else self.reached / self.readers

    @cached_property
    def interval(self) -> Interval | None:
        if self.reached is None:
            return None
        return share_interval(self.reached, self.readers)

    @property
    def ratio(self) -> float | None:
        """Return how many times as often the goal was reached as with the first variant."""
        if self.first is None or self.share is None or self.first.share is None:
            return None
        return self.share / self.first.share

    @cached_property
    def ratio_interval(self) -> Interval | None:
        if self.ratio is None:
            return None
        first = self.first
        return ratio_interval(self.reached, self.readers, first.reached, first.readers)

    def _told(self, number: int) -> int | None:
        return number if number >= self.smallest else None


@dataclass(frozen=True)
class SplitPart:
    """A split by one goal: its rows, none where the settings have no such goal, and how
    many were shown ``several`` variants, None where these are too few."""

    split: Split
    goal: str
    rows: tuple[VariantRow, ...] = ()
    several: int | None = None

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
        several = figures.several if figures.several >= smallest else None
        return cls(split, goal.name, rows, several)


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
