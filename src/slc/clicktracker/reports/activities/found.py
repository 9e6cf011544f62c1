"""What a storage says of two groups on some days."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.activities.activities import Activity
from slc.clicktracker.activities.comparison import Comparison
from slc.clicktracker.activities.comparison import comparison_of
from slc.clicktracker.activities.rule import Rule
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.interfaces import IMemberEvents
from slc.clicktracker.reports.asked import beginning_of
from slc.clicktracker.sites.activity_rules import activity_setting
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.sites.content_types import content_types
from slc.clicktracker.sites.created import creation_times
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.visits.days import Days
from threading import Lock


#: What took as long to count is shown again for a while. On a site where it is quick
#: everything is always as it is now.
SLOW = timedelta(seconds=1)
KEPT = timedelta(minutes=5)

_ONE_DAY = timedelta(days=1)

_known: Bounded[tuple, "Found"] = Bounded(20)
_lock = Lock()


@dataclass(frozen=True)
class Found:
    """What was counted at that time; ``is_kept`` says that it is shown for a while."""

    comparison: Comparison
    at: datetime
    is_kept: bool = False


def found_of(
    storage: IMemberEvents, days: Days, activities: Sequence[Activity]
) -> Found:
    """Return the comparison of days by the site's clock. Raises ``StorageError``.

    Every event of these days is looked at, one run at a time, as rules may have changed.
    """
    clock = site_timezone()
    since = beginning_of(days.first, clock)
    until = beginning_of(days.last + _ONE_DAY, clock)
    gap, smallest = map(activity_setting, ("run_gap", "smallest_group"))
    key = (storage, since, until, gap, smallest, *map(_key, activities))
    known = _known.get(key)
    begun = utc_now()
    if known and begun - known.at < KEPT:
        return known
    with closing(storage.events(since, until)) as events:
        comparison = comparison_of(
            events,
            activities,
            gap=gap,
            smallest=smallest,
            created=creation_times(),
            type_of=content_types(),
        )
    found = Found(comparison, begun, utc_now() - begun >= SLOW)
    if found.is_kept:
        with _lock:
            _known[key] = found
    return found


def _key(activity: Activity) -> tuple:
    """Return what is the same for the same activity, whatever code may have made of it."""
    parts = (each if isinstance(each, Rule) else id(each) for each in activity.parts)
    return activity.title, *parts
