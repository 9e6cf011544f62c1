"""What the current site forgets of its visitors, by its settings, and when that was done."""

from collections.abc import Iterator
from dataclasses import astuple
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IOutbox
from slc.clicktracker.interfaces import IVisitRetention
from slc.clicktracker.sites.cohorts import events_setting
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.sites.visitor_rules import visitor_setting
from typing import NamedTuple

import time


#: How many rows a batch has: who records waits for no longer than one takes.
BATCH = 2000

#: Seconds between two batches, at least, and else as long as the last one took: somebody
#: who waits for the storage gets it half of the time.
PAUSE = 0.01

_RECORD = SiteRecord("clean-up")
_LAST = "last"


class Kind(NamedTuple):
    """What is forgotten, by which setting, and the methods of the storage for it."""

    name: str
    setting: str
    drop: str
    count: str


#: In this order: so it is known before how many there will be of each, and the addresses,
#: which tell most, are cut first where somebody stops it.
KINDS = (
    Kind("addresses", "keep_addresses", "shorten_addresses", "whole_addresses"),
    Kind("page_views", "keep_page_views", "drop_views", "old_views"),
    Kind("visits", "keep_visits", "drop_visits", "old_visits"),
)


#: Events of members, which a storage can keep without knowing of visits.
EVENTS = Kind("events", "keep_events", "drop_events", "old_events")

#: Which variants of splits members were shown, kept as long as visits.
EXPOSURES = Kind("exposures", "keep_visits", "drop_exposures", "old_exposures")

#: Bans that are over, which the site itself keeps, as long as visits.
BANS = "bans"

#: Records of who has looked at names, which the site itself keeps, as long as visits.
LOOKS = "looks"


@dataclass(frozen=True)
class CleanUp:
    """When what is old was removed last, and how much that was of visitors, and of readings:
    single accesses, readings, days, and declarations."""

    at: datetime
    addresses: int = 0
    page_views: int = 0
    visits: int = 0
    accesses: int = 0
    readings: int = 0
    days: int = 0
    declarations: int = 0


def limits(now: datetime) -> dict[str, datetime]:
    """Return, for each kind by its name, for looks and bans, since when it is kept."""
    kept = {
        kind.name: now - timedelta(days=visitor_setting(kind.setting)) for kind in KINDS
    }
    events = now - timedelta(days=events_setting("keep_events"))
    as_visits = dict.fromkeys((LOOKS, BANS, EXPOSURES.name), kept["visits"])
    return {**kept, **as_visits, EVENTS.name: events}


def forgotten(
    storage: IClickStorage, kind: Kind, before: datetime, most: int = BATCH
) -> Iterator[int]:
    """Forget what is older, batch by batch, and yield how many each had."""
    drop = getattr(storage, kind.drop)
    while True:
        start = time.monotonic()
        done = drop(before, most)
        if not done:
            return
        yield done
        time.sleep(max(PAUSE, time.monotonic() - start))


def remove_unused(storage: IVisitRetention, before: datetime) -> None:
    """Remove the pages, browsers and accounts that nothing refers to any more."""
    while storage.drop_unused(before, BATCH):
        time.sleep(PAUSE)


def drop_old_hits(storage: IOutbox) -> None:
    """Remove what services were to be told, sent or not, when nobody sends it any more."""
    while storage.drop_old_hits(BATCH):
        time.sleep(PAUSE)


def note_clean_up(done: CleanUp) -> None:
    """Remember what was done, for the control panel."""
    at, *numbers = astuple(done)
    _RECORD.set(_LAST, (at.isoformat(), *numbers))


def last_clean_up() -> CleanUp | None:
    """Return what was done last, None where it was never done."""
    found = _RECORD.get(_LAST)
    if not found:
        return None
    at, *numbers = found
    return CleanUp(datetime.fromisoformat(at), *numbers)
