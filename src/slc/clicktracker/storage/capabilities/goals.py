"""What a storage may know of goals and splits."""

from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.capabilities.outbox import IOutbox
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.goals.model import GoalFigures
from slc.clicktracker.storage.goals.model import ReachedGoal
from slc.clicktracker.storage.goals.model import SplitFigures
from slc.clicktracker.storage.model import Reader


class IGoals(IOutbox):
    """Capability: which goals readers have reached, each once, and what splits showed them.

    What is recorded is asked for by numbers alone, but by those whom it is about. It goes with the readings of a reader,
    and exposures go with the account, as they are known by the id alone.
    """

    def reach_goals(chances: Sequence[GoalChance]) -> None:
        """Look whether a sequence of ``storage.goals.model.GoalChance`` are goals, whole or
        not at all, by all that is recorded of these readings now.

        A goal is reached once by a reader with one text of a document, whoever looks how
        often and at the same time; it stays reached by any other rule. Only then are the
        hits of the chance put into the outbox, in the same transaction: of several chances
        that come together the latest one counts, but none that is ``UNUSED`` where there
        are others. An unused one alone says since when the goal can be reached, and
        reaches none. A chance of somebody of whom there is no reading, nor a note that the
        page was served, is left out.
        """

    def record_exposures(exposures: Sequence[Exposure]) -> None:
        """Record a sequence of ``storage.goals.model.Exposure``, whole or not at all. The
        first one of a reader and a variant counts. What is of an account that was deleted
        since is left out."""

    def goal_figures(
        goals: Sequence[str], since: datetime, until: datetime
    ) -> tuple[GoalFigures, ...]:
        """Return a ``storage.goals.model.GoalFigures`` for each of some goals, in their
        order, from ``since`` to before ``until``."""

    def split_figures(
        split: str, goal: str, since: datetime, until: datetime
    ) -> SplitFigures:
        """Return the ``storage.goals.model.SplitFigures`` of those who were first shown a
        variant from ``since`` to before ``until``."""

    def reached_goals(reader: Reader) -> tuple[ReachedGoal, ...]:
        """Return a tuple of ``storage.goals.model.ReachedGoal``: what the account that there is
        now has reached, the earliest first; ties are broken by goal and UID."""

    def exposures(reader: Reader) -> tuple[Exposure, ...]:
        """Return a tuple of ``storage.goals.model.Exposure``: which variants a reader was
        shown, each when first, the earliest first; ties are broken by split and variant."""

    def drop_exposures(before: datetime, most: int) -> int:
        """Remove at most so many exposures that were first before a time, and return how many;
        0 once there are none. Whoever is shown the variant again is shown it first then."""

    def old_exposures(before: datetime) -> int:
        """Return how many exposures ``drop_exposures`` would remove."""
