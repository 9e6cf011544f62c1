"""What becomes of the visits of some sessions when page views of them change."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timezone
from functools import cached_property
from slc.clicktracker.storage.relational.visits.rows import ViewRow
from slc.clicktracker.storage.relational.visits.rows import VisitRow
from slc.clicktracker.storage.visits.runs import place
from slc.clicktracker.storage.visits.runs import Run
from slc.clicktracker.storage.visits.runs import runs_of
from typing import NamedTuple


#: Nothing is later.
LATEST = datetime.max.replace(tzinfo=timezone.utc)


class Change(NamedTuple):
    """A page view as it was, and as it will be; None where there is none."""

    old: ViewRow | None
    new: ViewRow | None


@dataclass(frozen=True)
class Window:
    """What is stored of some sessions from the first change on.

    ``spans`` are those sessions, see ``spans_of``. ``views`` are those from then on, by key; ``before`` has for each session the last one
    that is earlier and part of a visit, or has ended one. ``visits`` are those of all of
    these, by number. What is earlier stays as it is, so a visit of any length takes no
    longer than a short one. ``ends`` has, for each session of which there is more than
    ``views`` have, the last of these: where everything is as it was there, what follows
    stays as it is, too.
    """

    spans: Mapping[str, tuple[datetime, datetime]]
    views: Mapping[str, ViewRow]
    before: Mapping[str, ViewRow]
    visits: Mapping[int, VisitRow]
    ends: Mapping[str, ViewRow] = field(default_factory=dict)

    @cached_property
    def pages(self) -> Counter[int | None]:
        """How many pages of each visit are in the window."""
        return Counter(row.visit for row in self.views.values() if not row.is_exit)

    def left_of_visit(self, rows: Iterable[ViewRow]) -> ViewRow | None:
        """Return the first of these page views, as it was, if it was part of a visit whose
        beginning is not kept any more: the visit goes on with it, and loses nothing."""
        known = (self.views.get(row.key) for row in rows)
        left = [row for row in known if row and not row.is_exit and row.visit]
        if not left:
            return None
        first = min(left, key=place)
        return None if self.visits[first.visit].key in self.views else first


@dataclass
class Settled:
    """The visits that there will be in a window, by key, and, by the key of a page view or
    log-out, that of the visit it is part of or has ended, and the latest activity of that
    until then."""

    visits: dict[str, VisitRow] = field(default_factory=dict)
    parts: dict[str, tuple[str, datetime]] = field(default_factory=dict)


def spans_of(changes: Iterable[Change]) -> dict[str, tuple[datetime, datetime]]:
    """Return, for each session that is concerned, when the first and the last change is."""
    found: dict[str, tuple[datetime, datetime]] = {}
    for change in changes:
        for row in (change.old, change.new):
            if row is not None and row.session:
                first, last = found.get(row.session, (row.at, row.at))
                if row.at < first:
                    first = row.at
                elif row.at > last:
                    last = row.at
                found[row.session] = first, last
    return found


def settled(changes: Mapping[str, Change], window: Window) -> Settled | None:
    """Return what will be, after changes by the key of the page view; None where that
    can't be told without more page views than there are in the window."""
    views = {**window.views}
    for key, change in changes.items():
        views.pop(key, None)
        if change.new is not None:
            views[key] = change.new
    sessions: dict[str, list[ViewRow]] = {session: [] for session in window.spans}
    result = Settled()
    for row in views.values():
        if row.session:
            sessions[row.session].append(row)
    for session, rows in sessions.items():
        _settle(rows, window, window.before.get(session), result)
    ends = window.ends.values()
    return result if all(_goes_on(end, window, result) for end in ends) else None


def _settle(
    rows: list[ViewRow], window: Window, before: ViewRow | None, result: Settled
) -> None:
    by_key = {row.key: row for row in rows}
    earlier, start = None, None
    if before is not None and not before.is_exit:
        # Nothing, where the visit was removed and its page views were not.
        earlier = window.visits.get(before.visit)
        start = earlier and Run(earlier.key, before.reader, before.latest)
    elif (before := window.left_of_visit(rows)) is not None:
        earlier = window.visits[before.visit]
        start = Run(earlier.key, None, before.latest)
    for run in runs_of((row.step for row in rows), start):
        last = by_key[run.steps[-1].key] if run.steps else before
        if earlier is not None and run.key == earlier.key:
            first, pages = earlier, earlier.pages - window.pages[earlier.id]
        else:
            seen = [by_key[step.key] for step in run.steps]
            first, pages = _new_visit(seen, window), 0
        result.visits[run.key] = first._replace(
            last=run.last,
            pages=pages + len(run.steps),
            is_over=run.is_over,
            exit_page=last.page,
            reader=run.who,
        )
        for step, latest in zip(run.steps, run.latest, strict=True):
            result.parts[step.key] = run.key, latest
        if run.exit is not None:
            result.parts[run.exit.key] = run.key, run.exit.at


def _goes_on(end: ViewRow, window: Window, result: Settled) -> bool:
    """Have a visit go on behind the window as it did; False where nobody can tell
    whether it does."""
    known = window.visits.get(end.visit)
    key, latest = result.parts.get(end.key, ("", None))
    visit = result.visits.get(key)
    if end.is_exit or known is None or visit is None:
        return False
    if (visit.id, visit.day, latest) != (known.id, known.day, end.latest):
        return False
    pages = visit.pages
    if known.key in window.views:
        pages += known.pages - window.pages[known.id]
    result.visits[key] = visit._replace(
        last=known.last,
        pages=pages,
        is_over=known.is_over,
        exit_page=known.exit_page,
        reader=known.reader,
    )
    return True


def _new_visit(rows: Iterable[ViewRow], window: Window) -> VisitRow:
    """Return a visit that begins with the first of these page views, in place of one that
    did, or that began with a later one."""
    first, *_ = rows
    number = None
    for row in rows:
        known = window.visits.get(row.visit)
        if known is not None and known.key == row.key:
            number = known.id
            break
    return VisitRow(
        key=first.key,
        session=first.session,
        start=first.at,
        last=first.at,
        day=first.day,
        pages=0,
        whole=first.whole,
        address=first.address,
        referrer=first.referrer,
        source=first.source,
        is_over=False,
        entry_page=first.page,
        exit_page=first.page,
        agent=first.agent,
        reader=first.reader,
        id=number,
    )
