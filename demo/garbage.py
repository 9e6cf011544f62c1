"""How often Python looks for garbage in a server, see docs/operating.md."""

import gc


def look_for_garbage_less_often() -> None:
    """What Zope loads stays: to look through half a million objects of a large site takes
    half a second, and happens in the middle of somebody's request."""
    gc.set_threshold(50_000, 20, 50)
