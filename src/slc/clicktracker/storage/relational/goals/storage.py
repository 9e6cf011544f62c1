"""The part of a storage in a database that is about goals and splits."""

from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.asked import asked
from slc.clicktracker.storage.relational.goals.transaction import GoalsTransaction
from slc.clicktracker.storage.relational.outbox.transaction import OutboxTransaction
from sqlalchemy import Connection


class GoalsInDatabase:
    """The methods of ``IGoals`` for a ``RelationalStorage``."""

    def reach_goals(self, chances: Sequence[GoalChance]) -> None:
        """Look which chances are goals, whole or not at all; see ``IGoals``."""
        if not chances:
            return
        with self._writing() as connection:
            self.lock_goals(connection)
            chances = self._taken(connection, chances, "issued")
            reached = self._within(GoalsTransaction, connection).reach(chances)
            hits = [hit for chance in reached for hit in chance.hits]
            if hits:
                self._within(OutboxTransaction, connection).put(hits, self.now())

    def record_exposures(self, exposures: Sequence[Exposure]) -> None:
        """Record exposures whole or not at all; see ``IGoals``."""
        if exposures:
            with self._writing() as connection:
                self.lock_goals(connection)
                exposures = self._taken(connection, exposures)
                self._within(GoalsTransaction, connection).expose(exposures)

    def lock_goals(self, connection: Connection) -> None:
        """Wait until nobody else writes goals of this site, until the commit."""

    goal_figures = asked(GoalsTransaction, GoalsTransaction.figures)
    split_figures = asked(GoalsTransaction, GoalsTransaction.of_split)
    reached_goals = asked(GoalsTransaction, GoalsTransaction.reached)
    exposures = asked(GoalsTransaction, GoalsTransaction.exposures)

    old_exposures = asked(GoalsTransaction, GoalsTransaction.old_exposures)

    def drop_exposures(self, before: datetime, most: int) -> int:
        """Remove some old exposures; see ``IGoals``."""
        with self._writing() as connection:
            return self._within(GoalsTransaction, connection).drop_exposures(
                before, most
            )

    def _forget_exposures(
        self, connection: Connection, reader: Reader, until: datetime
    ) -> None:
        self._within(GoalsTransaction, connection).forget_exposures(reader, until)
