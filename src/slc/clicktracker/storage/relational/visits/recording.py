"""How page views are recorded in a database, and visitors forgotten.

All in one transaction, which has the visits of the site for itself: what is known of the
page views is read, what they refer to is found or added, then Python decides which visits
there will be (``settling``), and only what differs is written. The number of statements
doesn't depend on how many page views there are.
"""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.site_transaction import ALL
from slc.clicktracker.storage.relational.visits.kept import kept_since
from slc.clicktracker.storage.relational.visits.references import Accounts
from slc.clicktracker.storage.relational.visits.references import AT
from slc.clicktracker.storage.relational.visits.references import References
from slc.clicktracker.storage.relational.visits.references import WHO
from slc.clicktracker.storage.relational.visits.rows import as_told
from slc.clicktracker.storage.relational.visits.rows import MICROSECOND
from slc.clicktracker.storage.relational.visits.rows import page_view
from slc.clicktracker.storage.relational.visits.rows import view_row
from slc.clicktracker.storage.relational.visits.rows import ViewRow
from slc.clicktracker.storage.relational.visits.rows import visit_row
from slc.clicktracker.storage.relational.visits.settling import Change
from slc.clicktracker.storage.relational.visits.settling import LATEST
from slc.clicktracker.storage.relational.visits.settling import Settled
from slc.clicktracker.storage.relational.visits.settling import settled
from slc.clicktracker.storage.relational.visits.settling import spans_of
from slc.clicktracker.storage.relational.visits.settling import Window
from slc.clicktracker.storage.relational.visits.summing import Summing
from slc.clicktracker.storage.relational.visits.transaction import VisitsTransaction
from slc.clicktracker.storage.visits.addresses import is_whole
from slc.clicktracker.storage.visits.merging import by_key
from slc.clicktracker.storage.visits.merging import merged
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.runs import place
from typing import NamedTuple


#: So many page views behind the last change of a session are looked at, and more only
#: where that one goes on to make a difference.
_ROOMS = (50, 1_000, ALL)


class Known(NamedTuple):
    """A page view that is stored: as it was told, without title and name, and its row."""

    told: PageView
    row: ViewRow


class Recording(VisitsTransaction):
    """Records and forgets."""

    def record(self, views: Sequence[PageView], now: datetime) -> None:
        """Keep what is new in page views, and what follows for visits."""
        self.run("add_site")
        kept = kept_since(self, now)
        if kept.is_limited:
            views = [view for view in views if kept.takes(view)]
        views = sorted(views, key=AT)
        sent = by_key(views)
        known = self._known(sent)
        if kept.is_limited:
            for row in self.ask("counted_before", {"keys": [(key,) for key in sent]}):
                sent.pop(row.key)
            views = [view for view in views if view.key in sent]
        references = References(self.connection, self.queries, self.dialect, self.site)
        accounts, pages = references.accounts(views), references.pages(views)
        for each in known.values():
            pages[each.told.page.uid, each.told.page.url] = each.row.page
        changed = {}
        for key, message in sent.items():
            before = known.get(key)
            view = message if before is None else merged(before.told, message)
            if before is None or view is not before.told:
                changed[key] = view
        agents = references.agents(view.agent for view in changed.values())
        changes = {}
        for key, view in changed.items():
            before = known.get(key)
            page = pages[view.page.uid, view.page.url]
            row = _row(view, before, accounts, page, agents[view.agent])
            changes[key] = Change(before and before.row, row)
        self._settle(changes)

    def forget(self, reader: Reader) -> None:
        """Remove the visits of all generations of a reader, and what else is theirs.

        Guests are many people, and none of them.
        """
        if not reader.user:
            return
        who = {"folder": reader.folder, "member": reader.user}
        rows = [view_row(row, self.dialect) for row in self.ask("views_of", **who)]
        self._settle({row.key: Change(row, None) for row in rows})
        # Also those of which no page views are there any more.
        visits = [visit_row(row, self.dialect) for row in self.ask("visits_of", **who)]
        if visits:
            window = Window({}, {}, {}, {visit.id: visit for visit in visits})
            self._write({}, window, Settled())

    def taken_out(self, reader: Reader, after: datetime) -> list[PageView]:
        """Remove what somebody has seen after a time, and return it, so that it can be
        recorded again."""
        who = {"folder": reader.folder, "member": reader.user}
        rows = [view_row(row, self.dialect) for row in self.ask("views_of", **who)]
        later = {row.key: row for row in rows if row.at > after}
        if not later:
            return []
        known = self._known(later)
        self._settle({key: Change(row, None) for key, row in later.items()})
        return [each.told for each in known.values()]

    def drop_of(self, reader: Reader) -> None:
        """Remove the same, but leave sums as they are: these are of visits of a time, and
        name nobody."""
        if not reader.user:
            return
        who = {"folder": reader.folder, "member": reader.user}
        views = [(row.key,) for row in self.ask("views_of", **who)]
        visits = [visit_row(row, self.dialect) for row in self.ask("visits_of", **who)]
        if visits:
            Summing(
                self.connection, self.queries, self.dialect, self.site
            ).take_members_away(visits)
            self.run("remove_visits", {"numbers": [(each.id,) for each in visits]})
        if views:
            self.run("remove_views", {"keys": views})

    def _known(self, keys: Collection[str]) -> dict[str, Known]:
        known = {}
        for found in self.ask("known_views", {"keys": [(key,) for key in keys]}):
            row = view_row(found, self.dialect)
            known[row.key] = Known(page_view(found, row), row)
        return known

    def _settle(self, changes: Mapping[str, Change]) -> None:
        if changes:
            for room in _ROOMS:
                window = self._window(changes, room)
                result = settled(changes, window)
                if result is not None:
                    self._write(changes, window, result)
                    break

    def _window(self, changes: Mapping[str, Change], room: int) -> Window:
        spans = spans_of(changes.values())
        if not spans:
            return Window({}, {}, {}, {})
        end = self.dialect.moment(LATEST)
        sessions = {"sessions": [(each, *ends) for each, ends in spans.items()]}
        views, before = (
            [view_row(row, self.dialect) for row in found]
            for found in (
                self.ask("window_views", sessions, room=room, end=end),
                self.ask("window_before", sessions),
            )
        )
        latest = {row.session: row for row in sorted(before, key=place)}
        numbers = {row.visit for row in views if row.visit is not None}
        numbers.update(row.visit for row in latest.values() if not row.is_exit)
        visits = self.ask("window_visits", {"numbers": [(each,) for each in numbers]})
        return Window(
            spans,
            {row.key: row for row in views},
            latest,
            {row.id: visit_row(row, self.dialect) for row in visits},
            _ends(views, spans, room),
        )

    def _write(
        self, changes: Mapping[str, Change], window: Window, result: Settled
    ) -> None:
        """Write what differs between the visits in ``window`` and those in ``result``:
        here all of them are known as they were and as they are."""
        Summing(self.connection, self.queries, self.dialect, self.site).add(
            changes, window, result
        )
        old, now = window.visits, result.visits.values()
        new = [visit for visit in now if visit.id is None]
        other = [
            visit for visit in now if visit.id is not None and visit != old[visit.id]
        ]
        numbers = {visit.key: visit.id for visit in now}
        gone = [(number,) for number in old.keys() - numbers.values()]
        if gone:
            self.run("remove_visits", {"numbers": gone})
        if other:
            self.run("change_visits", {"visits": other})
        if new:
            added = self.ask("add_visits", {"visits": new})
            numbers |= {row.key: row.id for row in added}
        views = []
        for key in {**window.views, **changes}:
            stored = window.views.get(key)
            row = changes[key].new if key in changes else stored
            if row is not None:
                visit, latest = result.parts.get(key, (None, None))
                row = row.within(visit and numbers[visit], latest)
                if row != stored:
                    views.append(row)
        if views:
            self.run("write_views", {"views": views})
        removed = [(key,) for key, change in changes.items() if change.new is None]
        if removed:
            self.run("remove_views", {"keys": removed})


def _ends(
    views: Iterable[ViewRow],
    spans: Mapping[str, tuple[datetime, datetime]],
    room: int,
) -> dict[str, ViewRow]:
    """Return the last of these page views for each session that has more."""
    behind: dict[str, list[ViewRow]] = {}
    for row in views:
        if row.at > spans[row.session][1]:
            behind.setdefault(row.session, []).append(row)
    return {
        session: max(rows, key=place)
        for session, rows in behind.items()
        if len(rows) > room
    }


def _row(
    view: PageView, before: Known | None, accounts: Accounts, page: int, agent: int
) -> ViewRow:
    """Return the row of a page view, but for its visit.

    Who had the id at the time is decided once, unless the time turns out to be another.
    """
    if before is not None and _who(view) == _who(before.told):
        reader = before.row.reader
    else:
        account = accounts.at(WHO(view), view.at)
        reader = account and account.id
    gap, ahead = view.gap // MICROSECOND, view.ahead // MICROSECOND
    alone = None if view.session or view.is_exit else view.until
    whole = view.at if is_whole(view.address) else None
    refers_to = page, agent, reader, before and before.row.visit
    # By their order, as there are many, and names would take as long again.
    return ViewRow(*as_told(view), gap, ahead, alone, whole, *refers_to, None)


def _who(view: PageView) -> tuple[str, str, datetime]:
    return view.reader.folder, view.reader.user, view.at
