"""The figures as tables."""

from benchmarks.large.bars import growth
from benchmarks.large.bars import lines_a_second
from benchmarks.report import table
from typing import Any


_HEAD = (
    *("screen", "server, ms", "of it waiting for the database, ms"),
    *("processor, ms: Python", "database", "statements"),
    *("cold, ms", "growth", "missed"),
)


_TOGETHER = (
    "at the same time, or first",
    "alone, ms",
    "then, ms",
    "at most, ms",
    "missed",
)


def markdown(found: dict[str, Any]) -> list[str]:
    """Return the lines of a table for each database and size."""
    lines = []
    asked = found["asked"]
    for where, its in asked.items():
        database, _comma, share = where.partition(", ")
        before = asked.get(f"{database}, 0.1", {}) if share == "1" else {}
        missed = found["bars"].get(where, {})
        rows = [
            _row(name, figures, before.get("screens", {}), missed.get(name, []))
            for name, figures in its["screens"].items()
        ]
        memory = its["memory"]
        together = [
            _together(name, figures, missed.get(name, []))
            for name, figures in its.get("together", {}).items()
        ]
        lines += [
            f"{database}, a share of {share} of the whole site "
            f"({found['measured'].partition('T')[0]})",
            "",
            *table(_HEAD, rows),
            "",
            *table(_TOGETHER, together),
            "",
            f"Memory of the server: {memory['before']:.0f} MB before, "
            f"{memory['after']:.0f} MB after all screens, {memory['most']:.0f} MB at most.",
            "",
        ]
    return lines


def _together(
    name: str, figures: dict[str, float], missed: list[str]
) -> tuple[str, ...]:
    spent = (f"{figures[each]:,.0f}" for each in ("alone", "then", "most"))
    return name, *spent, ", ".join(missed)


def _row(
    name: str,
    figures: dict[str, float],
    before: dict[str, dict[str, float]],
    missed: list[str],
) -> tuple[str, ...]:
    shown = name
    if figures["lines"]:
        first, rate = figures["first"], lines_a_second(figures)
        shown = f"{name} (first byte {first:,.0f} ms, {rate:,.0f} rows/s)"
    cold = f"{figures['cold']:,.0f}" if "cold" in figures else ""
    grown = f"{growth(figures, before[name]):.1f} ×" if name in before else ""
    spent = (f"{figures[each]:,.0f}" for each in ("wall", "waiting", "cpu", "server"))
    return (
        *(shown, *spent, f"{figures['statements']:.0f}"),
        *(cold, grown, ", ".join(missed)),
    )
