"""Which objects of a database were changed between two states of it."""

from collections import deque
from collections.abc import Set
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary
from ZODB import DB


#: So many times is remembered what was changed.
_MOST = 100

#: Where more objects were changed at once, anything counts as changed. So many are
#: remembered of all times together, some 100 bytes each.
_MOST_OBJECTS = 100_000


class _Step(NamedTuple):
    """What was changed by transactions from ``start`` on, until ``end``; None for anything.

    Both are ids of transactions; the one that is the end is not in it."""

    start: bytes
    end: bytes
    changed: frozenset[bytes] | None


class _Changes:
    """What an instance of the storage was told, which is like those of connections, and
    was made to listen alone. It keeps an id of each object that is changed while nobody
    asks, as a connection does that nobody uses."""

    def __init__(self, database: DB) -> None:
        self._lock = Lock()
        self._storage = database._mvcc_storage.new_instance()
        self._storage.poll_invalidations()
        self._end: bytes = self._storage._start
        self._steps: deque[_Step] = deque(maxlen=_MOST)

    def between(self, start: bytes, end: bytes) -> Set[bytes] | None:
        with self._lock:
            if self._end < end:
                self._listen()
            steps = [step for step in self._steps if step.end > start]
            begin = steps[0].start if steps else self._end
            changed = [step.changed for step in steps]
            if begin > start or self._end < end or None in changed:
                return None
            # There may be some from after the end: these are found again, to be sure.
            return frozenset().union(*changed)

    def _listen(self) -> None:
        changed = self._storage.poll_invalidations()
        end = self._storage._start
        is_known = changed is not None and len(changed) <= _MOST_OBJECTS
        told = frozenset(changed) if is_known else None
        self._steps.append(_Step(self._end, end, told))
        self._end = end
        while sum(len(step.changed or ()) for step in self._steps) > _MOST_OBJECTS:
            self._steps.popleft()


_lock = Lock()
_by_database: WeakKeyDictionary[DB, _Changes] = WeakKeyDictionary()


def changed_between(database: DB, start: bytes, end: bytes) -> Set[bytes] | None:
    """Return the ids of all objects of a database that transactions from ``start`` until
    ``end`` have changed, which is not in it; perhaps of some more. None where that isn't
    known: nobody has listened yet, it is too long ago, or the storage doesn't know."""
    return listen_to_changes(database).between(start, end)


def listen_to_changes(database: DB) -> _Changes:
    """Have told from now on what is changed in a database."""
    with _lock:
        changes = _by_database.get(database)
        if changes is None:
            changes = _by_database[database] = _Changes(database)
        return changes
