"""One run on one machine: ``make bench``, or ``python -m benchmarks``.

Prints a table and writes ``benchmarks/results.json``. Needs wrk, and what the tests
need for PostgreSQL. What is measured:

- requests a second and latency through (a) a filter that does nothing but answer
  204, (b) our filter, (b') that with the setting "Wait for the disk", (c) an empty
  view of Zope for a member who is logged in, (d) our view without the filter. Each
  beacon is a view of its own, with a ticket that is really bound to the session of
  one of 200 members, over 50 documents. (c) is asked of the server of (b);
- (b) with one server process and with two of one instance, with ZEO between them
  and the ZODB. Each process has a wrk of its own, both at the same time;
- what the viewlet adds to a page;
- batches against 0.4's ``logclick``: ``batches.py``;
- questions to millions of readings, beside 0.4's: ``questions.py``. These alone with
  ``--only-questions``, which leaves the other figures in the file as they are.

All servers run all the time, each with an instance and a database of its own, and are
measured by turns, so that what else the machine does hits all alike. wrk,
PostgreSQL and the servers share its cores. PostgreSQL is a new server as it
comes: each commit waits for the disk. What Zope answers is in the access log, as
in the demo; what the filters answer is not. waitress closes a connection after a 204,
of whomever. No clock decides about the exit code; it is 1 when what was
acknowledged is not stored.
"""

from benchmarks import questions
from benchmarks import rendering
from benchmarks import report
from benchmarks import wrk
from benchmarks.batches import run as run_batches
from benchmarks.batches import server as postgresql
from benchmarks.beacons import Beacons
from benchmarks.instances import copied
from benchmarks.instances import EMPTY_FILTER
from benchmarks.instances import make_template
from benchmarks.instances import NO_FILTER
from benchmarks.instances import running
from benchmarks.instances import Server
from benchmarks.instances import shared
from benchmarks.instances import THREADS
from benchmarks.throughput import EMPTY_VIEW
from benchmarks.throughput import measure
from benchmarks.throughput import NotStored
from benchmarks.throughput import Subject
from collections.abc import Callable
from datetime import datetime
from datetime import timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import argparse
import json
import sys


RESULTS = Path(__file__).with_name("results.json")


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="make bench", description="See the docstring")
    parser.add_argument("--seconds", type=int, default=10, help="of each run")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each subject")
    parser.add_argument("--connections", type=int, default=4, help="of each wrk")
    parser.add_argument("--renderings", type=int, default=300, help="of the page")
    parser.add_argument("--no-batches", action="store_true", help="leave those out")
    parser.add_argument("--no-questions", action="store_true", help="leave those out")
    parser.add_argument("--only-questions", action="store_true", help="nothing else")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    if options.only_questions:
        only_questions(options.results)
        return
    wrk.require()
    try:
        results = run(options)
    except NotStored as error:
        sys.exit(f"WRONG: {error}")
    print(report.table(results))
    options.results.write_text(json.dumps(results, indent=1) + "\n")


def only_questions(file: Path) -> None:
    """Ask the questions, print them, and put them in the place of earlier ones."""
    asked = _questions()
    print("\n".join(report.of_questions(asked)))
    results = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps(results | {"questions": asked}, indent=1) + "\n")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Measure everything; return what is written."""
    load = wrk.Load(options.seconds, connections=options.connections)
    with TemporaryDirectory(prefix="clicktracker-bench-") as name, postgresql() as pg:
        folder = Path(name)
        _say("Making the site: members, documents")
        template = make_template(folder / "template")
        beacons = Beacons(template)
        with shared(template, folder / "two-processes") as instance:
            subjects = _subjects(folder, template, instance, _database(pg))
            runs, pages = _measured(subjects, beacons, load, options, template)
        found = report.versions(pg.version)
    recorded = None if options.no_batches else _batches()
    asked = None if options.no_questions else _questions()
    through, page = report.medians(runs), report.median_of(pages)
    ratios = report.ratios(through, recorded)
    return {
        "measured": _now(),
        "versions": found | {"wrk": wrk.version()},
        "parameters": _parameters(options, load, beacons),
        "throughput": through,
        "rendering": page,
        "batches": recorded,
        "questions": asked,
        "ratios": ratios,
        "bars": report.bars(ratios, page["viewlet_ms"]),
        "runs": runs,
        "renderings": pages,
    }


def _batches() -> dict[str, dict[str, float]]:
    _say("Batches against logclick, which takes some minutes")
    return run_batches()


def _questions() -> dict[str, Any]:
    _say("Questions to millions of readings, which takes some minutes")
    return questions.run() | {"measured": _now()}


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def _database(databases: Any) -> Callable[[], str]:
    return lambda: databases.create(empty=True)


def _subjects(
    folder: Path, template: Path, two: Path, database: Callable[[], str]
) -> list[Subject]:
    """Make an instance for each, without starting it."""
    _say("Making the instances")
    nothing = Server(copied(template, folder / "nothing", EMPTY_FILTER))
    ours = Server(copied(template, folder / "postgresql"), database())
    strict = Server(copied(template, folder / "strict", strict=True), database())
    sqlite = Server(copied(template, folder / "sqlite"))
    view = Server(copied(template, folder / "view", NO_FILTER), database())
    dsn = database()
    pair = Server(two, dsn), Server(two, dsn)
    return [
        Subject(report.EMPTY_FILTER, (nothing,), stores=False),
        Subject(report.FILTER, (ours,)),
        Subject(report.STRICT, (strict,)),
        Subject(report.FILTER_SQLITE, (sqlite,)),
        Subject(report.EMPTY_VIEW, (ours,), EMPTY_VIEW, stores=False),
        Subject(report.VIEW, (view,)),
        Subject(report.ONE_PROCESS, pair[:1]),
        Subject(report.TWO_PROCESSES, pair),
    ]


def _measured(
    subjects: list[Subject],
    beacons: Beacons,
    load: wrk.Load,
    options: argparse.Namespace,
    template: Path,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the runs and the renderings, one of each by turns."""
    servers = [server for subject in subjects for server in subject.servers]
    unique = list({id(server): server for server in servers}.values())
    runs, pages = [], []
    _say(f"Starting {len(unique)} servers")
    with running(unique):
        for number in range(options.repeat):
            for subject in subjects:
                run = measure(subject, beacons, load, template / "var")
                runs.append(run)
                _say(_line(number, run))
            page = rendering.measure(
                template, options.renderings, beacons.log_in, beacons.page
            )
            pages.append(page)
    return runs, pages


def _line(number: int, run: dict[str, Any]) -> str:
    stored = ""
    if "rows" in run:
        stored = f", {run['acknowledged']:,} answers, {run['rows']:,} rows"
    rate = run["requests_per_second"]
    return f"{number + 1}. {run['subject']:38}{rate:9,.0f} requests/s{stored}"


def _parameters(
    options: argparse.Namespace, load: wrk.Load, beacons: Beacons
) -> dict[str, Any]:
    return {
        "command": " ".join(["python -m benchmarks", *sys.argv[1:]]),
        "seconds of a run": options.seconds,
        "runs of each": options.repeat,
        "wrk": " ".join(load.options),
        "waitress threads": THREADS,
        "members": beacons.members,
        "documents": beacons.documents,
        "messages per minute and reader": "no limit, as the members stand for many",
        "renderings of the page": options.renderings,
    }


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
