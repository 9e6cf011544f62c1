"""Goals and splits: recorded, counted and forgotten within one transaction."""

from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.goals.gathered import Gathered
from slc.clicktracker.storage.goals.gathered import gathered
from slc.clicktracker.storage.goals.gathered import GoalEvidence
from slc.clicktracker.storage.goals.gathered import is_reached
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.goals.model import GoalFigures
from slc.clicktracker.storage.goals.model import ReachedGoal
from slc.clicktracker.storage.goals.model import SplitFigures
from slc.clicktracker.storage.goals.model import VariantFigures
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.events.transaction import EventsTransaction
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from sqlalchemy import Row


class GoalsTransaction(EventsTransaction):
    """Many rows are sent at once, as those of visits are."""

    def reach(self, chances: Sequence[GoalChance]) -> list[GoalChance]:
        """Keep what chances there were, and return those that are goals now and were not
        before."""
        every = gathered(chances)
        evidence = {row.number: row for row in self._evidence(every)}
        known = [
            (evidence[number], each)
            for number, each in enumerate(every)
            if number in evidence
        ]
        if not known:
            return []
        self.run("add_goals", {"goals": [_key(*each, each[1].first) for each in known]})
        reached = {
            _key(row, each)[:4]: each.chance
            for row, each in known
            if _is_goal(row, each)
        }
        if not reached:
            return []
        rows = [(*key, chance.at) for key, chance in reached.items()]
        new = self.ask("reach_goals", {"goals": rows})
        return [reached[tuple(row)] for row in new]

    def _evidence(self, every: Sequence[Gathered]) -> Sequence[Row]:
        rows = [
            (
                number,
                each.chance.uid,
                each.chance.version.digest,
                each.chance.version.label,
                each.chance.reader.folder,
                each.chance.reader.user,
                each.chance.issued,
            )
            for number, each in enumerate(every)
        ]
        return self.ask("goal_evidence", {"chances": rows})

    def figures(
        self, goals: Sequence[str], since: datetime, until: datetime
    ) -> tuple[GoalFigures, ...]:
        found = self.ask("goal_figures", **self._time(since, until))
        known = {
            row.goal: GoalFigures(
                goal=row.goal,
                readers=int(row.readers),
                times=int(row.times),
                served=int(row.served),
                of_served=int(row.of_served),
                known_since=self.dialect.datetime(row.known_since),
            )
            for row in found
        }
        names = [storable(goal, LIMITS["goal"]) for goal in goals]
        return tuple(known.get(name, GoalFigures(name)) for name in names)

    def of_split(
        self, split: str, goal: str, since: datetime, until: datetime
    ) -> SplitFigures:
        time = {**self._time(since, until), "split": storable(split, LIMITS["split"])}
        goal = storable(goal, LIMITS["goal"])
        (several,) = self.ask("count_several", **time)
        return SplitFigures(
            variants=tuple(
                VariantFigures(row.variant, int(row.readers), int(row.reached))
                for row in self.ask("variant_figures", goal=goal, **time)
            ),
            several=int(several.number),
        )

    def expose(self, exposures: Sequence[Exposure]) -> None:
        """Keep when who was first shown what; of who has left it would be nobody else's."""
        left = self._left({each.reader.user for each in exposures})
        first: dict[tuple[str, str, str, str], datetime] = {}
        for each in exposures:
            who = each.reader.folder, each.reader.user
            if not who[0] and left.get(who[1], -1) >= microseconds(each.at):
                continue
            once = (each.split, *who, each.variant)
            first[once] = min(each.at, first.get(once, each.at))
        if first:
            self.run("add_site")
            rows = [(*once, at) for once, at in sorted(first.items())]
            self.run("add_exposures", {"exposures": rows})

    def reached(self, reader: Reader) -> tuple[ReachedGoal, ...]:
        rows = self.ask("reached_goals", folder=reader.folder, member=reader.user)
        moment = self.dialect.datetime
        return tuple(
            ReachedGoal(row.goal, row.uid, moment(row.reached)) for row in rows
        )

    def exposures(self, reader: Reader) -> tuple[Exposure, ...]:
        rows = self.ask("exposures", folder=reader.folder, member=reader.user)
        moment = self.dialect.datetime
        who = Reader(reader.user, reader.folder)
        return tuple(
            Exposure(row.split, row.variant, who, moment(row.since)) for row in rows
        )

    def old_exposures(self, before: datetime) -> int:
        (row,) = self.ask("old_exposures", before=self.dialect.moment(before))
        return int(row.number)

    def drop_exposures(self, before: datetime, most: int) -> int:
        found = self._execute(
            "drop_exposures",
            None,
            {"before": self.dialect.moment(before), "most": most},
        )
        return int(found.rowcount)

    def forget_exposures(self, reader: Reader, until: datetime) -> None:
        self.run(
            "forget_exposures",
            folder=reader.folder,
            member=reader.user,
            until=self.dialect.moment(until),
        )

    def _time(self, since: datetime, until: datetime) -> dict[str, object]:
        moment = self.dialect.moment
        return {"since": moment(since), "until": moment(until)}


def _key(row: Row, each: Gathered, *more: datetime) -> tuple:
    return row.document, row.reader, each.chance.text, each.chance.goal, *more


def _is_goal(row: Row, each: Gathered) -> bool:
    known = GoalEvidence(
        opened=row.opened,
        engaged=int(row.engaged),
        words=row.words,
        marks=Marks(row.marks),
        is_downloaded=row.downloaded is not None,
    )
    return is_reached(each.chance, known)
