"""Figures, ratios and bars: as they are kept, and as tables for the README."""

from collections import Counter
from importlib.metadata import version
from statistics import median
from typing import Any

import os
import platform
import sqlite3


EMPTY_FILTER = "(a) a filter that does nothing but answer"
FILTER = "(b) our filter, PostgreSQL"
STRICT = "(b') the same, each answer waits for the disk"
FILTER_SQLITE = "(b) our filter, SQLite"
EMPTY_VIEW = "(c) an empty view of Zope for a member"
VIEW = "(d) our view through Zope, past the filter"
TWO_PROCESSES = "(b) with two processes"
VISITS = "(e) our filter, a page view of a visit"

#: What the bars compare.
COMPARED = (EMPTY_FILTER, FILTER, EMPTY_VIEW, VISITS)

LOGCLICK = "0.4's logclick, 1 connection"

#: Between these lines of the README are the tables.
_BEGIN = "<!-- Made by make bench: -->\n"
_END = "<!-- until here -->\n"

_FIGURES = (
    "requests_per_second",
    "p50_ms",
    "p99_ms",
    "cpu_us",
    "load_before",
    "spooled_at_the_end",
    "seconds_until_stored",
)


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


def ratios(runs: list[dict[str, Any]]) -> dict[str, float]:
    """Return how many times faster one is than another: the median over the rounds in which
    both were measured, as a machine is not as fast in each of them."""
    rounds: dict[int, dict[str, dict[str, Any]]] = {}
    for run in runs:
        rounds.setdefault(run["round"], {})[run["subject"]] = run

    def of(figure: str, one: str, other: str) -> float:
        return median(
            found[one][figure] / found[other][figure]
            for found in rounds.values()
            if {one, other} <= found.keys()
        )

    rate, cpu = "requests_per_second", "cpu_us"
    return {
        "b / a": of(rate, FILTER, EMPTY_FILTER),
        "b / c": of(rate, FILTER, EMPTY_VIEW),
        "b / d": of(rate, FILTER, VIEW),
        "b' / b": of(rate, STRICT, FILTER),
        "CPU c / CPU b": of(cpu, EMPTY_VIEW, FILTER),
        "CPU a / CPU b": of(cpu, EMPTY_FILTER, FILTER),
        "two processes / one": of(rate, TWO_PROCESSES, FILTER),
        "e / b": of(rate, VISITS, FILTER),
    }


def bars(ratio: dict[str, float], page: dict[str, float]) -> list[dict[str, Any]]:
    """Return what was to be reached, and whether it was; ``page`` is what a page takes."""
    added = (
        ("what the viewlet adds to a page, ms", "viewlet_ms", 0.5),
        ("what presence adds to a page, ms", "presence_ms", 1),
        ("what the server mode adds to a request, ms", "server_mode_ms", 0.1),
    )
    return [
        bar_of("our filter / an empty view of Zope (b/c)", ratio["b / c"], 5),
        bar_of("our filter / a filter that does nothing (b/a)", ratio["b / a"], 0.6),
        bar_of("a page view / a reading through our filter (e/b)", ratio["e / b"], 0.9),
        *(bar_of(name, page[of], limit, at_most=True) for name, of, limit in added),
    ]


def bar_of(name: str, value: float, limit: float, at_most: bool = False) -> dict:
    """Return what was to be reached, and by how much it was missed."""
    short = value - limit if at_most else limit - value
    return {
        "bar": name,
        "value": value,
        "limit": limit,
        "at_most": at_most,
        "missed_by": max(short, 0),
    }


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


def put_into(readme: str, results: dict[str, Any]) -> str:
    """Return the text of the README with the tables of these results."""
    before, _, rest = readme.partition(_BEGIN)
    after = rest.partition(_END)[2]
    text = "\n".join(markdown(results))
    return f"{before}{_BEGIN}\n{text}\n{_END}{after}"


def markdown(results: dict[str, Any]) -> list[str]:
    """Return the lines of tables for all parts that there are."""
    tables = {
        "beacons": _beacons,
        "batches": _batches,
        "questions": _questions,
        "statistics": _statistics,
    }
    return [
        line
        for part, lines in tables.items()
        if part in results
        for line in lines(results[part])
    ]


def _beacons(found: dict[str, Any]) -> list[str]:
    page, given = found["rendering"], found["parameters"]
    rows = [
        (
            name,
            f"{of['requests_per_second']:,.0f}",
            f"{of['p50_ms']:.1f}",
            f"{of['p99_ms']:.1f}",
            f"{of['cpu_us']:,.0f}",
        )
        for name, of in found["throughput"].items()
    ]
    load = [of["load_before"] for of in found["throughput"].values()]
    head = ("beacons", "requests/s", "p50, ms", "p99, ms", "CPU of the server, µs")
    return [
        f"Median of {_runs(found)} runs of {given['seconds of a run']} seconds, "
        f"{_of(found)}, {found['versions']['cores']} cores that wrk, PostgreSQL and the "
        f"servers share; `{given['wrk']}`. The load of the machine was {min(load):.1f} to "
        f"{max(load):.1f} before a run: beyond 4 it had other things to do, too.",
        "",
        *table(head, rows),
        "",
        *_bars(found["bars"]),
        "",
        f"A page takes {page['page_without_ms']:.0f} ms without the viewlet, which adds "
        f"{page['percent_ms']:.1f} % to it. By the time of a core it is "
        f"{page['viewlet_cpu_ms']:.2f} ms{_of_visits(page)}.",
        "",
    ]


def _runs(found: dict[str, Any]) -> str:
    """Return how many there were of a subject."""
    counted = Counter(run["subject"] for run in found["runs"]).values()
    least, most = min(counted), max(counted)
    return f"{most}" if least == most else f"{least} or {most}"


def _of_visits(page: dict[str, float]) -> str:
    """Return the end of that sentence, empty for figures of before there were visits."""
    if "presence_cpu_ms" not in page:
        return ""
    return (
        f", that of presence {page['presence_cpu_ms']:.2f} ms, and that of the server "
        f"mode {page['server_mode_cpu_ms']:.3f} ms"
    )


def _batches(found: dict[str, Any]) -> list[str]:
    base = found["recorded"][LOGCLICK]["rate"]
    rows = [
        (name, f"{of['rate']:,.0f}", f"{of['rate'] / base:.1f}")
        for name, of in found["recorded"].items()
    ]
    head = (f"recording ({_of(found)})", "accesses/s", "× logclick")
    return [*table(head, rows), "", *_bars(found["bars"]), ""]


def _questions(found: dict[str, Any]) -> list[str]:
    rows = []
    for where, of in found["databases"].items():
        for name, spent in of["now"].items():
            former = of["0.4"].get(name)
            beside = "" if former is None else f"{former:,.0f}"
            rows.append((where, name.strip(), f"{spent:,.1f}", beside))
    head = ("readings in", f"question ({_of(found)})", "is, ms", "0.4, ms")
    return [*table(head, rows), "", *_bars(found["bars"]), ""]


def _statistics(found: dict[str, Any]) -> list[str]:
    databases = found["databases"]
    rows = [
        (name, *(f"{spent[name]:,.1f}" for spent in databases.values()))
        for name in next(iter(databases.values()))
    ]
    question = f"a million visits a month ({_of(found)})"
    head = (question, *(f"{name}, ms" for name in databases))
    return [*table(head, rows), "", *_bars(found["bars"]), ""]


def _of(found: dict[str, Any]) -> str:
    return found["measured"].partition("T")[0]


def _bars(found: list[dict[str, Any]]) -> list[str]:
    rows = [
        (
            bar["bar"],
            f"{bar['value']:.2f}",
            f"{'≤' if bar['at_most'] else '≥'} {bar['limit']}",
            f"missed by {bar['missed_by']:.2f}" if bar["missed_by"] else "met",
        )
        for bar in found
    ]
    return table(("bar", "is", "to reach", ""), rows)


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """Return a table whose columns are as wide as they have to be."""
    lines = [head, *rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    padded = [
        " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True))
        for line in lines
    ]
    dashes = "|".join("-" * (width + 2) for width in widths)
    first, *others = [f"| {line} |" for line in padded]
    return [first, f"|{dashes}|", *others]
