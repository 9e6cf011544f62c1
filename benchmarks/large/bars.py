"""What was to be reached, and which screens miss it."""

from benchmarks.large.population import Population
from benchmarks.large.screens import Screen
from benchmarks.large.screens import screens_of
from benchmarks.large.size import SMALLEST
from collections.abc import Iterator
from typing import Any


#: Milliseconds in the server, of which in the database, and in a new process.
WALL, DATABASE, COLD = 300, 150, 1000

#: Milliseconds until a file begins, and lines of CSV a second.
FIRST, LINES = 500, 40_000

_FULL, _TENTH = "PostgreSQL, 1", "PostgreSQL, 0.1"


def bars(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """Return what is missed, in words, by database and size, and by screen."""
    screens = {each.name: each for each in screens_of(Population(SMALLEST))}
    return {
        where: {
            name: missed
            for name, figures in asked["screens"].items()
            if (
                missed := [
                    *_missed(screens[name], figures, _before(found, where)),
                    *_otherwise(found, where, name),
                ]
            )
        }
        | {
            name: ["too long"]
            for name, figures in asked.get("together", {}).items()
            if figures["then"] > figures["most"]
        }
        for where, asked in found.items()
    }


def growth(figures: dict[str, float], before: dict[str, float]) -> float:
    """Return how many times longer a screen takes."""
    return figures["wall"] / before["wall"]


def lines_a_second(figures: dict[str, float]) -> float:
    return figures["lines"] / figures["wall"] * 1000


def _before(found: dict[str, Any], where: str) -> dict[str, dict[str, float]]:
    """Return the figures of a tenth, where there are both."""
    if where != _FULL or _TENTH not in found:
        return {}
    return found[_TENTH]["screens"]


def _otherwise(found: dict[str, Any], where: str, name: str) -> Iterator[str]:
    """Does a screen say something else than on another database, of the same size?"""
    share = where.partition(", ")[2]
    said = {
        asked["screens"][name].get("checksum")
        for place, asked in found.items()
        if place.partition(", ")[2] == share
    }
    if len(said) > 1:
        yield "not the same on all databases"


def _missed(
    screen: Screen, figures: dict[str, float], before: dict[str, dict[str, float]]
) -> Iterator[str]:
    if not screen.growth:
        return
    if screen.is_file:
        if figures["first"] > FIRST:
            yield "first byte"
        if screen.path.endswith(".csv") and lines_a_second(figures) < LINES:
            yield "rows a second"
        return
    if figures["wall"] > WALL:
        yield "server"
    if figures["waiting"] > DATABASE:
        yield "database"
    if figures.get("cold", 0) > COLD:
        yield "cold"
    if screen.name in before and growth(figures, before[screen.name]) > screen.growth:
        yield "growth"
