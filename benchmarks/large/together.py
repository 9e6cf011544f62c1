"""What is asked at the same time, and first after changes that concern many.

Each is found in a process of its own that begins as one that has answered everything: it
may change the site, and nothing of it is left.
"""

from benchmarks.large.asking import Answer
from benchmarks.large.asking import Asking
from benchmarks.large.asking import in_child
from benchmarks.large.population import EVERYBODY
from benchmarks.large.population import GROUPS
from benchmarks.large.population import Population
from benchmarks.large.population import TOP
from benchmarks.large.screens import Screen
from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from threading import Event
from typing import Any

import sys
import time
import transaction


#: What a reader asks for, and what a secretary does.
PAGE, REPORT = "page of a document, for a member", "one document, by name"
MEANWHILE = PAGE, REPORT

#: What tells first of all who is expected to read what.
LOOKS = "dashboard, changed", "members most behind", REPORT

FILES = "largest folder as CSV", "largest folder as XLSX"

#: Reports that are asked for by as many people, and requests that a server answers at the
#: same time, as waitress comes.
REPORTS, THREADS = 20, 4

#: How much longer than alone something may take: a page while a file is sent or while
#: others look at reports, a report while others do. Milliseconds for the first look after
#: a change.
PAGE_MOST, REPORT_MOST, LOOK_MOST = 1.5, 3, 2000


@dataclass(frozen=True)
class Pace:
    """How often a page is asked for while a file is sent; in how many ``seconds`` all reports
    are, where they aren't in the same moment."""

    times: int = 5
    seconds: float = 10


#: What has to be among the screens.
THESE = {*MEANWHILE, *LOOKS, *FILES}

Found = dict[str, dict[str, float]]


def found_together(
    asking: Asking, screens: Iterable[Screen], population: Population, pace: Pace
) -> Found:
    """Return milliseconds by what was asked when: how long it took ``alone`` and ``then``,
    and what would be the ``most``."""
    by_name = {screen.name: screen for screen in screens}
    pages = [by_name[name] for name in MEANWHILE]
    reports = [
        each for each in by_name.values() if each.name.startswith("one document")
    ]
    reports = (reports * REPORTS)[:REPORTS]
    looks = [by_name[name] for name in LOOKS]

    def of(find: Callable[..., Found], *rest: Any) -> Found:
        def found() -> Found:
            asking.look_away()
            # What a storage knows is not passed on to a child.
            for screen in (*pages, *looks):
                asking.answer(screen)
            return find(asking, *rest)

        print(f"Together: {find.__name__.strip('_')} …", file=sys.stderr, flush=True)
        return in_child(found, find.__name__)

    found = {}
    for name in FILES:
        found |= of(_while_sent, by_name[name], pages, pace.times)
    found |= of(_at_once, reports, by_name[PAGE], pace.times)
    found |= of(_one_by_one, reports, pace.seconds)
    for change in (_join, _move):
        found |= of(_after, change, population, looks, by_name[PAGE])
    return found


def _while_sent(asking: Asking, file: Screen, pages: list[Screen], times: int) -> Found:
    """Ask for pages alone, and while a file is sent again and again."""
    alone = {page.name: _median(asking, page, times) for page in pages}
    is_over = Event()

    def send() -> None:
        while not is_over.is_set():
            asking.answer(file)

    with ThreadPoolExecutor(1) as other:
        sending = other.submit(send)
        try:
            then = {page.name: _median(asking, page, times) for page in pages}
        finally:
            is_over.set()
        sending.result()
    return {
        f"{name}, while the {file.name} is sent": _figures(
            alone[name], then[name], PAGE_MOST
        )
        for name in alone
    }


def _at_once(asking: Asking, reports: list[Screen], page: Screen, times: int) -> Found:
    """Ask for all reports in the same moment; a reader has a thread of the server's."""
    alone = [asking.answer(report).wall for report in reports]
    page_alone = _median(asking, page, times)
    with ThreadPoolExecutor(THREADS) as server, ThreadPoolExecutor(1) as other:
        began = time.perf_counter()
        asked = [server.submit(_answered, asking, report) for report in reports]
        beside = other.submit(asking.answer, page)
        ends = [(each.result() - began) * 1000 for each in asked]
    return {
        f"the slowest of {REPORTS} reports in the same moment": _slowest(alone, ends),
        f"{page.name}, beside them": _figures(
            page_alone, beside.result().wall, PAGE_MOST
        ),
    }


def _one_by_one(asking: Asking, reports: list[Screen], seconds: float) -> Found:
    """Ask for all reports one after the other, within some seconds, whether or not those
    before are there: so many people begin their day."""
    alone = [asking.answer(report).wall for report in reports]
    asked = []
    with ThreadPoolExecutor(THREADS) as server:
        for report in reports:
            asked.append(
                (time.perf_counter(), server.submit(_answered, asking, report))
            )
            time.sleep(seconds / REPORTS)
    took = [(each.result() - due) * 1000 for due, each in asked]
    name = f"the slowest of {REPORTS} reports within {seconds:g} seconds"
    return {name: _slowest(alone, took)}


def _slowest(alone: list[float], then: list[float]) -> dict[str, float]:
    """Return the figures of what takes longest, as seen from what it takes alone."""
    pairs = zip(alone, then, strict=True)
    return _figures(*max(pairs, key=lambda pair: pair[1] / pair[0]), REPORT_MOST)


def _figures(alone: float, then: float, times: float) -> dict[str, float]:
    return {"alone": alone, "then": then, "most": times * alone}


def _after(
    asking: Asking,
    change: Callable[[Any, Population], str],
    population: Population,
    looks: list[Screen],
    page: Screen,
) -> Found:
    """Ask for what tells who is expected to read what, for the first time after a change;
    a reader comes first of all."""
    alone = {screen.name: _median(asking, screen, 2) for screen in (page, *looks)}
    what = _changed(change, population)
    first = {screen.name: asking.answer(screen) for screen in (page, *looks)}
    if first[page.name].statements:
        raise RuntimeError(f"A reader waits for the database after {what}")
    return {
        f"{name}, first after {what}": {
            "alone": alone[name],
            "then": first[name].wall,
            "most": alone[name] + LOOK_MOST,
        }
        for name in first
    }


def _changed(change: Callable[[Any, Population], str], population: Population) -> str:
    from AccessControl.SecurityManagement import newSecurityManager
    from AccessControl.SecurityManagement import noSecurityManager
    from Testing.makerequest import makerequest
    from zope.component.hooks import setSite
    from zope.globalrequest import setRequest

    import Zope2

    app = makerequest(Zope2.app())
    setRequest(app.REQUEST)
    setSite(app.Plone)
    newSecurityManager(None, app.acl_users.getUserById("admin"))
    what = change(app.Plone, population)
    transaction.commit()
    noSecurityManager()
    setSite(None)
    setRequest(None)
    app._p_jar.close()
    return what


def _join(site: Any, population: Population) -> str:
    """Have everybody join two groups that are expected to read something."""
    named = [each.groups for each in population.folders if each.kind == GROUPS]
    groups = list(dict.fromkeys(group for some in named for group in some))[:2]
    for group in groups:
        for user, _name in population.members:
            site.acl_users.source_groups.addPrincipalToGroup(user, group)
    number = len(groups) * len(population.members)
    return f"{number:,} members have joined groups"


def _move(site: Any, population: Population) -> str:
    """Move a tenth of all documents into another folder."""
    top = site[TOP]
    target = [each for each in population.folders if each.kind == EVERYBODY][-1]
    others = [
        paper
        for paper in population.papers[population.size.circulars :]
        if not paper.is_deleted and paper.folder != target
    ][: population.size.documents // 10]
    by_folder = defaultdict(list)
    for paper in others:
        by_folder[paper.folder.path].append(paper.id)
    into = top.unrestrictedTraverse(target.path)
    for path, ids in by_folder.items():
        folder = top.unrestrictedTraverse(path)
        into.manage_pasteObjects(folder.manage_cutObjects(ids))
    return f"{len(others):,} documents were moved"


def _answered(asking: Asking, screen: Screen) -> float:
    """Return when the answer was there."""
    asking.answer(screen)
    return time.perf_counter()


def _median(asking: Asking, screen: Screen, times: int) -> float:
    answers: list[Answer] = [asking.answer(screen) for _ in range(times)]
    return median(answer.wall for answer in answers)
