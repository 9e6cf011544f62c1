"""The part of the storage in memory that is about visitors."""

from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import PageViewPage
from slc.clicktracker.storage.visits.model import Presence
from slc.clicktracker.storage.visits.model import VisitPage
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.storage.visits.statistics import SharePage
from slc.clicktracker.storage.visits.statistics import VisitFigures


class VisitsInMemory:
    """The methods of ``IVisits``, ``IVisitRetention`` and ``IVisitStatistics`` for a ``MemoryStorage``."""

    def record_views(self, views: Sequence[PageView]) -> None:
        """Record page views whole or not at all; see ``IVisits``."""
        self.visitors.record_views(views)

    def visits(self, query: VisitQuery) -> VisitPage:
        """Return one page of visits; see ``IVisits``."""
        return self.visitors.visits(query)

    def page_views(self, query: VisitQuery) -> PageViewPage:
        """Return one page of page views; see ``IVisits``."""
        return self.visitors.page_views(query)

    def presence(self, since: datetime, uid: str = "", url: str = "") -> Presence:
        """Return who is there; see ``IVisits``."""
        return self.visitors.presence(since, uid, url)

    def drop_views(self, before: datetime, most: int) -> int:
        """Remove some old page views; see ``IVisitRetention``."""
        return self.retention.drop_views(before, most)

    def drop_visits(self, before: datetime, most: int) -> int:
        """Remove some old visits; see ``IVisitRetention``."""
        return self.retention.drop_visits(before, most)

    def shorten_addresses(self, before: datetime, most: int) -> int:
        """Cut some old addresses; see ``IVisitRetention``."""
        return self.retention.shorten_addresses(before, most)

    def drop_unused(self, before: datetime, most: int) -> int:
        """Remove some of what nobody refers to; see ``IVisitRetention``."""
        return self.retention.drop_unused(before, most)

    def old_views(self, before: datetime) -> int:
        """Count old page views; see ``IVisitRetention``."""
        return self.retention.old_views(before)

    def old_visits(self, before: datetime) -> int:
        """Count old visits; see ``IVisitRetention``."""
        return self.retention.old_visits(before)

    def whole_addresses(self, before: datetime) -> int:
        """Count old addresses; see ``IVisitRetention``."""
        return self.retention.whole_addresses(before)

    def figures(self, periods: Sequence[Days]) -> list[VisitFigures]:
        """Return the figures of some days; see ``IVisitStatistics``."""
        return self.statistics.figures(periods)

    def shares(
        self, kind: str, days: Days, start: int = 0, size: int | None = 20
    ) -> SharePage:
        """Return one page of shares; see ``IVisitStatistics``."""
        return self.statistics.shares(kind, days, start, size)
