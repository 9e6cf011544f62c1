"""What stays known of a site as long as nothing in its database changes."""

from collections.abc import Hashable
from plone import api
from slc.clicktracker.bounded import Bounded
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
State = tuple[tuple[str, bytes], ...]

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
        state: State | None = None,
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


class _OfSite:
    """What is known of a site in one state of the database, by subject."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.subjects: Bounded[Hashable, dict] = Bounded(_MOST_SUBJECTS)


def while_unchanged(*subject: Hashable) -> Known:
    """Return what is known about a subject in the current site.

    To this request alone, where it has changed something itself: nobody else sees that.
    """
    site = api.portal.get()
    connection = site._p_jar
    state = None if connection is None else _seen_by(connection)
    if state is None:
        return Known()
    with _lock:
        sites = _by_database.setdefault(connection.db(), Bounded(_MOST_SITES))
        its = sites.get(site._p_oid)
        if its is not None and state < its.state:
            # Another request has begun later, and sees more.
            return Known()
        if its is None or its.state != state:
            its = _OfSite(state)
        sites[site._p_oid] = its
        known = its.subjects.get(subject)
        its.subjects[subject] = known = {} if known is None else known
    return Known(known, connection, state)


def _seen_by(connection: Connection) -> State | None:
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
