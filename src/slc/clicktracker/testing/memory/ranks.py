"""Which text of a document is newer."""

from collections.abc import Callable
from collections.abc import Iterable
from datetime import datetime
from slc.clicktracker.testing.memory.tables import KnownReading
from slc.clicktracker.testing.memory.tables import State
from typing import NamedTuple


class Rank(NamedTuple):
    """The place of a text among those of its document, the current ones first and then
    the newest, and how many are newer, of those that aren't current: 0 where it is
    current itself, or no one asks."""

    place: int
    behind: int


def ranks(
    about: Iterable[tuple[State, KnownReading]],
    is_current: Callable[[State], bool] | None,
) -> dict[tuple, Rank]:
    """Return the rank of each text of these readings, by ``VersionKey.text``.

    ``is_current`` says it of the text of a state, None where no one asks.
    """
    newest: dict[tuple, datetime] = {}
    names: dict[tuple, str] = {}
    current: set[tuple] = set()
    for state, reading in about:
        text = state.version.text
        newest[text] = max(reading.newest, newest.get(text, reading.newest))
        names[text] = state.version.name
        if is_current and is_current(state):
            current.add(text)
    found = {}
    for document in {text[:2] for text in newest}:
        texts = [text for text in newest if text[:2] == document]
        texts.sort(key=lambda text: (newest[text], names[text]), reverse=True)
        texts.sort(key=lambda text: text not in current)
        counting = len(current.intersection(texts)) if is_current else len(texts)
        for place, text in enumerate(texts, 1):
            found[text] = Rank(place, max(place - counting, 0))
    return found
