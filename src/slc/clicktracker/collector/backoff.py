"""Leaving alone what has failed, for longer each time."""

from collections.abc import Callable
from random import Random


#: Seconds after the first failure, and at most.
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 15.0

#: Many processes of many hosts must not come back at the same moment.
_JITTER = 0.5

_random = Random()  # noqa: S311 (no secret)


class BackOff:
    """When each of many things may be tried again. ``clock`` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._pauses: dict[str, tuple[int, float]] = {}

    def is_due(self, what: str) -> bool:
        """May it be tried now?"""
        _, due = self._pauses.get(what, (0, float("-inf")))
        return self._clock() >= due

    def failed(self, what: str) -> None:
        """Leave it alone, twice as long as the last time."""
        failures, _ = self._pauses.get(what, (0, 0))
        pause = min(FIRST_PAUSE * 2 ** min(failures, 10), LONGEST_PAUSE)
        pause *= 1 - _JITTER * _random.random()
        self._pauses[what] = failures + 1, self._clock() + pause

    def worked(self, what: str) -> None:
        """It works again."""
        self._pauses.pop(what, None)

    def forget(self) -> None:
        """Everything may be tried now."""
        self._pauses.clear()

    def next_attempt(self) -> float:
        """Return in how many seconds it is worth trying the first of them again;
        infinity where nothing has failed.

        Never at once: what is due may have gone, and would be due for ever.
        """
        dues = [due for _, due in list(self._pauses.values())]
        return max(min(dues) - self._clock(), FIRST_PAUSE) if dues else float("inf")
