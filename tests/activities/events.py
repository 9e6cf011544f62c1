"""Events of members as they come from a storage."""

from slc.clicktracker.storage.events.model import MemberEvent


MINUTE = 60 * 1_000_000
DAY = 24 * 60 * MINUTE

#: 2026-10-01, in microseconds since 1970.
START = 1_790_812_800 * 1_000_000


def event(number, kind="read", minute=0, **values):
    """Return an event so many minutes after the start."""
    return MemberEvent(
        **{
            "key": f"{number:032x}",
            "reader": "bob",
            "cohort": "followed",
            "kind": kind,
            "occurred": START + round(minute * MINUTE),
            "document": "",
            "path": "",
            "portal_type": "",
            "detail": "",
            "data": "",
            **values,
        }
    )


def in_order(events):
    """Return events in the order in which a storage yields them."""
    return sorted(events, key=lambda each: (each.reader, each.occurred, each.key))
