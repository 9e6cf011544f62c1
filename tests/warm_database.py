"""A database for one test, whose connections have loaded already what earlier tests used.

Half a site is unpickled for the first page that a new connection shows, which takes longer
than most tests.
"""

from collections.abc import Iterable
from ZODB.Connection import Connection
from ZODB.DB import DB
from ZODB.DemoStorage import DemoStorage
from ZODB.serialize import ObjectReader


#: Objects that a connection keeps: more than a test uses of the site.
_KEPT = 20_000


class WarmDatabase(DB):
    """Lies on top of one that no test changes, and takes over the connections of another
    one that has lain there. ``close`` leaves them as they were, but for what was changed:
    that is loaded anew. One that still is open then stays with its own database."""

    def __init__(self, base: DB, connections: Iterable[Connection] = ()) -> None:
        storage = DemoStorage(name="Test", base=base.storage)
        super().__init__(storage, cache_size=_KEPT)
        self.changed: set[bytes] = set()
        self.left: list[Connection] = []
        for connection in connections:
            self._take_over(connection)

    def _take_over(self, connection: Connection) -> None:
        connection._db = self
        connection.connections = {self.database_name: connection}
        connection._storage = connection._normal_storage = (
            self._mvcc_storage.new_instance()
        )
        connection._reader = ObjectReader(
            connection, connection._cache, self.classFactory
        )
        self.pool.push(connection)

    def close(self) -> None:
        changes = self.storage.changes.iterator()
        self.changed = {record.oid for each in changes for record in each}
        with self._lock:
            while connection := self.pool.pop():
                # The first one of its own has loaded the root alone.
                if len(connection._cache) > 1:
                    self.pool.all.remove(connection)
                    connection._cache.invalidate(list(self.changed))
                    self.left.append(connection)
        super().close()
