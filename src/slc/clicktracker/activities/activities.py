"""``Activity``: an activity as events are asked about, whoever has named it."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from slc.clicktracker.activities.interfaces import IActivity
from slc.clicktracker.activities.rule import Rule
from slc.clicktracker.activities.run import Run
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.storage.events.model import MemberEvent

import logging


logger = logging.getLogger("slc.clicktracker")

_said = OnceAMinute()


@dataclass(frozen=True)
class Activity:
    """An activity under its ``title``, and who says which events are part of it: the
    rules of that name, or what code has registered. What that raises is logged, but for
    what is to be ``let_through``."""

    title: str
    parts: tuple[Rule | IActivity, ...]
    let_through: tuple[type[Exception], ...] = ()

    def claimed(self, run: Run) -> set[str]:
        """Return the keys of the events that it claims."""
        return {event.key for part in self.parts for event in self._asked(part, run)}

    def _asked(self, part: Rule | IActivity, run: Run) -> Iterable[MemberEvent]:
        try:
            return tuple(part.claimed(run))
        except self.let_through:
            raise
        except Exception:
            if _said.is_due(self.title):
                logger.warning(
                    "The activity %r fails, and claims nothing",
                    self.title,
                    exc_info=True,
                )
            return ()


def activities_of(
    rules: Iterable[Rule],
    registered: Iterable[tuple[str, IActivity]] = (),
    let_through: tuple[type[Exception], ...] = (),
) -> tuple[Activity, ...]:
    """Return the activities in the order in which they are asked: those of the rules,
    where rules of the same name are one, then those that are registered under names."""
    by_title: dict[str, list[Rule]] = {}
    for rule in rules:
        by_title.setdefault(rule.title.casefold(), []).append(rule)
    return (
        *(Activity(own[0].title, tuple(own)) for own in by_title.values()),
        *(
            Activity(each.title, (each,), let_through)
            for _name, each in sorted(registered, key=_turn)
        ),
    )


def classified(
    run: Run, activities: Sequence[Activity]
) -> Iterator[tuple[Activity | None, tuple[MemberEvent, ...]]]:
    """Yield each activity that is part of a run with its events, and None with those that
    no activity claims. Each event of the run is in one of them."""
    for activity in activities:
        claimed = activity.claimed(run)
        own = tuple(event for event in run.events if event.key in claimed)
        if not own:
            continue
        yield activity, own
        rest = tuple(event for event in run.events if event.key not in claimed)
        if not rest:
            return
        run = replace(run, events=rest)
    yield None, run.events


def _turn(named: tuple[str, IActivity]) -> tuple[float, str]:
    name, activity = named
    return float(activity.position), name
