"""Requests a second through each door for beacons, and what the viewlet adds to a page.

Through (a) a filter that does nothing but answer, (b) our filter, (b') that with the
setting "Wait for the disk", (c) an empty view of Zope for a member who is logged in,
(d) our view, past the filter, (e) our filter with page views of visits: all of one
server; and (b) with two server processes,
each with a wrk of its own, both at the same time, and with SQLite. Each beacon is a
view of its own, with a ticket that is really bound to the session of one of the
members, over all documents. What visits add to a page is beside what the viewlet does.

All servers run all the time and are measured in rounds, so that what else the machine
does hits all alike: each round has one run of each subject that a bar compares, every third
one also of the others and of the page, every other round in the opposite order. What is
compared is compared within a round. wrk, PostgreSQL and the servers share its cores. The two
processes are of one instance, with ZEO between them and the ZODB, which a beacon
through the filter does not ask for anything. PostgreSQL is a new server as it comes:
each commit waits for the disk. What Zope answers is in the access log, as in the demo;
what the filters answer is not.
"""

from benchmarks import rendering
from benchmarks import report
from benchmarks import visit_costs
from benchmarks import wrk
from benchmarks.batches import server as postgresql
from benchmarks.beacons import Beacons
from benchmarks.instances import copied
from benchmarks.instances import make_template
from benchmarks.instances import running
from benchmarks.instances import Server
from benchmarks.instances import shared
from benchmarks.instances import THREADS
from benchmarks.throughput import CALLBACK_VIEW
from benchmarks.throughput import EMPTY_VIEW
from benchmarks.throughput import measure
from benchmarks.throughput import NOTHING
from benchmarks.throughput import STRICT
from benchmarks.throughput import Subject
from benchmarks.throughput import VISITS
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sys


@dataclass(frozen=True)
class Extent:
    """How long each run is, how many rounds there are, how many connections each wrk has,
    and how often the page is rendered in a round that has it."""

    seconds: int
    rounds: int
    connections: int
    renderings: int
    members: int = 200
    documents: int = 50


#: Each round has what is compared; each so many'th has everything.
EVERYTHING = 3

SMALLEST = Extent(1, 1, 1, 1, members=2, documents=2)


def run(extent: Extent) -> dict[str, Any]:
    """Measure everything; return what is written."""
    load = wrk.Load(extent.seconds, connections=extent.connections)
    with TemporaryDirectory(prefix="clicktracker-bench-") as name, postgresql() as pg:
        folder = Path(name)
        _say("Making the site: members, documents")
        template = make_template(folder / "template", extent.members, extent.documents)
        with shared(template, folder / "two-processes") as instance:
            subjects = subjects_of(
                Server(instance, dsn := pg.create(empty=True)),
                Server(instance, dsn),
                Server(copied(template, folder / "sqlite")),
            )
            runs, pages = _measured(
                subjects,
                Beacons(template),
                load,
                extent,
                template,
                copied(template, folder / "visits"),
            )
        versions = report.versions(pg.version)
    through, page = report.medians(runs), report.median_of(pages)
    ratios = report.ratios(runs)
    return {
        "versions": versions | {"wrk": wrk.version()},
        "parameters": _parameters(extent, load),
        "throughput": through,
        "rendering": page,
        "ratios": ratios,
        "bars": report.bars(ratios, page),
        "runs": runs,
        "renderings": pages,
    }


def subjects_of(first: Server, second: Server, sqlite: Server) -> list[Subject]:
    """Return what is measured, of two servers of an instance with PostgreSQL and one with
    SQLite."""
    return [
        Subject(report.EMPTY_FILTER, (first,), NOTHING),
        Subject(report.FILTER, (first,)),
        Subject(report.VISITS, (first,), switched=VISITS),
        Subject(report.STRICT, (first,), switched=STRICT),
        Subject(report.FILTER_SQLITE, (sqlite,)),
        Subject(report.EMPTY_VIEW, (first,), EMPTY_VIEW),
        Subject(report.VIEW, (first,), CALLBACK_VIEW),
        Subject(report.TWO_PROCESSES, (first, second)),
    ]


def _measured(
    subjects: list[Subject],
    beacons: Beacons,
    load: wrk.Load,
    extent: Extent,
    template: Path,
    with_visits: Path,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the runs and the renderings, by turns."""
    servers = [server for subject in subjects for server in subject.servers]
    unique = list({id(server): server for server in servers}.values())
    runs, pages = [], []
    _say(f"Starting {len(unique)} servers")
    with running(unique):
        for number in range(extent.rounds):
            for subject in in_round(number, subjects):
                run = measure(subject, beacons, load, template / "var")
                runs.append(run | {"round": number})
                _say(_line(number, run))
            if has_everything(number):
                asked = extent.renderings, beacons.log_in, beacons.page
                page = rendering.measure(template, *asked)
                pages.append(page | visit_costs.measure(with_visits, *asked))
    return runs, pages


def in_round(number: int, subjects: list[Subject]) -> list[Subject]:
    """Return what is measured in a round, in this order."""
    measured = [
        subject
        for subject in subjects
        if has_everything(number) or subject.name in report.COMPARED
    ]
    # Whoever always came second would always find what the first one has left.
    return measured[::-1] if number % 2 else measured


def has_everything(number: int) -> bool:
    return number % EVERYTHING == 0


def _line(number: int, run: dict[str, Any]) -> str:
    stored = ""
    if "rows" in run:
        stored = f", {run['acknowledged']:,} answers, {run['rows']:,} rows"
    rate = run["requests_per_second"]
    return f"{number + 1}. {run['subject']:48}{rate:9,.0f} requests/s{stored}"


def _parameters(extent: Extent, load: wrk.Load) -> dict[str, Any]:
    return {
        "command": " ".join(["python -m benchmarks", *sys.argv[1:]]),
        "seconds of a run": extent.seconds,
        "rounds": extent.rounds,
        "wrk": " ".join(load.options),
        "waitress threads": THREADS,
        "members": extent.members,
        "documents": extent.documents,
        "messages per minute and reader": "no limit, as the members stand for many",
        "renderings of the page": extent.renderings,
    }


def _say(text: str) -> None:
    print(text, flush=True)
