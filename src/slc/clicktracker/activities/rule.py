"""``Rule``: an activity that is recognised by what events are, and how many."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from math import inf
from slc.clicktracker.activities.run import Run
from slc.clicktracker.storage.events.model import MemberEvent


#: What members do, as rules and the storage call it.
KINDS = (
    "added",
    "edited",
    "workflow",
    "commented",
    "logged-in",
    "read",
    "viewed",
    "event",
)

#: Kinds that have a detail, and those that are of no content.
WITH_DETAIL = ("workflow", "event")
OF_NO_CONTENT = ("logged-in",)

_MINUTE = 60 * 1_000_000
_DAY = 24 * 60 * _MINUTE


@dataclass(frozen=True, slots=True)
class Rule:
    """Which events of a run belong to the activity ``title``.

    ``events``     kinds, each with a detail: the id of a transition, or the name of an
                   event of a page; "" for any
    ``least``      how many there have to be, in a run, or within so many ``minutes`` of it
    ``different``  of different documents
    ``place``      the physical path that they are at or below, "" for anywhere
    ``types``      portal types, none for any
    ``days``       how old the document may be then, None for any age
    """

    title: str
    events: tuple[tuple[str, str], ...]
    least: int = 1
    minutes: int | None = None
    different: bool = False
    place: str = ""
    types: tuple[str, ...] = ()
    days: int | None = None

    def within(self, site: str) -> "Rule":
        """Return the same rule for a place in the site at this physical path."""
        return (
            replace(self, place=site + self.place.rstrip("/")) if self.place else self
        )

    def covers(self, other: "Rule") -> bool:
        """Does it claim all that the other one would, so that nothing is left for it?"""
        return (
            self.least == 1
            and not self.different
            and all(self._names(*event) for event in other.events)
            and (
                not self.types
                or (bool(other.types) and {*other.types} <= {*self.types})
            )
            and (not self.place or _is_at(other.place, self.place))
            and (self.days is None or (other.days or inf) <= self.days)
        )

    def claimed(self, run: Run) -> Sequence[MemberEvent]:
        found = [event for event in run.events if self._fits(event, run)]
        if self.minutes is not None:
            return _dense(found, self.least, self.minutes * _MINUTE, self.different)
        return found if self._number(found) >= self.least else ()

    def _fits(self, event: MemberEvent, run: Run) -> bool:
        return (
            self._names(event.kind, event.detail)
            and (not self.types or run.portal_type(event) in self.types)
            and (not self.place or _is_at(event.path, self.place))
            and (self.days is None or self._is_new(event, run))
        )

    def _names(self, kind: str, detail: str) -> bool:
        return (kind, "") in self.events or (kind, detail) in self.events

    def _is_new(self, event: MemberEvent, run: Run) -> bool:
        age = run.age(event)
        return age is not None and age <= self.days * _DAY

    def _number(self, events: Sequence[MemberEvent]) -> int:
        if self.different:
            return len({event.document for event in events if event.document})
        return len(events)


def _is_at(path: str, place: str) -> bool:
    return f"{path}/".startswith(f"{place}/")


def _dense(
    events: Sequence[MemberEvent], least: int, length: int, different: bool
) -> list[MemberEvent]:
    """Return the events that are among so many within a ``length`` of time."""
    kept: list[MemberEvent] = []
    # How many of the events are kept or looked at and left out.
    done = 0
    for first, end in _windows(events, least, length, different):
        kept += events[max(first, done) : end]
        done = end
    return kept


def _windows(
    events: Sequence[MemberEvent], least: int, length: int, different: bool
) -> Iterator[tuple[int, int]]:
    """Yield where each window begins and ends that has enough events: one for each event
    that it ends with, as long as it may be."""
    first = 0
    inside: Counter[str] = Counter()
    for number, event in enumerate(events):
        inside[_what(event, number, different)] += 1
        while event.occurred - events[first].occurred > length:
            gone = _what(events[first], first, different)
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            first += 1
        if len(inside) - ("" in inside) >= least:
            yield first, number + 1


def _what(event: MemberEvent, number: int, different: bool) -> str:
    """Return what counts once: the document, "" for none, or each event for itself."""
    return event.document if different else str(number)
