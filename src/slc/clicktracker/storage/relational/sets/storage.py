"""The part of a storage in a database that answers from sets of readers."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import Absent
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.storage.progress import who
from slc.clicktracker.storage.relational.questions import Questions
from slc.clicktracker.storage.relational.readings import Readings
from slc.clicktracker.storage.relational.sets.catching_up import CatchingUp
from slc.clicktracker.storage.relational.sets.loaded import AskingForSets
from slc.clicktracker.storage.sets.document_days import activity_of
from slc.clicktracker.storage.sets.document_values import DocumentValues
from slc.clicktracker.storage.sets.listed import Listed
from slc.clicktracker.storage.sets.listed import needs_values
from slc.clicktracker.storage.sets.site_sets import SiteSets
from sqlalchemy import Connection


class SetsInDatabase:
    """Methods of ``IReadingLists``, ``IReadingFigures``, ``IAudienceProgress`` and
    ``IReaderSets`` for a ``RelationalStorage``."""

    def readings(self, query: ReadingQuery) -> ReadingPage:
        """Return one page of readings; see ``IReadingLists``."""
        with self._listed(query) as (listed, readings):
            rows = tuple(readings.of(listed.each()))
            return ReadingPage(rows, listed.total, listed.readers)

    def each_reading(self, query: ReadingQuery) -> Iterator[Reading]:
        """Return an iterator over readings, which has a connection of its own until it
        is exhausted or closed; see ``IReadingLists``."""
        with self._listed(query) as (listed, readings):
            yield from readings.of(listed.each())

    @contextmanager
    def _listed(self, query: ReadingQuery) -> Iterator[tuple[Listed, Readings]]:
        """What a query lists, and what finds the readings of it in the state of the
        database in which it was listed, whatever is recorded meanwhile."""
        kinds = ("documents", "values") if needs_values(query) else ("documents",)
        with self._caught_up(query.documents, query.rule, kinds) as (connection, sets):
            listed = sets.listed(query)
            readings = self._within(Readings, connection)
            values = partial(self._values, connection)
            yield listed, readings.about(query, listed.ranks, values)

    def _values(
        self, connection: Connection, documents: Mapping[str, int]
    ) -> Mapping[str, DocumentValues]:
        """Return the values of documents, whose numbers come by UID."""
        asking = self._within(AskingForSets, connection)
        state = asking.state()
        if self._loaded_sets.are_of(state):
            return self._loaded_sets.of(asking, state, documents, ("values",)).values
        # A file that takes long is of an earlier state: what the process has by now is
        # left alone.
        uids = {number: uid for uid, number in documents.items()}
        return {uids[number]: its for number, its in asking.values(list(uids))}

    def absent(self, query: AbsenceQuery) -> AbsentPage:
        """Return one page of those who are absent; see ``IReadingLists``."""
        asked = query.documents, None, ("documents",)
        with self._caught_up(*asked) as (connection, sets):
            readers, total = sets.absent(query)
            questions = self._within(Questions, connection)
            served = questions.served(query.documents, sets.people.numbers(readers))
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

    def activity(self, documents: Sequence[str], since: date, until: date) -> Activity:
        """Return the accesses by day and by document; see ``IReadingFigures``."""
        days = self._sets(documents, kinds=("days",)).days
        return activity_of(days, since, until)

    def progress(self, query: ProgressQuery) -> tuple[int, ...]:
        """Return how many have read each item; see ``IAudienceProgress``."""
        return self._sets_for(query).progress(query)

    def lacking(self, query: ProgressQuery) -> tuple[tuple[Reader, ...], ...]:
        """Return who has not read each item; see ``IAudienceProgress``."""
        return self._sets_for(query).lacking(query)

    def levels(
        self, query: ProgressQuery, rule: EngagementRule
    ) -> tuple[LevelNumbers, ...]:
        """Return how far readers of each item got; see ``IAudienceProgress``."""
        return self._sets(_asked_about(query), rule).levels(query)

    def behind(
        self,
        query: ProgressQuery,
        search: str = "",
        start: int = 0,
        size: int | None = 20,
    ) -> MemberProgressPage:
        """Return one page of members; see ``IAudienceProgress``."""
        return self._sets_for(query).behind(query, search, start, size)

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

    def load(self, documents: Sequence[str]) -> None:
        """Have the sets and days of documents in memory; see ``IReaderSets``."""
        with self._of_one_moment() as connection:
            asking = self._within(AskingForSets, connection)
            kinds = "documents", "days"
            self._loaded_sets.of(asking, asking.state(), documents, kinds)

    def lock_sets(self, connection: Connection) -> None:
        """Wait until nobody else makes sets of this site, until the commit."""

    def _sets_for(self, query: ProgressQuery) -> SiteSets:
        rule = query.rule if query.by_rule else None
        return self._sets(_asked_about(query), rule)

    def _sets(
        self,
        documents: Sequence[str],
        rule: EngagementRule | None = None,
        kinds: tuple[str, ...] = ("documents",),
    ) -> SiteSets:
        """Return some kinds of ``SiteSets`` of documents with all that was recorded before;
        levels are by the rule, if there is one."""
        with self._caught_up(documents, rule, kinds) as (_connection, sets):
            return sets

    @contextmanager
    def _caught_up(
        self,
        documents: Sequence[str],
        rule: EngagementRule | None,
        kinds: tuple[str, ...],
    ) -> Iterator[tuple[Connection, SiteSets]]:
        """The same, and a transaction to which the database doesn't change any more."""
        with self._of_one_moment() as connection:
            asking = self._within(AskingForSets, connection)
            state = asking.state()
            is_by_rule = rule is None or state.rule in (None, rule)
            if is_by_rule and not state.is_behind:
                yield connection, self._loaded_sets.of(asking, state, documents, kinds)
                return
        self.catch_up(rule)
        with self._of_one_moment() as connection:
            asking = self._within(AskingForSets, connection)
            state = asking.state()
            yield connection, self._loaded_sets.of(asking, state, documents, kinds)


def _asked_about(query: ProgressQuery) -> tuple[str, ...]:
    return tuple({uid for item in query.items for uid in item.documents})
