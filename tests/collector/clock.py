"""A clock that a test sets."""

import pytest


class Clock:
    """Counts seconds from an arbitrary moment."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()
