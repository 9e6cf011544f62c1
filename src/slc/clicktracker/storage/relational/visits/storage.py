"""The part of a storage in a database that is about visitors."""

from collections.abc import Sequence
from slc.clicktracker.storage.relational.asked import asked
from slc.clicktracker.storage.relational.visits.questions import VisitQuestions
from slc.clicktracker.storage.relational.visits.recording import Recording
from slc.clicktracker.storage.visits.model import PageView
from sqlalchemy import Connection


class VisitsInDatabase:
    """The methods of ``IVisits`` for a ``RelationalStorage``."""

    def record_views(self, views: Sequence[PageView]) -> None:
        """Record page views whole or not at all; see ``IVisits``."""
        if views:
            with self._writing() as connection:
                self.lock_visits(connection)
                self._within(Recording, connection).record(views)

    def lock_visits(self, connection: Connection) -> None:
        """Wait until nobody else writes to the visits of this site, until the commit."""

    visits = asked(VisitQuestions, VisitQuestions.visits)
    page_views = asked(VisitQuestions, VisitQuestions.page_views)
    presence = asked(VisitQuestions, VisitQuestions.presence)
