"""Which readings are removed after some time: one rule for all storages."""

from collections.abc import Iterable
from datetime import datetime
from slc.clicktracker.storage.levels import LEVEL_RULES
from slc.clicktracker.storage.model import microseconds
from typing import Protocol


#: What is kept for a time of its own: readings that got no further than *opened*, among
#: them pages that were only served, ...
OPENED = "opened"

#: ... and those that are *engaged* or further, downloaded, acknowledged or attested.
ENGAGED = "engaged"

#: Both of them.
KINDS_OF_READINGS = (OPENED, ENGAGED)

_ENGAGED = [rule.name for rule in LEVEL_RULES].index(ENGAGED)


class TextState(Protocol):
    """How far a reader got with a text of a document: ``level`` is the number of the level,
    -1 for none; the times are in microseconds since 1970, None where nothing is known."""

    level: int
    downloaded: int
    newest: int | None
    last: int | None
    acknowledged: int | None
    attested: int | None


def is_of(kind: str, before: datetime, texts: Iterable[TextState]) -> bool:
    """Are the readings of one reader and one document of a kind, and last of a time before
    that one?

    What was read further with any text counts for all of them: they are kept and removed
    together. A page that was served, and not opened, counts as well.
    """
    texts = list(texts)
    is_far = any(
        text.level >= _ENGAGED or text.downloaded or _declared(text) for text in texts
    )
    if is_far is not (kind == ENGAGED):
        return False
    times = [time for text in texts for time in _times(text)]
    return all(time is None or int(time) < microseconds(before) for time in times)


def _declared(text: TextState) -> bool:
    return text.acknowledged is not None or text.attested is not None


def _times(text: TextState) -> tuple[int | None, ...]:
    return text.newest, text.last, text.acknowledged, text.attested
