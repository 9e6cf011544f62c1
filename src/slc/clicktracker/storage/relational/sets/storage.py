"""The part of a storage in a database that answers from sets of readers."""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import replace
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import Absent
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.storage.progress import who
from slc.clicktracker.storage.relational.report import Report
from slc.clicktracker.storage.relational.sets.catching_up import BOUNDED
from slc.clicktracker.storage.relational.sets.catching_up import CatchingUp
from slc.clicktracker.storage.relational.sets.loaded import AskingForSets
from slc.clicktracker.storage.sets.listed import ORDERS
from slc.clicktracker.storage.sets.site_sets import SiteSets
from sqlalchemy import Connection
from typing import Any


#: As many readings are sorted at once.
_FEW = 2000

#: How many more documents are looked at when the first ones were not enough.
_MORE = 8


class SetsInDatabase:
    """Methods of ``IReadingLists``, ``IReadingFigures``, ``IAudienceProgress`` and
    ``IReaderSets`` for a ``RelationalStorage``."""

    def readings(self, query: ReadingQuery) -> ReadingPage:
        """Return one page of readings; see ``IReadingLists``."""
        if query.since or query.until or query.size is None:
            with self._reading() as connection:
                return self._within(Report, connection).readings(query)
        listed = self._sets(query.documents, query.rule).listed(query)
        with self._reading() as connection:
            if query.sort in ORDERS:
                rows = self._within(Report, connection).listed(listed, query)
            else:
                rows = self._sorted(connection, query, listed.total)
        return ReadingPage(rows, listed.total, listed.readers)

    def _sorted(
        self, connection: Connection, query: ReadingQuery, total: int
    ) -> tuple[Reading, ...]:
        """Return the readings on a page, of a ``total``, in an order that the database has
        to find.

        It looks first at the documents that may have the first readings, and at more only
        while these can have any that come before the last one on the page.
        """
        report = self._within(Report, connection)
        most = max(query.start, 0) + max(query.size, 0)
        is_bounded = query.sort in BOUNDED and query.standing != "older"
        if is_bounded and total > max(most, _FEW):
            asking = self._within(AskingForSets, connection)
            bounds = asking.bounds(query.documents, query.sort, query.reverse)
            while 0 < most < len(bounds):
                uids = tuple(uid for uid, _bound in bounds[:most])
                rows = report.readings(replace(query, documents=uids)).rows
                others = bounds[most][1]
                if len(rows) == query.size and _is_before(rows[-1], others, query):
                    return rows
                most *= _MORE
        return report.readings(query).rows

    def absent(self, query: AbsenceQuery) -> AbsentPage:
        """Return one page of those who are absent; see ``IReadingLists``."""
        sets = self._sets(query.documents)
        readers, total = sets.absent(query)
        with self._reading() as connection:
            report = self._within(Report, connection)
            served = report.served(query.documents, sets.people.numbers(readers))
        return AbsentPage(
            tuple(Absent(reader, served.get(who(reader))) for reader in readers), total
        )

    def coverage(
        self,
        documents: Sequence[str],
        rule: EngagementRule,
        current: Sequence[str] = (),
        as_one: bool = False,
        left_out: Sequence[Reader] = (),
    ) -> Coverage:
        """Return how far the named readers got; see ``IReadingFigures``."""
        return self._sets(documents, rule).coverage(current, as_one, left_out)

    def progress(self, query: ProgressQuery) -> tuple[int, ...]:
        """Return how many have read each item; see ``IAudienceProgress``."""
        return self._sets(_asked_about(query)).progress(query)

    def behind(
        self,
        query: ProgressQuery,
        search: str = "",
        start: int = 0,
        size: int | None = 20,
    ) -> MemberProgressPage:
        """Return one page of members; see ``IAudienceProgress``."""
        return self._sets(_asked_about(query)).behind(query, search, start, size)

    def catch_up(
        self,
        rule: EngagementRule | None = None,
        go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        """Bring the sets up to date; see ``IReaderSets``."""
        while go_on():
            with self._writing() as connection:
                self.lock_sets(connection)
                if not self._within(CatchingUp, connection).catch_up(rule):
                    return

    def rebuild(self, go_on: Callable[[], bool] = lambda: True) -> None:
        """Make all that is derived anew; see ``IReaderSets``."""
        with self._writing() as connection:
            self.lock_sets(connection)
            self._within(CatchingUp, connection).begin_anew()
        self.catch_up(go_on=go_on)

    def lock_sets(self, connection: Connection) -> None:
        """Wait until nobody else makes sets of this site, until the commit."""

    def _sets(
        self, documents: Sequence[str], rule: EngagementRule | None = None
    ) -> SiteSets:
        """Return the sets of documents with all that was recorded before; levels are by
        the rule, if there is one."""
        with self._reading() as connection:
            asking = self._within(AskingForSets, connection)
            state = asking.state()
            is_by_rule = rule is None or state.rule in (None, rule)
            if is_by_rule and not state.is_behind:
                return self._loaded_sets.of(asking, state, documents)
        self.catch_up(rule)
        with self._reading() as connection:
            asking = self._within(AskingForSets, connection)
            return self._loaded_sets.of(asking, asking.state(), documents)


def _is_before(row: Reading, bound: Any, query: ReadingQuery) -> bool:
    """Does a reading come before all that are bounded? Not where it may be the same."""
    value = getattr(row, query.sort)
    return value > bound if query.reverse else value < bound


def _asked_about(query: ProgressQuery) -> tuple[str, ...]:
    return tuple({uid for item in query.items for uid in item.documents})
