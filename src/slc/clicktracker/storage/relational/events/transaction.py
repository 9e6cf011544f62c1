"""Events of members: recorded, asked for and forgotten within one transaction."""

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from slc.clicktracker.storage.events.model import MemberEvent
from slc.clicktracker.storage.events.plain import PlainEvent
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.relational.visits.transaction import VisitsTransaction


#: Rows that are taken from the database at a time.
_AT_ONCE = 500


class EventsTransaction(VisitsTransaction):
    """Many rows are sent at once, as those of visits are."""

    def record(self, rows: Sequence[PlainEvent]) -> None:
        left = self._left({row.reader for row in rows})
        rows = [row for row in rows if row.occurred > left.get(row.reader, -1)]
        self.run("add_site")
        self.run("add_events", {"events": rows})

    def _left(self, members: set[str]) -> dict[str, int]:
        """Return when the accounts of some members were deleted, if any was: what is of
        somebody who has left and arrives late is nobody else's."""
        found = self.ask("left_members", documents=self.dialect.uids(sorted(members)))
        moment = self.dialect.datetime
        return {row.member: microseconds(moment(row.retired)) for row in found}

    def events(
        self, since: datetime, until: datetime, reader: str | None, cohort: str | None
    ) -> Iterator[MemberEvent]:
        parameters = {"since": microseconds(since), "until": microseconds(until)}
        parts = {"of_reader": "", "of_cohort": ""}
        if reader is not None:
            parts["of_reader"] = "AND e.member = :member"
            parameters["member"] = reader
        if cohort is not None:
            parts["of_cohort"] = "AND e.cohort = :cohort"
            parameters["cohort"] = cohort
        found = self.connection.execute(
            self.queries.get("events", **parts),
            {"site": self.site, **parameters},
            execution_options={"yield_per": _AT_ONCE},
        )
        with closing(found):
            for row in found:
                yield MemberEvent(**PlainEvent(*row)._asdict())

    def drop(self, before: datetime, most: int) -> int:
        found = self._execute(
            "drop_events", None, {"before": microseconds(before), "most": most}
        )
        return int(found.rowcount)

    def old(self, before: datetime) -> int:
        (row,) = self.ask("old_events", before=microseconds(before))
        return int(row.number)

    def forget(self, member: str, until: datetime) -> None:
        self.run("forget_events", member=member, until=microseconds(until))
