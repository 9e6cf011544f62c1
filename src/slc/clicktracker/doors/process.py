"""The collector of this process."""

from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.sites.storage import recorder_of
from slc.clicktracker.sites.storage import spool_folder
from threading import Lock

import atexit
import os


_current: Collector | None = None
_lock = Lock()

#: Those of parent processes. A connection to SQLite that was inherited must not be
#: closed, which is what garbage collection would do.
_inherited: list[Collector] = []


def collector() -> Collector:
    """Return the collector of this process, which is started with the first call.

    Not before: a server may fork, and threads don't come along.
    """
    found = _current
    if found is not None and found.pid == os.getpid():
        return found
    return _started()


def running() -> Collector | None:
    """Return that collector if there is one already: the filter has it started."""
    found = _current
    return found if found is not None and found.pid == os.getpid() else None


def end() -> None:
    """Stop it at the end of the process; what comes later is refused."""
    if _current is not None:
        _current.stop()


def _leave_to_parent() -> None:
    """Let go of what belongs to the process that this one was forked from."""
    global _current
    if _current is not None:
        _current.spools.abandon()
        _inherited.append(_current)
        _current = None


def _after_fork() -> None:
    """Not every server calls this, see ``collector``; but a child that never asks
    for a collector must not hold the lock on its parent's spool."""
    global _lock
    _lock = Lock()
    _leave_to_parent()


os.register_at_fork(after_in_child=_after_fork)
atexit.register(end)


def _started() -> Collector:
    global _current
    with _lock:
        found = _current
        if found is not None and found.pid == os.getpid():
            return found
        _leave_to_parent()
        fresh = Collector(spool_folder(), recorder_of)
        fresh.start()
        _current = fresh
        return fresh
