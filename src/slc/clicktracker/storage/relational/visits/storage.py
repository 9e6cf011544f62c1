"""The part of a storage in a database that is about visitors."""

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import datetime
from slc.clicktracker.storage.relational.asked import asked
from slc.clicktracker.storage.relational.visits.questions import VisitQuestions
from slc.clicktracker.storage.relational.visits.recording import Recording
from slc.clicktracker.storage.relational.visits.retention import Retention
from slc.clicktracker.storage.relational.visits.statistics import VisitStatistics
from slc.clicktracker.storage.visits.model import PageView
from sqlalchemy import Connection


class VisitsInDatabase:
    """The methods of ``IVisits``, ``IVisitRetention`` and ``IVisitStatistics`` for a ``RelationalStorage``."""

    def record_views(self, views: Sequence[PageView]) -> None:
        """Record page views whole or not at all; see ``IVisits``."""
        if views:
            with self._writing() as connection:
                self.lock_visits(connection)
                views = self._taken(connection, views)
                self._within(Recording, connection).record(views, self.now())

    def lock_visits(self, connection: Connection) -> None:
        """Wait until nobody else writes to the visits of this site, until the commit."""

    def lock_agents(self, connection: Connection) -> None:
        """Wait until nobody else writes to the visits of any site, until the commit."""

    def drop_views(self, before: datetime, most: int) -> int:
        """Remove some old page views; see ``IVisitRetention``."""
        with self._removing() as retention:
            return retention.drop_views(before, most, self.now())

    def drop_visits(self, before: datetime, most: int) -> int:
        """Remove some old visits; see ``IVisitRetention``."""
        with self._removing() as retention:
            return retention.drop_visits(before, most, self.now())

    def shorten_addresses(self, before: datetime, most: int) -> int:
        """Cut some old addresses; see ``IVisitRetention``."""
        with self._removing() as retention:
            return retention.shorten_addresses(before, most)

    def drop_unused(self, before: datetime, most: int) -> int:
        """Remove some of what nobody refers to; see ``IVisitRetention``.

        To find it may take a while, so nobody has to wait for that.
        """
        with self._reading() as connection:
            unused = self._within(Retention, connection).unused(before, most)
        if not any(unused.values()):
            return 0
        # Accesses refer to accounts as well, and other sites to agents.
        with self._writing(self.site) as connection:
            self.lock_agents(connection)
            self.lock_visits(connection)
            return self._within(Retention, connection).drop_unused(before, unused)

    @contextmanager
    def _removing(self) -> Iterator[Retention]:
        with self._writing() as connection:
            self.lock_visits(connection)
            yield self._within(Retention, connection)

    old_views = asked(Retention, Retention.old_views)
    old_visits = asked(Retention, Retention.old_visits)
    whole_addresses = asked(Retention, Retention.whole_addresses)
    visits = asked(VisitQuestions, VisitQuestions.visits)
    page_views = asked(VisitQuestions, VisitQuestions.page_views)
    presence = asked(VisitQuestions, VisitQuestions.presence)
    figures = asked(VisitStatistics, VisitStatistics.figures)
    shares = asked(VisitStatistics, VisitStatistics.shares)
