"""The part of the storage in memory that removes readings after some time."""

from collections.abc import Iterator
from datetime import datetime
from slc.clicktracker.storage.levels import LEVEL_RULES
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.retention import ENGAGED
from slc.clicktracker.testing.memory.tables import KnownReading
from slc.clicktracker.testing.memory.tables import State


_FAR = [rule.name for rule in LEVEL_RULES][1:]


#: As where nobody has set another one.
_USUAL = EngagementRule()


class ReadingRetentionInMemory:
    """The methods of ``IReadingRetention`` for a ``MemoryStorage``."""

    def drop_accesses(self, before: datetime, most: int) -> Iterator[int]:
        """Remove single accesses. What their readings know because of them stays."""
        before = self._begin(before)
        with self.tables.lock:
            done = self.old_accesses(before)
            for _state, reading in self.tables.of_sites(self.site):
                reading.dropped |= {o for o in reading.accesses if o[1] < before}
        yield done

    def drop_readings(
        self,
        kind: str,
        before: datetime,
        most: int,
        rule: EngagementRule = _USUAL,
    ) -> Iterator[int]:
        """Remove readings; see ``IReadingRetention``."""
        before = self._begin(before)
        with self.tables.lock:
            old = self._old_readings(kind, before, rule)
            for states in old:
                for state in states:
                    self.tables.remove_reading(state)
                    self._remove_goals(state)
                    self._remove_acknowledgements(state)
        yield len(old)

    def drop_days(self, before: datetime, most: int) -> Iterator[int]:
        """Remove sums of days; see ``IReadingRetention``."""
        before = self._begin(before)
        with self.tables.lock:
            done = self.old_days(before)
            self.tables.days_from[self.site] = max(
                before.date(), self.tables.days_from.get(self.site, before.date())
            )
        yield done

    def old_accesses(self, before: datetime) -> int:
        """Count old accesses; see ``IReadingRetention``."""
        with self.tables.lock:
            return sum(
                access.issued < before
                for _state, reading in self.tables.of_sites(self.site)
                for access in reading.single
            )

    def old_readings(
        self, kind: str, before: datetime, rule: EngagementRule = _USUAL
    ) -> int:
        """Count old readings; see ``IReadingRetention``."""
        with self.tables.lock:
            return len(self._old_readings(kind, before, rule))

    def old_days(self, before: datetime) -> int:
        """Count days of documents; see ``IReadingRetention``."""
        with self.tables.lock:
            days = {key[1:] for key in self.tables.days if key[0] == self.site}
            for state, reading in self.tables.of_sites(self.site):
                days |= {(state.document, once[1].date()) for once in reading.accesses}
            first = self.tables.days_from.get(self.site)
            return sum(
                day < before.date() and (first is None or day >= first)
                for _document, day in days
            )

    def _begin(self, before: datetime) -> datetime:
        before = min(before, self.now())
        with self.tables.lock:
            known = self.tables.readings_from.get(self.site, before)
            self.tables.readings_from[self.site] = max(known, before)
        return before

    def _old_readings(
        self, kind: str, before: datetime, rule: EngagementRule
    ) -> list[list[State]]:
        """Return the states of each reader and document that are old and of a kind."""
        found: dict[tuple, list[tuple[State, KnownReading]]] = {}
        for state, reading in self.tables.of_sites(self.site):
            if state.account.user:
                who = state.account, state.generation, state.document
                found.setdefault(who, []).append((state, reading))
        return [
            [state for state, _reading in known]
            for known in found.values()
            if self._is_far(known, rule) is (kind == ENGAGED)
            and all(max(r.last, r.newest) < before for _state, r in known)
        ]

    def _is_far(
        self, known: list[tuple[State, KnownReading]], rule: EngagementRule
    ) -> bool:
        if any(reading.downloaded or reading.declared for _state, reading in known):
            return True
        return any(level in _FAR for level in self.lists.levels_of(known, rule))

    def _remove_acknowledgements(self, state: State) -> None:
        for once, known in list(self.tables.acknowledgements.items()):
            if known.state._replace(label="", digest="") == state._replace(
                label="", digest=""
            ):
                del self.tables.acknowledgements[once]

    def _remove_goals(self, state: State) -> None:
        for key in list(self.tables.goals):
            of = key.account, key.generation, key.text[1]
            if of == (state.account, state.generation, state.document):
                del self.tables.goals[key]
