"""Forgetting visitors in memory, after some time."""

from dataclasses import replace
from datetime import datetime
from slc.clicktracker.storage.visits.addresses import is_whole
from slc.clicktracker.storage.visits.addresses import shortened
from slc.clicktracker.storage.visits.kept import Kept
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.sums import ENTRY
from slc.clicktracker.storage.visits.sums import EXIT
from slc.clicktracker.storage.visits.sums import PAGE
from slc.clicktracker.storage.visits.sums import Sums
from slc.clicktracker.testing.memory.tables import KnownView
from slc.clicktracker.testing.memory.tables import Tables
from slc.clicktracker.testing.memory.visits import KnownVisit
from slc.clicktracker.testing.memory.visits import Visits


class Retention:
    """Removes what is old from the tables of one site."""

    def __init__(self, tables: Tables, visitors: Visits) -> None:
        self.tables = tables
        self.visitors = visitors
        self.site = visitors.site

    def old_views(self, before: datetime) -> int:
        """Count old page views."""
        with self.tables.lock:
            return len(self._old_views(before))

    def old_visits(self, before: datetime) -> int:
        """Count old visits."""
        with self.tables.lock:
            return len(self._old_visits(before))

    def whole_addresses(self, before: datetime) -> int:
        """Count old addresses."""
        with self.tables.lock:
            return len(self._whole_visits(before)) + len(self._whole_views(before))

    def drop_views(self, before: datetime, most: int) -> int:
        """Remove some old page views. What their visits know because of them stays."""
        with self.tables.lock:
            self._keep(views=before)
            old = self._old_views(before)[:most]
            visits = list(self.visitors.known())
            parts = {each.view.key for visit in visits for each in _of(visit)}
            for known in old:
                if known.view.key in parts:
                    self._put(known._replace(dropped=True))
                else:
                    self._remove(known)
            self._end(visits)
            return len(old)

    def drop_visits(self, before: datetime, most: int) -> int:
        """Remove some old visits with all that is part of them."""
        with self.tables.lock:
            self._keep(visits=before)
            old = self._old_visits(before)[:most]
            for visit in old:
                self.tables.shortened.discard((self.site, visit.visit.key))
                for known in _of(visit):
                    self._remove(known)
            return len(old)

    def shorten_addresses(self, before: datetime, most: int) -> int:
        """Cut some old addresses, those of visits first."""
        with self.tables.lock:
            visits = self._whole_visits(before)[:most]
            views = self._whole_views(before)[: most - len(visits)]
            self.tables.shortened.update((self.site, each.visit.key) for each in visits)
            for known in views:
                view = replace(known.view, address=shortened(known.view.address))
                self._put(known._replace(view=view))
            return len(visits) + len(views)

    def drop_unused(self, before: datetime, most: int) -> int:
        """Remove all pages and accounts that nothing refers to."""
        with self.tables.lock:
            pages, accounts = self._referred_to()
            old_pages = [
                key
                for key in self.tables.pages
                if key[0] == self.site and key not in pages
            ]
            for key in old_pages:
                del self.tables.pages[key]
            old_accounts = [
                (account, number)
                for account, generations in self.tables.accounts.items()
                for number, generation in generations.items()
                if account.site == self.site
                and (account, number) not in accounts
                and (generation.retired is None or generation.retired < before)
            ]
            for account, number in old_accounts:
                del self.tables.accounts[account][number]
            return len(old_pages) + len(old_accounts)

    def _referred_to(self) -> tuple[set, set]:
        """Return the keys of pages and accounts that something refers to."""
        pages = [
            known.view.page for known in self.visitors.views() if not known.dropped
        ]
        for each in self.visitors.known():
            pages += [each.visit.entry, each.visit.exit]
        kept = self.tables.sums.get(self.site, Sums())
        pages += [
            Page(*thing)
            for (kind, _, thing), _ in kept.items()
            if kind in (ENTRY, EXIT, PAGE)
        ]
        accounts = self.visitors.accounts() | {
            (state.account, state.generation)
            for state in (*self.tables.readings, *self.tables.acknowledged_states)
        }
        return {(self.site, page.uid, page.url) for page in pages}, accounts

    def _old_views(self, before: datetime) -> list[KnownView]:
        last_ones = set()
        for visit in self.visitors.known():
            earlier = [each for each in _of(visit) if each.view.at < before]
            if earlier and visit.visit.last >= before:
                last_ones.add(max(earlier, key=_place).view.key)
        return [
            known
            for known in self.visitors.views()
            if known.view.at < before
            and not known.dropped
            and known.view.key not in last_ones
        ]

    def _old_visits(self, before: datetime) -> list[KnownVisit]:
        return [each for each in self.visitors.known() if each.visit.last < before]

    def _whole_views(self, before: datetime) -> list[KnownView]:
        return [
            known
            for known in self.visitors.views()
            if known.view.at < before
            and not known.dropped
            and is_whole(known.view.address)
        ]

    def _whole_visits(self, before: datetime) -> list[KnownVisit]:
        return [
            each
            for each in self.visitors.known()
            if each.visit.start < before and is_whole(each.visit.address)
        ]

    def _end(self, visits: list[KnownVisit]) -> None:
        """Let nothing go on with those of which no page view is kept any more."""
        for known in visits:
            parts = [self.tables.views[self.site, v.view.key] for v in _of(known)]
            if all(each.dropped for each in parts):
                for each in parts:
                    self._put(each._replace(ended=known.visit))

    def _keep(self, **kinds: datetime) -> None:
        kept = self.tables.kept.get(self.site, Kept()).until(self.visitors.now())
        self.tables.kept[self.site] = kept.since(**kinds)

    def _put(self, known: KnownView) -> None:
        self.tables.views[self.site, known.view.key] = known

    def _remove(self, known: KnownView) -> None:
        self.tables.views.pop((self.site, known.view.key), None)


def _of(visit: KnownVisit) -> list[KnownView]:
    """Return the page views of a visit, and the log-out that ended it."""
    return [*visit.views, *([visit.log_out] if visit.log_out else ())]


def _place(known: KnownView) -> tuple:
    return known.view.at, known.view.is_exit, known.view.key
