"""What stays known of a site as long as nothing in its database changes; and what outlives
a commit.

What was found in one state of the database is found again by all requests that see the very
same state, which ZODB tells by the transaction up to which a connection reads. A request that
has changed something itself, or has made a savepoint, sees a state of its own: it gets nothing,
and leaves nothing. Any commit makes another state, in which nothing is known but what is left
of ``Lasting``: what depends on few objects stays known if none of them is among those that were
changed since (``lasting.py``). Which were changed is what ZODB tells each connection, so that it
drops them from its cache; here an instance of the storage listens that is no connection's
(``changes.py``). So commits of other threads and processes, undone
transactions and packing count as they do for connections. Where the storage doesn't know, as
after a lost connection, or there are several databases, nothing is left. A request that began
before others that know more finds everything for itself.
"""

from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Set
from plone import api
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.tracking.changes import changed_between
from slc.clicktracker.tracking.changes import listen_to_changes
from threading import Lock
from typing import Any
from typing import Generic
from typing import TypeVar
from weakref import WeakKeyDictionary
from ZODB import DB
from ZODB.Connection import Connection


Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")

#: The state of all databases that a request sees: names, and the transaction from which on
#: it doesn't see what is written.
DatabaseState = tuple[tuple[str, bytes], ...]

#: Of each database as many sites, and for each as many subjects, ...
_MOST_SITES, _MOST_SUBJECTS = 8, 100

#: ... about which as much is remembered, of up to a few hundred bytes each.
_MOST = 50_000

_lock = Lock()
_by_database: WeakKeyDictionary[DB, Bounded[bytes, "_OfSite"]] = WeakKeyDictionary()


class Known(Generic[Key, Found]):
    """What is known about one subject: for this request, and for all others in this
    process that see the same state of the database.

    It must be found from that and the subject alone, so not from the time, another
    system or the request, and hold nothing that belongs to a connection.
    """

    def __init__(
        self,
        known: dict[Key, Found] | None = None,
        connection: Connection | None = None,
        state: DatabaseState | None = None,
    ) -> None:
        self._known = {} if known is None else known
        self._connection, self._state = connection, state
        self.get = self._known.get

    def keep(self, key: Key, found: Found) -> Found:
        """Remember what was just found, and return it."""
        # It may have been changed since, and that be given up.
        if len(self._known) < _MOST and self._is_of_state():
            self._known[key] = found
        return found

    def _is_of_state(self) -> bool:
        if self._state is None:
            return True
        # Asked of each of thousands, so not as a state that is made and compared.
        (_name, start), *others = self._state
        if others:
            return _seen_by(self._connection) == self._state
        connections = self._connection.connections
        return (
            self._connection._needs_to_join
            and self._connection._storage._start == start
            and len(connections) == 1
        )


class Lasting:
    """What is known by subject that may outlive a commit."""

    def __init__(
        self,
        known: "_Subjects | None" = None,
        connection: Connection | None = None,
        state: DatabaseState | None = None,
    ) -> None:
        self._known = _nothing() if known is None else known
        self._connection, self._state = connection, state

    def known(self, *subject: Hashable) -> Known[Any, Any]:
        """Return what is known about a subject."""
        with _lock:
            its = self._known.get(subject)
            self._known[subject] = its = {} if its is None else its
        return Known(its, self._connection, self._state)

    def forget(self, part: object) -> None:
        """Let go of all subjects of which something is a part."""
        with _lock:
            for subject in [each for each in self._known if part in each]:
                del self._known[subject]


_Subjects = Bounded[tuple, dict[Any, Any]]


def _nothing() -> _Subjects:
    return Bounded(_MOST_SUBJECTS)


class _OfSite:
    """What is known of a site in one state of the database, by subject; ``lasting`` is None
    until that is asked for, and ``earlier`` what of it was known in which state."""

    def __init__(
        self, state: DatabaseState, earlier: tuple[DatabaseState, _Subjects] | None
    ) -> None:
        self.state = state
        self.subjects: Bounded[Hashable, dict] = Bounded(_MOST_SUBJECTS)
        self.lasting: _Subjects | None = None
        self.earlier = earlier

    @property
    def last(self) -> tuple[DatabaseState, _Subjects] | None:
        """What may outlive a commit, and in which state it is known."""
        return self.earlier if self.lasting is None else (self.state, self.lasting)


def while_unchanged(*subject: Hashable) -> Known:
    """Return what is known about a subject in the current site.

    To this request alone, where it has changed something itself: nobody else sees that.
    """
    connection, its = _of_site()
    if its is None:
        return Known()
    with _lock:
        known = its.subjects.get(subject)
        its.subjects[subject] = known = {} if known is None else known
    return Known(known, connection, its.state)


def lasting(
    leave: Callable[[dict[tuple, dict[Any, Any]], Set[bytes]], None],
) -> Lasting:
    """Return what is known in the current site that may outlive a commit.

    Of what was known in an earlier state ``leave`` removes what doesn't hold any more; it is
    told the ids of all objects that were changed since.
    """
    connection, its = _of_site()
    if its is None:
        return Lasting()
    if its.lasting is None:
        found = _nothing()
        listen_to_changes(connection.db())
        # Another request of the same state may be done with this at any time.
        earlier = its.earlier
        if earlier is not None:
            before, known = earlier
            # Not within the lock, as something may have to be loaded for that.
            changed = _changed(connection, before, its.state)
            if changed is not None:
                with _lock:
                    found |= {each: dict(its_own) for each, its_own in known.items()}
                leave(found, changed)
        with _lock:
            if its.lasting is None:
                its.lasting, its.earlier = found, None
    return Lasting(its.lasting, connection, its.state)


def _changed(
    connection: Connection, earlier: DatabaseState, now: DatabaseState
) -> Set[bytes] | None:
    """Return the ids of all objects that were changed since an earlier state, None where
    that isn't known."""
    if len(now) > 1 or [name for name, _start in earlier] != [now[0][0]]:
        return None
    return changed_between(connection.db(), earlier[0][1], now[0][1])


def _of_site() -> tuple[Connection | None, _OfSite | None]:
    """Return the connection of the current site, and what is known in the state that it
    sees; None where nobody else sees that, or others see more."""
    site = api.portal.get()
    connection = site._p_jar
    state = None if connection is None else _seen_by(connection)
    if state is None:
        return connection, None
    with _lock:
        sites = _by_database.setdefault(connection.db(), Bounded(_MOST_SITES))
        its = sites.get(site._p_oid)
        if its is not None and state < its.state:
            # Another request has begun later, and sees more.
            return connection, None
        if its is None or its.state != state:
            its = _OfSite(state, None if its is None else its.last)
        sites[site._p_oid] = its
    return connection, its


def _seen_by(connection: Connection) -> DatabaseState | None:
    """Return what tells one state of the database from another one, None where nobody
    else sees the same, or that can't be told."""
    found = []
    for name, each in sorted(connection.connections.items()):
        # Once something is changed, the connection takes part in the transaction.
        if not each._needs_to_join:
            return None
        start: Any = getattr(each._storage, "_start", None)
        if start is None:
            return None
        found.append((name, start))
    return tuple(found)
