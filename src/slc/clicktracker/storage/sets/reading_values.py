"""``ReadingValues``: what one reading can be put in order by."""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from datetime import timezone
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.sets.text_state import TextState
from typing import NamedTuple


#: From then on as many microseconds until 1970.
YEAR_1 = -microseconds(datetime.min.replace(tzinfo=timezone.utc))


class ReadingValues(NamedTuple):
    """Values of one reading, as of a ``Reading``: times are in microseconds from the year
    1 on, ``engaged`` is by the name of each text that was read."""

    first: int
    last: int
    count: int
    url: str
    engaged: Mapping[str, int]


def values_of(
    states: Iterable[TextState], urls: Mapping[int, str]
) -> dict[int, ReadingValues]:
    """Return the values of readings by the place of the reader, of the states of all their
    texts, and the URLs by that place."""
    by_place: dict[int, list[TextState]] = {}
    for state in states:
        if state.is_read:
            by_place.setdefault(state.place, []).append(state)
    return {
        place: ReadingValues(
            YEAR_1 + min(_times(its, "first")),
            YEAR_1 + max(_times(its, "last")),
            sum(state.count for state in its),
            urls.get(place, ""),
            {state.text: state.engaged for state in its},
        )
        for place, its in by_place.items()
    }


def _times(states: Iterable[TextState], name: str) -> list[int]:
    """Return the times of one name. Where nothing was opened or downloaded, it is when it
    was acknowledged or attested."""
    times = [getattr(state, name) for state in states]
    known = [at for at in times if at is not None]
    return known or [at for state in states for at in state.declared]
