"""The rows of the comparison: each activity, what none claims, and what that is."""

from collections.abc import Callable
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.activities.activities import Activity
from slc.clicktracker.activities.comparison import Comparison
from slc.clicktracker.activities.comparison import Group
from slc.clicktracker.activities.comparison import Raw
from slc.clicktracker.activities.comparison import Sums
from slc.clicktracker.activities.unclassified import UNCLASSIFIED
from slc.clicktracker.words.isolated import isolated
from zope.i18nmessageid import Message


#: Kinds of events in words.
_KINDS = {
    "added": _("Added"),
    "edited": _("Edited"),
    "workflow": _("Workflow"),
    "commented": _("Commented"),
    "logged-in": _("Logged in"),
    "read": _("Read"),
    "viewed": _("Viewed"),
    "event": _("Event of a page"),
}


@dataclass(frozen=True)
class Figures:
    """What one group did of something: ``sums`` of all its ``members`` and ``events``."""

    sums: Sums
    members: int
    events: int

    @property
    def rate(self) -> float:
        """Return how many events there are for each member."""
        return self.sums.events / self.members

    @property
    def share(self) -> float:
        """Return which part of all events of the group it is."""
        return self.sums.events / self.events

    @property
    def runs(self) -> float:
        """Return in how many runs of each member it occurs."""
        return self.sums.runs / self.members


@dataclass(frozen=True)
class Row:
    """What was done, by both groups; None for one of which nothing may be said.

    ``name`` is a title, or the kind of ``raw`` events that no activity claims.
    """

    name: Message | str
    followed: Figures | None
    sample: Figures | None
    raw: Raw | None = None
    is_unclassified: bool = False

    @property
    def ratio(self) -> float | None:
        """Return how often those who are followed do it for each time that those of the
        sample do; None where that can't be said."""
        if not (self.followed and self.sample and self.sample.sums.events):
            return None
        return self.followed.rate / self.sample.rate

    @property
    def about(self) -> str:
        """Return what else is alike of raw events: their detail and the type of content."""
        if self.raw is None:
            return ""
        words = (self.raw.detail, self.raw.portal_type)
        return " · ".join(isolated(word) for word in words if word)


def rows_of(found: Comparison) -> list[Row]:
    """Return a row for each activity, and one for what none claims."""
    rows = [
        _row(found, _title(activity), _activity(number))
        for number, activity in enumerate(found.activities)
    ]
    of = _row(found, UNCLASSIFIED, lambda group: group.unclassified)
    return [*rows, Row(of.name, of.followed, of.sample, is_unclassified=True)]


def raw_rows_of(found: Comparison) -> list[Row]:
    """Return what no activity claims, by kind, the most frequent first."""
    rows = []
    for raw in found.raw:
        of = _row(found, _KINDS.get(raw.kind, raw.kind), _of_raw(raw))
        rows.append(Row(of.name, of.followed, of.sample, raw))
    return rows


def _title(activity: Activity) -> Message | str:
    """Return what an activity is called. A rule's name is typed, a package's may be a
    message."""
    title = activity.title
    return title if isinstance(title, Message) else isolated(title)


def _activity(number: int) -> Callable[[Group], Sums]:
    return lambda group: group.activities[number]


def _of_raw(raw: Raw) -> Callable[[Group], Sums | None]:
    return lambda group: group.raw.get(raw)


def _row(
    found: Comparison, name: Message | str, sums_of: Callable[[Group], Sums | None]
) -> Row:
    return Row(name, *(_figures(group, sums_of) for group in found.groups))


def _figures(
    group: Group | None, sums_of: Callable[[Group], Sums | None]
) -> Figures | None:
    sums = sums_of(group) if group else None
    if sums is None:
        return None
    return Figures(sums, group.total.members, group.total.events)
