"""Opening connections to one address, and not asking a dead server too often."""

from collections.abc import Callable
from slc.clicktracker.storage.errors import StorageNotSetUp
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.postgresql.address import Address
from slc.clicktracker.storage.postgresql.address import psycopg2
from slc.clicktracker.storage.relational.storage import OLDEST_SCHEMA
from slc.clicktracker.storage.relational.storage import SCHEMA


#: Seconds after a failed attempt in which nobody waits for another one.
PAUSE = 5.0

_MISSING = ("42P01", "3F000")


class Connections:
    """What the pool gets its connections from.

    After a failure all attempts are refused at once for ``PAUSE`` seconds by
    ``clock``: each page view would wait for the same server. Every connection
    is asked for the version of the tables before it is used.
    """

    def __init__(self, address: Address, clock: Callable[[], float]) -> None:
        self.address = address
        self._clock = clock
        self._refused_until = float("-inf")
        self._reason = ""

    def __call__(self):
        """Return a new connection to tables of the right version.

        Raises ``StorageUnavailable`` or ``StorageNotSetUp``.
        """
        if self._clock() < self._refused_until:
            raise StorageUnavailable(self._reason)
        connection = self.open()
        try:
            self._check(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def open(self, **options: str):
        """Return a new connection, whatever is in the database."""
        try:
            connection = self.address.connect(**options)
        except psycopg2.OperationalError as error:
            reason = self.address.without_secrets(" ".join(str(error).split()))
        else:
            self.try_again()
            return connection
        self._reason = f"PostgreSQL can't be used: {reason}"
        self._refused_until = self._clock() + PAUSE
        raise StorageUnavailable(self._reason)

    def try_again(self) -> None:
        """Forget about earlier failures."""
        self._refused_until = float("-inf")

    def _check(self, connection) -> None:
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute("SELECT version FROM clicktracker_schema")
                row = cursor.fetchone()
        except psycopg2.Error as error:
            if error.pgcode not in _MISSING:
                reason = self.address.without_secrets(" ".join(str(error).split()))
                raise StorageUnavailable(
                    f"The tables in {self.address.place} can't be used: {reason} "
                    "(a role that may not needs sql/grants.sql, loaded by the owner)."
                ) from None
            row = None
        if row is None:
            raise StorageNotSetUp(
                f"The tables are missing in {self.address.place}: set up the database."
            )
        if row[0] != SCHEMA:
            raise StorageNotSetUp(
                f"The tables in {self.address.place} have version {row[0]}, this "
                f"package works with {SCHEMA}: {_advice(row[0])}."
            )


def _advice(version: int) -> str:
    if version > SCHEMA:
        return "update the package"
    if version < OLDEST_SCHEMA:
        return (
            "a development version made them, and no release knows them. Drop those "
            "that begin with clicktracker_ and set up the database, or use another one"
        )
    return "set up the database"
