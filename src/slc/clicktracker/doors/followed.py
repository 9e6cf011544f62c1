"""The events of members that are made of what is recorded anyway: reads and page views."""

from collections.abc import Mapping
from hashlib import sha256
from slc.clicktracker.collector.spool_line import PlainRecord
from slc.clicktracker.storage.events.plain import PlainEvent
from slc.clicktracker.storage.plain import PlainAccess
from slc.clicktracker.storage.visits.plain import PlainPageView


def event_of(
    record: PlainAccess | PlainPageView,
    members: Mapping[str, str],
    path: str,
    portal_type: str = "",
) -> tuple[PlainEvent, ...]:
    """Return the event of a member whose events are recorded, none of anybody else.

    One for each page view or download, however often it is reported: what comes again has
    the same key. Path and type are those of the content, as far as they are known.
    """
    cohort = "" if record.folder else members.get(record.user, "")
    if not cohort:
        return ()
    is_read = isinstance(record, PlainAccess)
    event = PlainEvent(
        key=sha256(f"event\n{record.key}".encode()).hexdigest()[:32],
        reader=record.user,
        cohort=cohort,
        kind="read" if is_read else "viewed",
        occurred=record.opened if is_read else record.at,
        document=record.uid,
        path=path,
        portal_type=portal_type,
    )
    return (event,)


def with_event(
    records: tuple[PlainAccess | PlainPageView, ...],
    members: Mapping[str, str],
    path: str,
) -> tuple[PlainRecord, ...]:
    """Return the records of a beacon with their event, if there is one: a page view that
    is a read as well is one event."""
    return (*records, *event_of(records[0], members, path)) if records else ()
