"""Figures, ratios and bars: as a table, and as it is kept."""

from importlib.metadata import version
from statistics import median
from typing import Any

import os
import platform
import sqlite3


EMPTY_FILTER = "a  filter that only answers 204"
FILTER = "b  our filter, PostgreSQL"
STRICT = "b' our filter, PostgreSQL, strict"
FILTER_SQLITE = "b  our filter, SQLite"
EMPTY_VIEW = "c  empty view of Zope, member"
VIEW = "d  our view, without the filter"
ONE_PROCESS = "b  our filter, one process with ZEO"
TWO_PROCESSES = "b  our filter, two processes"

_FIGURES = (
    "requests_per_second",
    "p50_ms",
    "p99_ms",
    "cpu_us",
    "load_before",
    "spooled_at_the_end",
    "seconds_until_stored",
)

_LOGCLICK = "logclick, 1 connection(s)"


def medians(runs: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Return the medians of each subject's runs."""
    subjects: dict[str, list[dict[str, Any]]] = {}
    for run in runs:
        subjects.setdefault(run["subject"], []).append(run)
    return {
        name: {
            figure: median(run[figure] for run in of)
            for figure in _FIGURES
            if figure in of[0]
        }
        for name, of in subjects.items()
    }


def median_of(dicts: list[dict[str, float]]) -> dict[str, float]:
    """Return the medians of figures with the same names."""
    return {name: median(one[name] for one in dicts) for name in dicts[0]}


def ratios(
    through: dict[str, dict[str, float]], recorded: dict[str, dict[str, float]] | None
) -> dict[str, float]:
    """Return how many times faster one is than another."""
    rate = {name: figures["requests_per_second"] for name, figures in through.items()}
    cpu = {name: figures["cpu_us"] for name, figures in through.items()}
    found = {
        "b / a": rate[FILTER] / rate[EMPTY_FILTER],
        "b / c": rate[FILTER] / rate[EMPTY_VIEW],
        "b / d": rate[FILTER] / rate[VIEW],
        "b' / b": rate[STRICT] / rate[FILTER],
        "CPU c / CPU b": cpu[EMPTY_VIEW] / cpu[FILTER],
        "CPU a / CPU b": cpu[EMPTY_FILTER] / cpu[FILTER],
        "two processes / one": rate[TWO_PROCESSES] / rate[ONE_PROCESS],
    }
    if recorded:
        found["batches / logclick"] = min(
            figures["rate"] / recorded[_LOGCLICK]["rate"]
            for name, figures in recorded.items()
            if name.startswith("PostgreSQL") and name.endswith(", 1 connection(s)")
        )
    return found


def bars(ratio: dict[str, float], viewlet_ms: float) -> list[dict[str, Any]]:
    """Return what was to be reached, and whether it was."""
    found = [
        bar_of("our filter ≥ 5 × an empty view (b / c)", ratio["b / c"], 5),
        bar_of("our filter ≥ 0.6 × an empty filter (b / a)", ratio["b / a"], 0.6),
        bar_of("the viewlet ≤ 0.5 ms", viewlet_ms, 0.5, at_most=True),
    ]
    if "batches / logclick" in ratio:
        bar = "batches ≥ 10 × logclick, 1 connection"
        found.append(bar_of(bar, ratio["batches / logclick"], 10))
    return found


def bar_of(name: str, value: float, limit: float, at_most: bool = False) -> dict:
    """Return what was to be reached, and by how much it was missed."""
    short = value - limit if at_most else limit - value
    return {"bar": name, "value": value, "limit": limit, "missed_by": max(short, 0)}


def versions(postgresql: int) -> dict[str, str | int]:
    """Return what it was measured with."""
    return {
        "Python": platform.python_version(),
        **{name: version(name) for name in ("Plone", "Zope", "waitress", "ZEO")},
        "PostgreSQL": f"{postgresql // 10000}.{postgresql % 10000}",
        "SQLite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count() or 0,
    }


def table(results: dict[str, Any]) -> str:
    """Return everything as text."""
    head = f"{'':38}{'requests/s':>11}{'p50 ms':>9}{'p99 ms':>9}"
    lines = ["", f"{head}{'CPU µs¹':>9}{'waiting²':>10}{'load³':>7}"]
    for name, of in results["throughput"].items():
        waiting = of.get("spooled_at_the_end")
        lines.append(
            f"{name:38}{of['requests_per_second']:11,.0f}{of['p50_ms']:9.2f}"
            f"{of['p99_ms']:9.2f}{of['cpu_us']:9,.0f}"
            f"{'' if waiting is None else format(waiting, ',.0f'):>10}"
            f"{of['load_before']:7.1f}"
        )
    lines += [
        "¹ of the server, for a request; the writer's is in it as far as it kept up",
        "² reads in the spool when the requests end, as last published; all were stored",
        "  afterwards: rows = answers 204, and up to one more for each connection",
        "³ average of the machine before the run, with what else runs on it",
        "",
        *_rendering(results["rendering"]),
        *_batches(results["batches"]),
        *of_questions(results["questions"]),
        "",
        *(f"{name:38}{value:11.2f}" for name, value in results["ratios"].items()),
        "",
        *map(_verdict, results["bars"]),
        "",
        *(f"{name}: {value}" for name, value in results["parameters"].items()),
        ", ".join(f"{name} {value}" for name, value in results["versions"].items()),
    ]
    return "\n".join(lines)


def _rendering(of: dict[str, float]) -> list[str]:
    return [
        f"{'':38}{'viewlet ms':>12}{'page ms':>10}{'with it':>10}{'adds %':>8}",
        *(
            f"{title:38}{of[f'viewlet_{name}']:12.3f}{of[f'page_without_{name}']:10.1f}"
            f"{of[f'page_with_{name}']:10.1f}{of[f'percent_{name}']:8.2f}"
            for title, name in (
                ("Page of tracked content", "ms"),
                ("  time of a core", "cpu_ms"),
            )
        ),
    ]


def _batches(recorded: dict[str, dict[str, float]] | None) -> list[str]:
    if not recorded:
        return []
    lines = ["", f"{'':48}{'accesses/s':>11}{'× logclick':>12}"]
    for name, of in recorded.items():
        times = of["rate"] / recorded[_LOGCLICK]["rate"]
        lines.append(f"{name:48}{of['rate']:11,.0f}{times:12.1f}")
    return lines


def of_questions(asked: dict[str, Any] | None) -> list[str]:
    """Return the figures of ``questions.py`` and their bars as lines of text."""
    if not asked:
        return []
    lines = ["", f"{'Milliseconds in the database':52}{'now':>10}{'0.4':>10}"]
    for where, of in asked["databases"].items():
        lines.append(
            f"{where}: {of['readings']:,} readings, made in {of['made']:.0f} s"
        )
        for name, spent in of["now"].items():
            former = of["0.4"].get(name)
            beside = "" if former is None else f"{former:10,.1f}"
            lines.append(f"  {name:50}{spent:10,.1f}{beside}")
    return [*lines, *map(_verdict, asked["bars"])]


def _verdict(bar: dict[str, Any]) -> str:
    missed = bar["missed_by"]
    verdict = f"missed by {missed:.2f}" if missed else "met"
    return f"{bar['bar']:46}{bar['value']:8.2f}  {verdict}"
