"""The middle of each country, for where nothing else is known of an address."""

from functools import cache
from pathlib import Path

import json


#: Made by ``make static`` from the outlines that the map has, too.
_FILE = Path(__file__).parent / "countries.json"


def middle_of(country: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a place well within the largest part of a country,
    by its code of two letters; None for what the outlines don't have."""
    found = _middles().get(country)
    return None if found is None else (found[0], found[1])


@cache
def _middles() -> dict[str, list[float]]:
    return json.loads(_FILE.read_text())["middles"]
