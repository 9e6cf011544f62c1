"""``Comparison``: what the members who are followed do, beside those of the sample."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from slc.clicktracker.activities.activities import Activity
from slc.clicktracker.activities.activities import classified
from slc.clicktracker.activities.run import no_type_known
from slc.clicktracker.activities.run import nothing_known
from slc.clicktracker.activities.run import Run
from slc.clicktracker.activities.run import runs_of
from slc.clicktracker.storage.events.model import MemberEvent


FOLLOWED = "followed"
SAMPLE = "sample"

#: Kinds of events that are told apart where no activity claims them. There are few, but
#: for the names that pages give to events of their own.
MOST_RAW = 5_000


@dataclass(frozen=True, order=True)
class Raw:
    """Events that look alike: the same kind, on content of the same type, with the same
    detail."""

    kind: str
    portal_type: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Sums:
    """How many ``events`` there are, in how many ``runs``, by how many ``members``; None
    where those are fewer than may be told."""

    events: int = 0
    runs: int = 0
    members: int | None = 0


@dataclass(frozen=True)
class Group:
    """What one group did: in ``total``, by activity, and what no activity claims. Of that
    ``raw`` has what at least the smallest number of members did."""

    total: Sums
    activities: tuple[Sums, ...]
    unclassified: Sums
    raw: dict[Raw, Sums]


@dataclass(frozen=True)
class Comparison:
    """Both groups by the same activities; None for a group that is too small to be shown.

    ``raw`` are the kinds of events that no activity claims, the most frequent first.
    """

    activities: tuple[Activity, ...]
    followed: Group | None
    sample: Group | None

    @property
    def is_empty(self) -> bool:
        """Is there nobody who could be shown?"""
        return self.followed is None and self.sample is None

    @property
    def groups(self) -> tuple[Group | None, Group | None]:
        return self.followed, self.sample

    @property
    def raw(self) -> list[Raw]:
        groups = [group for group in self.groups if group]
        numbers: dict[Raw, int] = {}
        for group in groups:
            for raw, sums in group.raw.items():
                numbers[raw] = numbers.get(raw, 0) + sums.events
        return sorted(numbers, key=lambda raw: (-numbers[raw], raw))


def comparison_of(
    events: Iterable[MemberEvent],
    activities: Sequence[Activity],
    *,
    gap: int,
    smallest: int,
    created: Callable[[str], int | None] = nothing_known,
    type_of: Callable[[str], str] = no_type_known,
) -> Comparison:
    """Return the comparison of events that are sorted by member and time.

    ``gap`` is that of ``runs_of``, ``created`` and ``type_of`` are those of a ``Run``. No group is shown of which fewer than ``smallest``
    members did anything. However many events there are, one run of them is in memory.
    """
    counts = {FOLLOWED: _Counts(len(activities)), SAMPLE: _Counts(len(activities))}
    numbers = {id(activity): number for number, activity in enumerate(activities)}
    for found in runs_of(events, gap):
        count = counts.get(found[0].cohort)
        if count is None:
            continue
        count.total.add(found)
        run = Run(found, created, type_of)
        for activity, own in classified(run, activities):
            if activity is None:
                count.add_unclassified(own, run.portal_type)
            else:
                count.activities[numbers[id(activity)]].add(own)
    followed, sample = (counts[name].group(smallest) for name in (FOLLOWED, SAMPLE))
    return Comparison(tuple(activities), followed, sample)


@dataclass(slots=True)
class _Count:
    """Counts events that come sorted by member."""

    events: int = 0
    runs: int = 0
    members: int = 0
    _latest: str | None = None

    def add(self, events: Sequence[MemberEvent]) -> None:
        """Add events of one run, one at least."""
        self.runs += 1
        self.events += len(events)
        reader = events[0].reader
        if reader != self._latest:
            self._latest = reader
            self.members += 1

    def sums(self, smallest: int) -> Sums:
        is_told = not 0 < self.members < smallest
        return Sums(self.events, self.runs, self.members if is_told else None)


class _Counts:
    """Counts what one group does."""

    def __init__(self, activities: int) -> None:
        self.total = _Count()
        self.activities = [_Count() for _number in range(activities)]
        self._unclassified = _Count()
        self._raw: dict[Raw, _Count] = {}

    def add_unclassified(
        self, events: Sequence[MemberEvent], type_of: Callable[[MemberEvent], str]
    ) -> None:
        """Add what no activity claims of one run."""
        self._unclassified.add(events)
        by_kind: dict[tuple[str, str, str], list[MemberEvent]] = {}
        for event in events:
            kind = event.kind, type_of(event), event.detail
            by_kind.setdefault(kind, []).append(event)
        for kind, own in by_kind.items():
            raw = Raw(*kind)
            if raw in self._raw or len(self._raw) < MOST_RAW:
                self._raw.setdefault(raw, _Count()).add(own)

    def group(self, smallest: int) -> Group | None:
        if self.total.members < max(smallest, 1):
            return None
        return Group(
            self.total.sums(smallest),
            tuple(count.sums(smallest) for count in self.activities),
            self._unclassified.sums(smallest),
            dict(self._told(smallest)),
        )

    def _told(self, smallest: int) -> Iterator[tuple[Raw, Sums]]:
        for raw, count in self._raw.items():
            if count.members >= smallest:
                yield raw, count.sums(smallest)
