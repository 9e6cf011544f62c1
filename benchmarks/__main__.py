"""One run on one machine: ``make bench``, or ``python -m benchmarks``.

Prints tables, and puts them into the README and the figures into
``benchmarks/results.json``. Needs wrk, and what the tests need for PostgreSQL. What is
measured, in parts that can be named on the command line; those that are not keep
their earlier figures:

- ``beacons``: requests a second through filters and views, and what the viewlet, presence
  and the server mode add to a page (``doors.py``);
- ``batches`` against 0.4's ``logclick`` (``batches.py``);
- ``questions`` to millions of readings, beside 0.4's (``questions.py``);
- ``statistics`` of visits, of which there are a million a month
  (``visit_statistics.py``);
- ``large``, only where it is named, or by ``--large``: each screen of a site as large as
  that of a ministry, which takes long (``large/``); its tables are not in the README.

No clock decides about the exit code; it is 1 when what was acknowledged is not stored,
or a part of the benchmark fails.
"""

from benchmarks import batches
from benchmarks import doors
from benchmarks import questions
from benchmarks import report
from benchmarks import visit_statistics
from benchmarks import wrk
from benchmarks.large import run as large
from benchmarks.large import table as large_table
from benchmarks.throughput import NotStored
from collections.abc import Callable
from datetime import datetime
from datetime import timezone
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

import argparse
import json
import signal
import sys


ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results.json"
README = ROOT / "README.md"

_PARTS = ("beacons", "batches", "questions", "statistics", "large")

#: What is measured where no part is named.
_USUAL = _PARTS[:-1]


def main() -> None:
    """Do what the command line says."""
    options = _options()
    # As Ctrl-C: servers end first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    try:
        for part, measured in _measures(options).items():
            figures = {part: measured() | {"measured": _now()}}
            print("\n".join(_tables(figures)), flush=True)
            if not options.smallest:
                _publish(figures)
    except (NotStored, RuntimeError, SubprocessError) as error:
        sys.exit(f"The benchmark has failed, and its servers are stopped: {error}")
    except KeyboardInterrupt:
        sys.exit("Stopped.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="See the docstring")
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(_PARTS)}")
    parser.add_argument("--seconds", type=int, default=10, help="of each run")
    parser.add_argument("--rounds", type=int, default=7, help="of beacons")
    parser.add_argument("--connections", type=int, default=4, help="of each wrk")
    parser.add_argument("--renderings", type=int, default=100, help="of the page")
    parser.add_argument(
        "--large", action="store_true", help="the part large, and those that are named"
    )
    parser.add_argument(
        "--tenth", action="store_true", help="of the large site, not all of it"
    )
    parser.add_argument(
        "--smallest",
        action="store_true",
        help="each part once, to see that it works; nothing is written",
    )
    options = parser.parse_args()
    if options.large or options.tenth:
        options.parts = [*options.parts, "large"]
    options.parts = options.parts or _USUAL
    if unknown := set(options.parts) - set(_PARTS):
        parser.error(f"there is no part {', '.join(unknown)}")
    if "beacons" in options.parts:
        wrk.require()
    return options


def _measures(options: argparse.Namespace) -> dict[str, Callable[[], dict[str, Any]]]:
    """Return what measures the parts that are asked for."""
    if options.smallest:
        extent, scale = doors.SMALLEST, batches.SMALLEST
        sizes = questions.SMALLEST, questions.SMALLEST
        month, screens = visit_statistics.SMALLEST, large.SMALLEST_EXTENT
    else:
        extent = doors.Extent(
            options.seconds, options.rounds, options.connections, options.renderings
        )
        scale, sizes = batches.Scale(), (questions.LARGE, questions.YEAR)
        month = visit_statistics.MILLION
        screens = large.AT_A_TENTH if options.tenth else large.Extent()
    measures = {
        "beacons": lambda: doors.run(extent),
        "batches": lambda: batches.run(scale),
        "questions": lambda: questions.run(*sizes),
        "statistics": lambda: visit_statistics.run(month),
        "large": lambda: large.run(screens),
    }
    return {part: measures[part] for part in options.parts}


def _tables(figures: dict[str, Any]) -> list[str]:
    """Return the lines of the tables of a part."""
    if "large" in figures:
        return large_table.markdown(figures["large"])
    return report.markdown(figures)


def _publish(figures: dict[str, Any]) -> None:
    """Put figures in the place of earlier ones."""
    results = json.loads(RESULTS.read_text()) | figures
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    README.write_text(report.put_into(README.read_text(), results))


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


if __name__ == "__main__":
    main()
