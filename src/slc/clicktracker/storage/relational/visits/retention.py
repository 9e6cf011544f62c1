"""How a database forgets visitors: batch by batch, each in a transaction of its own."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.relational.visits.rows import visit_row
from slc.clicktracker.storage.relational.visits.summing import Summing
from slc.clicktracker.storage.relational.visits.transaction import VisitsTransaction
from slc.clicktracker.storage.visits.addresses import shortened
from sqlalchemy import Row


#: What nobody may refer to any more, by the names of the statements.
_REFERRED_TO = ("pages", "agents", "words", "accounts")


class Retention(VisitsTransaction):
    """Counts what is old, and removes it; see ``IVisitRetention``.

    Who removes has the visits of the site for himself; who counts needs no lock.
    """

    def old_views(self, before: datetime) -> int:
        return self._count("old_views", before)

    def old_visits(self, before: datetime) -> int:
        return self._count("old_visits", before)

    def whole_addresses(self, before: datetime) -> int:
        return self._count("whole_addresses", before)

    def drop_views(self, before: datetime, most: int, now: datetime) -> int:
        self._keep_from("views", before, now)
        keys = [(row.key,) for row in self._some("some_old_views", before, most)]
        if keys:
            self.run("remove_views", {"keys": keys})
        return len(keys)

    def drop_visits(self, before: datetime, most: int, now: datetime) -> int:
        self._keep_from("visits", before, now)
        visits = {
            row.id: visit_row(row, self.dialect)
            for row in self._some("some_old_visits", before, most)
        }
        numbers = self._with_most_views([*visits], most)
        if numbers:
            Summing(
                self.connection, self.queries, self.dialect, self.site
            ).take_members_away(map(visits.__getitem__, numbers))
            sent = {"numbers": [(number,) for number in numbers]}
            self.run("remove_views_of", sent)
            self.run("remove_visits", sent)
        return len(numbers)

    def shorten_addresses(self, before: datetime, most: int) -> int:
        visits = self._shorten("visits", before, most)
        return visits + self._shorten("views", before, most - visits)

    def _shorten(self, kind: str, before: datetime, most: int) -> int:
        found = self._some(f"some_whole_{kind}", before, most)
        cut = [(row.key, shortened(row.address)) for row in found]
        if cut:
            self.run(f"shorten_{kind}", {"addresses": cut}, most=len(cut))
        return len(cut)

    def unused(self, before: datetime, most: int) -> dict[str, list[tuple[int]]]:
        """Return the numbers of what nobody seems to refer to."""
        return {
            kind: [(row.id,) for row in self._some(f"unused_{kind}", before, most)]
            for kind in _REFERRED_TO
        }

    def drop_unused(self, before: datetime, unused: dict[str, list[tuple[int]]]) -> int:
        """Remove what nobody refers to, now that nobody else can."""
        return sum(
            len(
                self.ask(
                    f"remove_unused_{kind}",
                    {"numbers": numbers},
                    before=self.dialect.moment(before),
                )
            )
            for kind, numbers in unused.items()
            if numbers
        )

    def _with_most_views(self, visits: Sequence[int], most: int) -> list[int]:
        """Return as many of these visits as have so many page views, but one at least."""
        sent = {"numbers": [(number,) for number in visits]}
        views = Counter({row.visit: row.views for row in self.ask("count_views", sent)})
        chosen, room = [], most
        for number in visits:
            room -= views[number]
            if chosen and room < 0:
                break
            chosen.append(number)
        return chosen

    def _keep_from(self, kind: str, before: datetime, now: datetime) -> None:
        moment = self.dialect.moment
        self.run("add_site")
        self.run(f"keep_{kind}_from", before=moment(before), now=moment(now))

    def _count(self, statement: str, before: datetime) -> int:
        (row,) = self.ask(statement, before=self.dialect.moment(before))
        return int(row.number)

    def _some(self, statement: str, before: datetime, most: int) -> Sequence[Row]:
        return self.ask(statement, before=self.dialect.moment(before), most=most)
