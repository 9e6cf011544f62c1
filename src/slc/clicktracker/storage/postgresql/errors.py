"""What PostgreSQL's errors mean."""

from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageNotSetUp
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.errors import UnstorableData
from slc.clicktracker.storage.postgresql.address import Address
from slc.clicktracker.storage.postgresql.address import psycopg2
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout


#: Tables, functions, schema.
_MISSING = ("42P01", "42883", "3F000")

#: Connection lost, no resources left (connections, disk, memory), cancelled by a
#: time limit, shutting down or starting, a standby that only reads, a deadlock or
#: a lock that somebody else holds, a log-in or a database that is refused.
_UNAVAILABLE = ("08", "25", "28", "3D", "40", "53", "55", "57")

_NOT_ALLOWED = "42501"

#: Cardinality, data, and what is too large for the program. The rest of the last
#: class, such as a stack that is too deep, is about the server or our SQL.
_DATA = ("21", "22", "54000")


def translated(error: Exception, address: Address) -> StorageError | None:
    """Return the typed error, None for what is a bug."""
    if isinstance(error, PoolTimeout):
        return StorageUnavailable(f"All connections to {address.place} are busy.")
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "pgcode", None) or ""
    # Not the details: they quote the row, and with it who has read what.
    said = getattr(error.orig, "diag", None)
    text = (said and said.message_primary) or str(error.orig)
    reason = address.without_secrets(" ".join(text.split()))
    if state in _MISSING:
        return StorageNotSetUp(
            f"{address.place} lacks tables or functions: set up the database ({reason})."
        )
    if state == _NOT_ALLOWED:
        return StorageUnavailable(
            f"The role may not use the tables in {address.place}: load sql/grants.sql "
            f"as the owner ({reason})."
        )
    if state.startswith(_DATA):
        return UnstorableData(f"PostgreSQL can't store this: {reason}")
    # What libpq itself finds (a connection that broke) has no state.
    lost = isinstance(error.orig, psycopg2.OperationalError) and not state
    if lost or error.connection_invalidated or state.startswith(_UNAVAILABLE):
        return StorageUnavailable(f"PostgreSQL can't be used: {reason}")
    return None
