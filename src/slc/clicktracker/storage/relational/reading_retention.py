"""How a database removes readings, and what they were made of, after some time."""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from datetime import timezone
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.relational.visits.transaction import VisitsTransaction
from slc.clicktracker.storage.retention import is_of
from sqlalchemy import Row
from typing import NamedTuple


#: Before all tickets.
_ALWAYS = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Old(NamedTuple):
    """The readings of one reader and one document, by their numbers."""

    document: int
    reader: int


class ReadingRetention(VisitsTransaction):
    """Finds what is old, which needs no lock, and removes it; see ``IReadingRetention``."""

    def documents(self) -> list[int]:
        return [row.id for row in self.ask("documents_here")]

    def begin(self, before: datetime) -> None:
        """Take no accesses any more whose tickets were issued before that time."""
        self.run("add_site")
        self.run("keep_readings_from", before=self.dialect.moment(before))

    def accesses_from(self) -> datetime:
        """Return the time before which no single access is there."""
        for row in self.ask("accesses_gone"):
            return self.dialect.datetime(row.accesses_from)
        return _ALWAYS

    def end_accesses(self, before: datetime) -> None:
        self.run("keep_accesses_from", before=self.dialect.moment(before))

    def old_accesses(self, before: datetime) -> int:
        return self._count("old_accesses", **self._span(before))

    def with_old_accesses(
        self, document: int, before: datetime, most: int
    ) -> list[int]:
        """Return some readings of a document that have so many old accesses, but one at
        least."""
        rows = self.ask(
            "readings_with_old_accesses",
            document=document,
            most=most,
            **self._span(before),
        )
        chosen, room = [], most
        for row in rows:
            room -= row.accesses
            if chosen and room < 0:
                break
            chosen.append(row.id)
        return chosen

    def remove_accesses(self, readings: Iterable[int], before: datetime) -> int:
        sent = {"numbers": [(number,) for number in readings]}
        return self._removed("remove_old_accesses", sent, **self._span(before))

    def old_readings(
        self, document: int, level: str, before: datetime, rule: EngagementRule
    ) -> list[Old]:
        """Return those of a document that were last read before that time."""
        sent = {"numbers": [(document,)]}
        return self._old("{changed_documents}", sent, level, before, rule)

    def remove_readings(
        self, old: Sequence[Old], level: str, before: datetime, rule: EngagementRule
    ) -> int:
        """Remove those that are old now, too: somebody may have read again meanwhile."""
        still = self._old("{changed_readings}", {"changes": old}, level, before, rule)
        if still:
            sent = {"changes": still}
            self.run("changes_of_readings", sent)
            for part in (
                *("accesses", "urls", "goals"),
                *("acknowledgements", "readings"),
            ):
                self.run(f"remove_{part}_gone", sent)
        return len(still)

    def old_days(self, before: datetime) -> int:
        return self._count("old_days", before=self.dialect.moment(before))

    def drop_days(self, before: datetime, most: int) -> int:
        moment = self.dialect.moment(before)
        rows = self.ask("documents_with_old_days", before=moment, most=most)
        chosen, room = [], most
        for row in rows:
            room -= row.days
            if chosen and room < 0:
                break
            chosen.append((row.id,))
        if not chosen:
            return 0
        self.run("changes_of_documents", {"numbers": chosen})
        return self._removed("remove_old_days", {"numbers": chosen}, before=moment)

    def _old(
        self,
        changed: str,
        sent: dict,
        level: str,
        before: datetime,
        rule: EngagementRule,
    ) -> list[Old]:
        parts = {"changed": changed, "but_old": ""}
        found: dict[Old, list[Row]] = {}
        for row in self.ask("text_states", sent, parts, **self.needed(rule)):
            # What visitors without a log-in have opened is of many, and names nobody.
            if row.visits is None:
                found.setdefault(Old(row.document, row.reader), []).append(row)
        return [
            old for old, rows in sorted(found.items()) if is_of(level, before, rows)
        ]

    def _span(self, before: datetime) -> dict:
        moment = self.dialect.moment
        return {"before": moment(before), "since": moment(self.accesses_from())}

    def _count(self, statement: str, **parameters: object) -> int:
        (row,) = self.ask(statement, **parameters)
        return int(row.number)

    def _removed(self, statement: str, sent: dict, **parameters: object) -> int:
        return int(self._execute(statement, sent, parameters).rowcount)
