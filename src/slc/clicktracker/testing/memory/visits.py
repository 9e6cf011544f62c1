"""Page views and visits in memory: each answer is computed from the page views."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.model import CURRENT
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.place import Place
from slc.clicktracker.storage.visits.addresses import shortened
from slc.clicktracker.storage.visits.agent import named
from slc.clicktracker.storage.visits.kept import Kept
from slc.clicktracker.storage.visits.merging import merged
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import PageViewPage
from slc.clicktracker.storage.visits.model import Presence
from slc.clicktracker.storage.visits.model import Present
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.storage.visits.model import VisitPage
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.storage.visits.runs import Run
from slc.clicktracker.storage.visits.runs import runs_of
from slc.clicktracker.storage.visits.runs import Step
from slc.clicktracker.storage.visits.sums import DAYS_OF_GUESTS
from slc.clicktracker.storage.visits.sums import DAYS_OF_MEMBERS
from slc.clicktracker.storage.visits.sums import site_of
from slc.clicktracker.storage.visits.sums import Sums
from slc.clicktracker.storage.visits.sums import ViewFacts
from slc.clicktracker.storage.visits.sums import VisitFacts
from slc.clicktracker.testing.memory.tables import Account
from slc.clicktracker.testing.memory.tables import KnownPage
from slc.clicktracker.testing.memory.tables import KnownView
from slc.clicktracker.testing.memory.tables import Tables
from typing import NamedTuple


class KnownVisit(NamedTuple):
    """A visit, its page views and the log-out that ended it."""

    visit: Visit
    views: tuple[KnownView, ...]
    log_out: KnownView | None


class Visits:
    """Keeps page views in the tables of one site, and asks them."""

    def __init__(
        self, tables: Tables, site: str, now: Callable[[], datetime] = utc_now
    ) -> None:
        self.tables = tables
        self.site = site
        self.now = now

    def record_views(self, views: Sequence[PageView]) -> None:
        """Record page views whole or not at all; see ``IVisits``."""
        # What is no page view is noticed here, before anything is kept.
        sent = [(view, view.key, self._account(view.reader)) for view in views]
        with self.tables.lock, self.counted():
            kept = self.tables.kept.get(self.site, Kept()).until(self.now())
            takes = self.tables.refused(self.site, self.now()).takes_of
            for view, key, account in sent:
                if not takes(self.site, view.reader, view.at):
                    continue
                known = self.tables.views.get((self.site, key))
                if not kept.takes(view) or (known and known.dropped):
                    continue
                page = self.tables.pages.setdefault(
                    (self.site, view.page.uid, view.page.url), KnownPage()
                )
                page.learn(view.page.title, view.at)
                if account.user:
                    number = self.tables.generation(account, view.at)
                    generation = self.tables.accounts[account][number]
                    generation.learn(view.reader.name, view.at)
                self._keep(key, view)

    def visits(self, query: VisitQuery) -> VisitPage:
        """Return one page of visits; see ``IVisits``."""
        with self.tables.lock:
            found = [known.visit for known in self.known() if _is_of(known, query)]
            found.sort(key=lambda visit: (-microseconds(visit.last), visit.key))
            return VisitPage(_cut(found, query), len(found))

    def page_views(self, query: VisitQuery) -> PageViewPage:
        """Return one page of page views; see ``IVisits``."""
        with self.tables.lock:
            asked = self.views() if not query.visit else self._views_of(query.visit)
            found = [
                self._shown(known).view
                for known in asked
                if not (known.dropped or known.view.is_exit)
                and self._is_asked_for(known, query)
            ]
            found.sort(key=lambda view: (-microseconds(view.at), view.key))
            return PageViewPage(_cut(found, query), len(found))

    def presence(self, since: datetime, uid: str = "", url: str = "") -> Presence:
        """Return who is there; see ``IVisits``."""
        asked = VisitQuery(since=since, uid=uid, url=url)
        since = asked.since
        with self.tables.lock:
            there = [
                (known.views[-1], known.visit.session)
                for known in self.known()
                if known.visit.last >= since and not known.visit.is_over
            ]
            alone = [
                known
                for known in self.views()
                if not known.view.session
                and not known.view.is_exit
                and known.view.until >= since
            ]
            alone.sort(key=lambda known: (known.view.at, known.view.key))
            last = {self._who(known): known for known in alone if known.generation}
            there += [(known, "") for known in last.values()]
            there += [(known, "") for known in alone if not known.generation]
            on_page = [each for each in there if _saw(each[0].view.page, asked)]
            return Presence(self._present(there), self._present(on_page))

    def forget(self, reader: Reader) -> None:
        """Remove the visits of all generations of a reader, and what else is theirs.

        Guests are many people, and none of them.
        """
        if reader.user:
            with self.tables.lock, self.counted():
                self.drop_of(reader)

    def drop_of(self, reader: Reader) -> None:
        """Remove the same, but leave sums as they are."""
        if not reader.user:
            return
        with self.tables.lock:
            gone = [known for known in self.views() if _is_by(known, reader)]
            for visit, views, log_out in self.known():
                if reader_key(visit.reader) == reader_key(reader):
                    gone += [*views, *([log_out] if log_out else ())]
            for known in gone:
                self.tables.views.pop((self.site, known.view.key), None)

    def taken_out(
        self, reader: Reader, after: datetime
    ) -> dict[tuple[str, str], KnownView]:
        """Remove what somebody has seen after a time, and return it."""
        with self.tables.lock, self.counted():
            later = [
                known
                for known in self.views()
                if _is_by(known, reader) and known.view.at > after
            ]
            keys = [(self.site, known.view.key) for known in later]
            return {key: self.tables.views.pop(key) for key in keys}

    def put_back(self, views: dict[tuple[str, str], KnownView]) -> None:
        """Let it be there again, of whoever had the id then."""
        with self.tables.lock, self.counted():
            for key, known in views.items():
                account = Account.of(self.site, known.view.reader)
                whose = self.tables.generation(account, known.view.at)
                self.tables.views[key] = known._replace(generation=whose)

    def numbers_of(self, reader: Reader) -> tuple[int, int]:
        """Count page views and visits."""
        with self.tables.lock:
            visits = [reader_key(known.visit.reader) for known in self.known()]
            views = sum(_is_by(v, reader) and not v.dropped for v in self.views())
            return views, visits.count(reader_key(reader))

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Add to what is added up for the statistics what changes meanwhile."""
        before = self.sums()
        yield
        kept = self.tables.sums.setdefault(self.site, Sums())
        kept.add_all(self.sums())
        kept.add_all(before, -1)

    def sums(self) -> Sums:
        """Return what all visits and page views that are there add up to."""
        sums = Sums()
        days: dict[tuple, list[int]] = {}
        for known in self.known():
            facts = self._facts(known)
            sums.add_visit(facts)
            for page in {_page(each.view) for each in known.views if not each.dropped}:
                sums.add_seen(facts.day, page)
            kind = DAYS_OF_MEMBERS if facts.member else DAYS_OF_GUESTS
            visitor = kind, facts.member or known.visit.session
            days.setdefault(visitor, []).append(facts.day)
        for (kind, _), dates in days.items():
            sums.add_visitor(kind, dates)
        for known in self.views():
            if not (known.dropped or known.view.is_exit):
                sums.add_view(_view_facts(known.view))
        return sums

    def _facts(self, known: KnownVisit) -> VisitFacts:
        visit = known.visit
        account = self._account(visit.reader), visit.generation
        return VisitFacts(
            day=known.views[0].view.day,
            pages=visit.pages,
            seconds=visit.time_on_site // timedelta(seconds=1),
            entry=(visit.entry.url, visit.entry.uid),
            exit=(visit.exit.url, visit.exit.uid),
            site=site_of(visit.referrer),
            browser=visit.agent.browser,
            system=visit.agent.system,
            device=visit.agent.device,
            member=account if visit.generation else None,
        )

    def account(self, who: tuple[Account, int]) -> tuple[Reader, bool, int]:
        """Return the reader that somebody is, whether the account was deleted, and which
        of those with the id it was."""
        account, number = who
        generation = self.tables.accounts[account][number]
        reader = Reader(account.user, account.folder, generation.name)
        return reader, generation.retired is not None, number

    def accounts(self) -> set[tuple[Account, int]]:
        """Return the accounts that page views are of, with their generation."""
        return {
            (self._account(known.view.reader), known.generation)
            for known in self.views()
            if known.generation
        }

    def _keep(self, key: str, view: PageView) -> None:
        known = self.tables.views.get((self.site, key))
        if known is not None:
            view = merged(known.view, view)
            old = known.view
            same = (reader_key(old.reader), old.at) == (
                reader_key(view.reader),
                view.at,
            )
        number = known.generation if known is not None and same else self._number(view)
        self.tables.views[self.site, key] = KnownView(view, number)

    def _number(self, view: PageView) -> int:
        if not view.reader.user:
            return 0
        return self.tables.generation(self._account(view.reader), view.at)

    def views(self) -> list[KnownView]:
        """Return all page views and log-outs, those that were dropped from visits, too."""
        return [
            known for (site, _), known in self.tables.views.items() if site == self.site
        ]

    def known(self) -> Iterator[KnownVisit]:
        """Yield all visits."""
        sessions: dict[str, dict[str, KnownView]] = {}
        for known in self.views():
            if known.view.session:
                views = sessions.setdefault(known.view.session, {})
                views[known.view.key] = known
        for views in sessions.values():
            for run in runs_of(map(self._step, views.values())):
                for part in _parts(run, views):
                    yield self._visit(part, views)

    def _step(self, known: KnownView) -> Step:
        view = known.view
        return Step(
            *(view.key, view.at, view.until, view.gap),
            who=self._who(known),
            is_exit=view.is_exit,
        )

    def _visit(self, run: Run, views: dict[str, KnownView]) -> KnownVisit:
        shown = tuple(self._shown(views[step.key]) for step in run.steps)
        first, last = shown[0].view, shown[-1]
        visit = Visit(
            key=run.key,
            session=first.session,
            reader=last.view.reader,
            entry=first.page,
            exit=last.view.page,
            pages=len(shown),
            start=first.at,
            last=run.last,
            address=self._address(first),
            agent=named(first.agent),
            referrer=first.referrer,
            source=first.source,
            is_over=last.ended.is_over if last.ended else run.is_over,
            former=self._is_former(last),
            generation=last.generation,
        )
        return KnownVisit(visit, shown, run.exit and views[run.exit.key])

    def _is_asked_for(self, known: KnownView, query: VisitQuery) -> bool:
        view = self._shown(known).view
        begun = view.until if query.alone else view.at
        return (
            not (query.alone and view.session)
            and (query.since is None or begun >= query.since)
            and (query.until is None or view.at <= query.until)
            and _is_whose(view, known.generation, self._is_former(known), query)
            and _saw(view.page, query, whatever=True)
            and Place.of(query.place).covers(view.page.url)
        )

    def _views_of(self, visit: str) -> list[KnownView]:
        of_visits = [known.views for known in self.known() if known.visit.key == visit]
        return list(of_visits[0]) if of_visits else []

    def _shown(self, known: KnownView) -> KnownView:
        """Return a page view with the title and the name as they are known by now."""
        page, reader = known.view.page, known.view.reader
        title = self.tables.pages.get(
            (self.site, page.uid, page.url), KnownPage()
        ).title
        if known.generation:
            generations = self.tables.accounts[self._account(reader)]
            reader = replace(reader, name=generations[known.generation].name)
        view = replace(known.view, page=replace(page, title=title), reader=reader)
        return known._replace(view=view)

    def _address(self, first: PageView) -> str:
        if (self.site, first.key) in self.tables.shortened:
            return shortened(first.address)
        return first.address

    def _is_former(self, known: KnownView) -> bool:
        if not known.generation:
            return False
        generations = self.tables.accounts[self._account(known.view.reader)]
        return generations[known.generation].retired is not None

    def _who(self, known: KnownView) -> tuple[Account, int] | None:
        if not known.generation:
            return None
        return self._account(known.view.reader), known.generation

    def _present(self, there: Iterable[tuple[KnownView, str]]) -> Present:
        there = list(there)
        guests = [session for known, session in there if not known.generation]
        return Present(
            members=len({self._who(known) for known, _ in there} - {None}),
            guests=len(set(guests) - {""}),
            others=guests.count(""),
        )

    def _account(self, reader: Reader) -> Account:
        return Account(self.site, reader.folder, reader.user)


def _parts(run: Run, views: dict[str, KnownView]) -> Iterator[Run]:
    """Yield what is left of a run: nothing goes on with a visit that has ended."""
    parts: dict[str, list[Step]] = {}
    for step in (*run.steps, *([run.exit] if run.exit else ())):
        ended = views[step.key].ended
        parts.setdefault(ended.key if ended else "", []).append(step)
    for steps in parts.values():
        # Of a log-out alone there is none.
        for part in (runs := runs_of(steps)):
            part.is_over |= run.is_over and part is runs[-1]
            yield part


def reader_key(reader: Reader) -> tuple[str, str]:
    """Return what a reader is, whatever the name."""
    return reader.user, reader.folder


def _page(view: PageView) -> tuple[str, str]:
    return view.page.url, view.page.uid


def _view_facts(view: PageView) -> ViewFacts:
    return ViewFacts(
        day=view.day,
        page=_page(view),
        time=(view.until - view.at) // timedelta(milliseconds=1),
        source=view.source,
        status=view.status,
        is_joined=view.session != "",
    )


def _is_of(known: KnownVisit, query: VisitQuery) -> bool:
    visit = known.visit
    return (
        (query.since is None or visit.last >= query.since)
        and (query.until is None or visit.start <= query.until)
        and _is_whose(visit, visit.generation, visit.former, query)
        and query.visit in ("", visit.key)
        and (
            not (query.uid or query.url)
            or any(
                _saw(each.view.page, query) for each in known.views if not each.dropped
            )
        )
        and (
            not Place.of(query.place).path
            or any(
                Place.of(query.place).covers(each.view.page.url)
                for each in known.views
                if not each.dropped
            )
        )
    )


def _is_whose(
    seen: Visit | PageView, generation: int, former: bool, query: VisitQuery
) -> bool:
    reader = seen.reader
    search = folded(query.search)
    names = (id_key(reader), id_key(reader) if former else name_key(reader))
    return (
        query.session in ("", seen.session)
        and {"members": bool(reader.user), "guests": not reader.user}.get(
            query.who, True
        )
        and (not query.readers or reader_key(reader) in map(reader_key, query.readers))
        and (
            not former
            if query.generation == CURRENT
            else query.generation in (0, generation)
        )
        and (not search or (reader.user != "" and any(search in n for n in names)))
    )


def _saw(page: Page, query: VisitQuery, whatever: bool = False) -> bool:
    """Is this the page that is asked for? If none is, ``whatever`` is the answer."""
    if not query.uid and not query.url:
        return whatever
    if query.uid and page.uid:
        return page.uid == query.uid
    return query.url != "" and page.url == query.url


def _is_by(known: KnownView, reader: Reader) -> bool:
    return known.generation > 0 and reader_key(known.view.reader) == reader_key(reader)


def _cut(found: list, query: VisitQuery) -> tuple:
    start = max(query.start, 0)
    end = None if query.size is None else start + max(query.size, 0)
    return tuple(found[start:end])
