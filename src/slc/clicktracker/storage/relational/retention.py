"""The part of a storage in a database that removes readings after some time."""

from collections.abc import Iterator
from datetime import datetime
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.relational.asked import asked
from slc.clicktracker.storage.relational.reading_retention import ReadingRetention


#: As where nobody has set another one.
_USUAL = EngagementRule()


class RetentionInDatabase:
    """The methods of ``IReadingRetention`` for a ``RelationalStorage``.

    What is old is looked for document by document, while everybody works; then it is
    removed in short transactions of their own.
    """

    def drop_accesses(self, before: datetime, most: int) -> Iterator[int]:
        """Remove single accesses; see ``IReadingRetention``."""
        before = min(before, self.now())
        self._take_nothing_from_before(before)
        for document in self._documents():
            while readings := self._with_old_accesses(document, before, most):
                # Nobody else writes to what is that old.
                with self._writing() as connection:
                    self.lock_shared(connection)
                    retention = self._within(ReadingRetention, connection)
                    done = retention.remove_accesses(readings, before)
                yield done
        with self._writing() as connection:
            self.lock_shared(connection)
            self._within(ReadingRetention, connection).end_accesses(before)

    def drop_readings(
        self,
        kind: str,
        before: datetime,
        most: int,
        rule: EngagementRule = _USUAL,
    ) -> Iterator[int]:
        """Remove readings; see ``IReadingRetention``."""
        before = min(before, self.now())
        self._take_nothing_from_before(before)
        for document in self._documents():
            with self._reading() as connection:
                retention = self._within(ReadingRetention, connection)
                old = retention.old_readings(document, kind, before, rule)
            for start in range(0, len(old), most):
                some = old[start : start + most]
                # Who records would add to what is removed meanwhile.
                with self._writing(self.site) as connection:
                    retention = self._within(ReadingRetention, connection)
                    done = retention.remove_readings(some, kind, before, rule)
                yield done

    def drop_days(self, before: datetime, most: int) -> Iterator[int]:
        """Remove sums of days; see ``IReadingRetention``."""
        before = min(before, self.now())
        self._take_nothing_from_before(before)
        done = most
        while done:
            with self._writing(self.site) as connection:
                retention = self._within(ReadingRetention, connection)
                done = retention.drop_days(before, most)
            yield done

    def old_readings(
        self, kind: str, before: datetime, rule: EngagementRule = _USUAL
    ) -> int:
        """Count old readings; see ``IReadingRetention``."""
        number = 0
        for document in self._documents():
            with self._reading() as connection:
                retention = self._within(ReadingRetention, connection)
                number += len(retention.old_readings(document, kind, before, rule))
        return number

    old_accesses = asked(ReadingRetention, ReadingRetention.old_accesses)
    old_days = asked(ReadingRetention, ReadingRetention.old_days)

    def _documents(self) -> list[int]:
        with self._reading() as connection:
            return self._within(ReadingRetention, connection).documents()

    def _with_old_accesses(
        self, document: int, before: datetime, most: int
    ) -> list[int]:
        with self._reading() as connection:
            retention = self._within(ReadingRetention, connection)
            return retention.with_old_accesses(document, before, most)

    def _take_nothing_from_before(self, before: datetime) -> None:
        """From then on: who was recording has ended when this returns."""
        with self._writing(self.site) as connection:
            self._within(ReadingRetention, connection).begin(before)
