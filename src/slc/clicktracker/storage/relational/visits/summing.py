"""What is added up when page views and visits change in a database."""

from collections import Counter
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import timedelta
from slc.clicktracker.storage.relational.visits.rows import ViewRow
from slc.clicktracker.storage.relational.visits.rows import VisitRow
from slc.clicktracker.storage.relational.visits.settling import Change
from slc.clicktracker.storage.relational.visits.settling import LATEST
from slc.clicktracker.storage.relational.visits.settling import Settled
from slc.clicktracker.storage.relational.visits.settling import Window
from slc.clicktracker.storage.relational.visits.transaction import VisitsTransaction
from slc.clicktracker.storage.visits.days import month_of
from slc.clicktracker.storage.visits.model import active_until
from slc.clicktracker.storage.visits.sums import DAYS_OF_GUESTS
from slc.clicktracker.storage.visits.sums import DAYS_OF_MEMBERS
from slc.clicktracker.storage.visits.sums import site_of
from slc.clicktracker.storage.visits.sums import Sums
from slc.clicktracker.storage.visits.sums import ViewFacts
from slc.clicktracker.storage.visits.sums import VisitFacts


MILLISECOND = timedelta(milliseconds=1)
SECOND = timedelta(seconds=1)

#: Who a visitor is: a kind of days, and the account or the session.
Visitor = tuple[int, int | str]


class Summing(VisitsTransaction):
    """Adds what there will be and takes away what there was, before it is written.

    What doesn't change is not read, however much of it there is: only whether a visit has seen
    a page before, and on which days a visitor was there.
    """

    def add(
        self, changes: Mapping[str, Change], window: Window, result: Settled
    ) -> None:
        """Add what becomes of a window."""
        sums = Sums()
        for rows, times in (
            ((change.new for change in changes.values()), 1),
            ((change.old for change in changes.values()), -1),
        ):
            for each, count in _facts_of_views(rows).items():
                sums.add_view(each, times * count)
        self._add_visits(window, result, sums)
        self._add_pages(changes, window, result, sums)
        self._add_visitors(window, result, sums)
        self._write(sums)

    def take_members_away(self, visits: Iterable[VisitRow]) -> None:
        """Take away what is known of members by visits that are removed."""
        sums = Sums()
        for visit in visits:
            if visit.reader is not None:
                who = visit.day, visit.reader
                sums.add_member(*who, visit.pages, _seconds(visit), -1)
        self._write(sums)

    def _add_visits(self, window: Window, result: Settled, sums: Sums) -> None:
        before = {visit.key: visit for visit in window.visits.values()}
        changed = [
            (before.get(key), result.visits.get(key))
            for key in {**before, **result.visits}
            if before.get(key) != result.visits.get(key)
        ]
        visits = [visit for pair in changed for visit in pair if visit is not None]
        agents = [(number,) for number in {visit.agent for visit in visits}]
        names = {
            row.id: (row.browser, row.system, row.device)
            for row in (
                self.ask("names_of_agents", {"numbers": agents}) if agents else ()
            )
        }
        words = self._words(
            {site_of(visit.referrer) for visit in visits}.union(*names.values())
        )
        for old, new in changed:
            for visit, times in ((new, 1), (old, -1)):
                if visit is not None:
                    kinds = (words[name] for name in names[visit.agent])
                    site = words[site_of(visit.referrer)]
                    sums.add_visit(_visit_facts(visit, site, *kinds), times)

    def _add_pages(
        self,
        changes: Mapping[str, Change],
        window: Window,
        result: Settled,
        sums: Sums,
    ) -> None:
        """Add the pages that visits see, each once."""
        before = set()
        for row in window.views.values():
            visit = window.visits.get(row.visit)
            if visit is not None and not row.is_exit:
                before.add((visit.id, visit.day, row.page))
        after = set()
        for key, (whose, _) in result.parts.items():
            row = changes[key].new if key in changes else window.views[key]
            if not row.is_exit:
                visit = result.visits[whose]
                after.add((visit.id or visit.key, visit.day, row.page))
        moved = before ^ after
        elsewhere = self._seen_elsewhere(moved, window, result)
        for visit, day, page in moved:
            if (visit, page) not in elsewhere:
                times = 1 if (visit, day, page) in after else -1
                sums.add_seen(day, page, times)

    def _seen_elsewhere(
        self,
        moved: Iterable[tuple[int | str, int, int]],
        window: Window,
        result: Settled,
    ) -> set[tuple[int, int]]:
        """Return which of these visits have seen the pages also outside of the window."""
        visits = {visit.id: visit for visit in result.visits.values()}
        goes_on = {end.visit for end in window.ends.values()}
        seen = []
        for number, _, page in moved:
            visit, known = visits.get(number), window.visits.get(number)
            # Of a visit that begins and ends in the window there is nothing elsewhere.
            if visit and known and (known.key not in window.views or number in goes_on):
                end = window.ends.get(visit.session)
                until = end.at if end is not None else LATEST
                seen.append((number, page, window.spans[visit.session][0], until))
        found = self.ask("pages_seen_elsewhere", {"seen": seen}) if seen else ()
        return {(visit, page) for visit, page in found}

    def _add_visitors(self, window: Window, result: Settled, sums: Sums) -> None:
        before = _days(window.visits.values())
        after = _days(result.visits.values())
        moved = [
            (visitor, day)
            for visitor in {**before, **after}
            for day in before.get(visitor, set()) ^ after.get(visitor, set())
        ]
        around = self._nearest_days(moved, window.visits)
        for visitor, days in around.items():
            kind, _ = visitor
            sums.add_visitor(kind, days | after.get(visitor, set()))
            sums.add_visitor(kind, days | before.get(visitor, set()), -1)

    def _nearest_days(
        self, moved: Iterable[tuple[Visitor, int]], window: Collection[int]
    ) -> dict[Visitor, set[int]]:
        """Return days on which these visitors were there in other visits: those that
        matter for what comes before and after theirs."""
        found: dict[Visitor, set[int]] = {visitor: set() for visitor, _ in moved}
        numbers = [(number,) for number in window]
        for kind, who in ((DAYS_OF_MEMBERS, "member"), (DAYS_OF_GUESTS, "guest")):
            days = [(visitor[1], day) for visitor, day in moved if visitor[0] == kind]
            if days:
                rows = self.ask(
                    "nearest_days",
                    {"numbers": numbers, f"{who}_days": days},
                    parts={
                        "of_this_visitor": f"{{this_{who}}}",
                        "days": f"{{sent_{who}_days}}",
                    },
                )
                for row in rows:
                    near = {row.before, row.same, row.after} - {None}
                    found[kind, row.visitor] |= near
        return found

    def _words(self, words: set[str]) -> dict[str, int]:
        """Return the numbers of words, which are added where they are new."""
        if not words:
            return {}
        sent = {"words": [(word,) for word in words]}
        known = {row.word: row.id for row in self.ask("known_words", sent)}
        new = [(word,) for word in sorted(words - known.keys())]
        if new:
            added = self.ask("add_words", {"words": new})
            known |= {row.word: row.id for row in added}
        return known

    def _write(self, sums: Sums) -> None:
        rows = [
            (kind, day, month_of(day), thing, *amount)
            for (kind, day, thing), amount in sums.items()
        ]
        if rows:
            self.run("add_sums", {"sums": rows})
        less = [row[:4] for row in rows if min(row[4:]) < 0]
        if less:
            self.run("remove_empty_sums", {"places": less})


def _facts_of_views(rows: Iterable[ViewRow | None]) -> Counter[ViewFacts]:
    """Return how many page views there are of each kind."""
    return Counter(
        ViewFacts(
            row.day,
            row.page,
            (active_until(row.at, row.seen, row.engaged) - row.at) // MILLISECOND,
            row.source,
            row.status,
            row.session != "",
        )
        for row in rows
        if row is not None and not row.is_exit
    )


def _visit_facts(
    visit: VisitRow, site: int, browser: int, system: int, device: int
) -> VisitFacts:
    return VisitFacts(
        day=visit.day,
        pages=visit.pages,
        seconds=_seconds(visit),
        entry=visit.entry_page,
        exit=visit.exit_page,
        site=site,
        browser=browser,
        system=system,
        device=device,
        member=visit.reader,
    )


def _seconds(visit: VisitRow) -> int:
    return (visit.last - visit.start) // SECOND


def _days(visits: Iterable[VisitRow]) -> dict[Visitor, set[int]]:
    """Return the days of visitors."""
    found: dict[Visitor, set[int]] = {}
    for visit in visits:
        visitor: Visitor = (DAYS_OF_GUESTS, visit.session)
        if visit.reader is not None:
            visitor = (DAYS_OF_MEMBERS, visit.reader)
        found.setdefault(visitor, set()).add(visit.day)
    return found
