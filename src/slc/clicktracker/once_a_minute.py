"""Saying the same thing in the log once a minute, not each time that it happens."""

from collections.abc import Callable
from threading import Lock

import time


_SECONDS = 60


class OnceAMinute:
    """Which of many things have been said lately. ``clock`` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._said: dict[str, float] = {}
        self._lock = Lock()

    def is_due(self, what: str) -> bool:
        """Is it to be said now? Then it counts as said."""
        with self._lock:
            now = self._clock()
            due = now - self._said.get(what, float("-inf")) >= _SECONDS
            if due:
                self._said[what] = now
            return due

    def forget(self, what: str) -> bool:
        """Let it be said again at once. Was it said before?"""
        with self._lock:
            return self._said.pop(what, None) is not None
