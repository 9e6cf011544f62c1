"""The part of the storage in memory that is about goals and splits."""

from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.goals.gathered import gathered
from slc.clicktracker.storage.goals.gathered import GoalEvidence
from slc.clicktracker.storage.goals.gathered import is_reached
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.goals.model import GoalFigures
from slc.clicktracker.storage.goals.model import ReachedGoal
from slc.clicktracker.storage.goals.model import SplitFigures
from slc.clicktracker.storage.goals.model import VariantFigures
from slc.clicktracker.storage.marks import together
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.testing.memory.tables import Account
from slc.clicktracker.testing.memory.tables import GoalKey
from slc.clicktracker.testing.memory.tables import KnownGoal
from slc.clicktracker.testing.memory.tables import KnownReading
from slc.clicktracker.testing.memory.tables import passed
from slc.clicktracker.testing.memory.tables import State
from slc.clicktracker.testing.memory.tables import VersionKey


class GoalsInMemory:
    """The methods of ``IGoals`` for a ``MemoryStorage``."""

    def reach_goals(self, chances: Sequence[GoalChance]) -> None:
        """Look which chances are goals; see ``IGoals``."""
        with self.tables.lock:
            for chance, first in gathered(self._taken(chances, "issued")):
                readings = self._readings_of(chance)
                if readings:
                    known = self._known_goal(chance, readings[0][0], first)
                    if known.reached is None and self._is_reached(chance, readings):
                        known.reached = chance.at
                        self.put_hits(chance.hits)

    def _known_goal(
        self, chance: GoalChance, state: State, first: datetime
    ) -> KnownGoal:
        text = state.version.text
        key = GoalKey(chance.goal, state.account, state.generation, text)
        known = self.tables.goals.setdefault(key, KnownGoal(first))
        known.since = min(known.since, first)
        return known

    def _readings_of(self, chance: GoalChance) -> list[tuple[State, KnownReading]]:
        """Return the readings of the versions that showed the same."""
        account = Account.of(self.site, chance.reader)
        version = chance.version
        shown = VersionKey(self.site, chance.uid, version.label, version.digest)
        found = [
            (state, reading)
            for state, reading in self.tables.of_sites(self.site)
            if state.account == account and state.version.text == shown.text
        ]
        if not found:
            return []
        number = self.tables.generation(account, chance.issued)
        return [item for item in found if item[0].generation == number]

    def _is_reached(
        self, chance: GoalChance, readings: list[tuple[State, KnownReading]]
    ) -> bool:
        accesses = [
            access
            for _state, reading in readings
            for access in reading.accesses.values()
        ]
        engaged = sum(reading.engaged for _state, reading in readings)
        if accesses:
            oldest = min(access.issued for access in accesses)
            last = max(access.seen for access in accesses)
            engaged = min(engaged, passed(oldest, last))
        evidence = GoalEvidence(
            opened=len(accesses),
            engaged=engaged,
            words=self.tables.words(readings[0][0].version),
            marks=together(access.marks for access in accesses),
            is_downloaded=any(reading.downloaded for _state, reading in readings),
        )
        return is_reached(chance, evidence)

    def goal_figures(
        self, goals: Sequence[str], since: datetime, until: datetime
    ) -> tuple[GoalFigures, ...]:
        """Return how many readers reached goals; see ``IGoals``."""
        names = [storable(goal, LIMITS["goal"]) for goal in goals]
        return tuple(self._figures(name, since, until) for name in names)

    def _figures(self, goal: str, since: datetime, until: datetime) -> GoalFigures:
        people: dict[tuple, list[KnownGoal]] = {}
        for key, known in self._goals(goal):
            people.setdefault((key.account, key.generation), []).append(known)
        times = [
            sum(k.reached is not None and since <= k.reached < until for k in known)
            for known in people.values()
        ]
        served = [
            known
            for known in people.values()
            if since <= min(each.since for each in known) < until
        ]
        return GoalFigures(
            goal=goal,
            readers=sum(number > 0 for number in times),
            times=sum(times),
            served=len(served),
            of_served=sum(
                any(k.reached is not None and k.reached < until for k in known)
                for known in served
            ),
            known_since=min(
                (each.since for known in people.values() for each in known),
                default=None,
            ),
        )

    def _goals(self, goal: str) -> list[tuple[GoalKey, KnownGoal]]:
        with self.tables.lock:
            every = list(self.tables.goals.items())
        return [
            (key, known)
            for key, known in every
            if (key.goal, key.account.site) == (goal, self.site)
        ]

    def record_exposures(self, exposures: Sequence[Exposure]) -> None:
        """Record exposures; see ``IGoals``."""
        with self.tables.lock:
            for each in self._taken(exposures):
                gone = -1 if each.reader.folder else self._left(each.reader.user)
                if microseconds(each.at) > gone:
                    account = Account.of(self.site, each.reader)
                    once = account, each.split, each.variant
                    first = self.tables.exposures.get(once, each.at)
                    self.tables.exposures[once] = min(first, each.at)

    def split_figures(
        self, split: str, goal: str, since: datetime, until: datetime
    ) -> SplitFigures:
        """Return who was shown which variant; see ``IGoals``."""
        split = storable(split, LIMITS["split"])
        with self.tables.lock:
            every = list(self.tables.exposures.items())
        shown: dict[Account, dict[str, datetime]] = {}
        for (account, of, variant), first in every:
            if (account.site, of) == (self.site, split) and first < until:
                shown.setdefault(account, {})[variant] = first
        new = {who: seen for who, seen in shown.items() if min(seen.values()) >= since}
        goals = self._goals(storable(goal, LIMITS["goal"]))
        figures: dict[str, list[bool]] = {}
        for who, seen in new.items():
            if len(seen) == 1:
                ((variant, first),) = seen.items()
                figures.setdefault(variant, []).append(
                    any(
                        key.account == who
                        and known.reached is not None
                        and first <= known.reached < until
                        for key, known in goals
                    )
                )
        return SplitFigures(
            variants=tuple(
                VariantFigures(variant, len(reached), sum(reached))
                for variant, reached in sorted(figures.items())
            ),
            several=sum(len(seen) > 1 for seen in new.values()),
        )

    def reached_goals(self, reader: Reader) -> tuple[ReachedGoal, ...]:
        """Return what somebody has reached; see ``IGoals``."""
        account = Account.of(self.site, reader)
        found: dict[tuple[str, str], datetime] = {}
        with self.tables.lock:
            for key, known in self.tables.goals.items():
                if key.account == account and known.reached is not None:
                    its = self.tables.accounts[account][key.generation]
                    once = key.goal, self.tables.documents[key.text[:2]].uid
                    if its.retired is None:
                        found[once] = min(known.reached, found.get(once, known.reached))
        rows = [ReachedGoal(*once, at) for once, at in found.items()]
        return tuple(sorted(rows, key=lambda each: (each.at, each.goal, each.uid)))

    def exposures(self, reader: Reader) -> tuple[Exposure, ...]:
        """Return what somebody was shown; see ``IGoals``."""
        account, who = Account.of(self.site, reader), Reader(reader.user, reader.folder)
        with self.tables.lock:
            found = [
                Exposure(split, variant, who, first)
                for (each, split, variant), first in self.tables.exposures.items()
                if each == account
            ]
        return tuple(
            sorted(found, key=lambda each: (each.at, each.split, each.variant))
        )

    def old_exposures(self, before: datetime) -> int:
        """Count old exposures; see ``IGoals``."""
        return len(self._old_exposures(before))

    def drop_exposures(self, before: datetime, most: int) -> int:
        """Remove some old exposures; see ``IGoals``."""
        with self.tables.lock:
            old = self._old_exposures(before)[:most]
            for once in old:
                del self.tables.exposures[once]
            return len(old)

    def _old_exposures(self, before: datetime) -> list[tuple[Account, str, str]]:
        with self.tables.lock:
            return [
                once
                for once, since in self.tables.exposures.items()
                if once[0].site == self.site and since < before
            ]

    def _forget_goals(self, reader: Reader) -> None:
        account = Account.of(self.site, reader)
        for key in [key for key in self.tables.goals if key.account == account]:
            del self.tables.goals[key]

    def _forget_exposures(self, reader: Reader, until: datetime) -> None:
        account = Account.of(self.site, reader)
        for once, since in list(self.tables.exposures.items()):
            if once[0] == account and since <= until:
                del self.tables.exposures[once]
