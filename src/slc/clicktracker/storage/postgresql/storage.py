"""``PostgreSQLStorage``: readings in a PostgreSQL database."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from datetime import timezone
from importlib.resources import files
from logging import getLogger
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.keys import url_key
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import StorageStatus
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.storage.postgresql.address import Address
from slc.clicktracker.storage.postgresql.address import psycopg2
from slc.clicktracker.storage.postgresql.connections import Connections
from slc.clicktracker.storage.postgresql.errors import translated
from slc.clicktracker.storage.relational.batch import Batch
from slc.clicktracker.storage.relational.batch import Row
from slc.clicktracker.storage.relational.dialect import Dialect
from slc.clicktracker.storage.relational.storage import RelationalStorage
from sqlalchemy import Connection
from sqlalchemy import create_engine
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

import json
import time


logger = getLogger("slc.clicktracker")

#: Seconds that a thread waits for a free connection.
_POOL_TIMEOUT = 10

_RECORD = text("SELECT clicktracker_record(:site, CAST(:batch AS jsonb))")
_MONTHS = text("SELECT clicktracker_months()")
_LOCK = text("SELECT pg_advisory_xact_lock(5459012, hashtext(:site))")
_LOCK_SHARED = text("SELECT pg_advisory_xact_lock_shared(5459012, hashtext(:site))")

#: Whoever corrects has the site for himself by the first one, see sql/db.sql; who records
#: page views has its visits by the second, and lets others record accesses meanwhile.
#: The third one is for what all sites have in common, which is seldom removed.
#: Until the commit a few rows of large tables are looked for then, each by an index. A
#: planner who doesn't know yet how large they are would read them from end to end.
_LOCK_VISITS = text(
    "SELECT pg_advisory_xact_lock_shared(5459012, hashtext(:site)),"
    " pg_advisory_xact_lock(5459013, hashtext(:site)),"
    " pg_advisory_xact_lock_shared(5459014, 0),"
    " set_config('enable_seqscan', 'off', true),"
    " set_config('enable_bitmapscan', 'off', true),"
    " set_config('jit', 'off', true)"
)
#: Who makes sets of readers anew waits for others who do, and lets them record.
_LOCK_SETS = text(
    "SELECT pg_advisory_xact_lock_shared(5459012, hashtext(:site)),"
    " pg_advisory_xact_lock(5459016, hashtext(:site)),"
    " set_config('enable_seqscan', 'off', true),"
    " set_config('jit', 'off', true)"
)

#: Who records goals waits for others who do, and lets them record accesses meanwhile.
_LOCK_GOALS = text(
    "SELECT pg_advisory_xact_lock_shared(5459012, hashtext(:site)),"
    " pg_advisory_xact_lock(5459015, hashtext(:site)),"
    " set_config('enable_seqscan', 'off', true),"
    " set_config('jit', 'off', true)"
)
_LOCK_AGENTS = text("SELECT pg_advisory_xact_lock(5459014, 0)")
_INSUFFICIENT_PRIVILEGE = "42501"
_TEXTS = ("key", "origin", "url")

#: What the columns of ``Dialect.rows`` are here.
_KINDS = {
    "text": 'CAST(value ->> {} AS text) COLLATE "C"',
    "number": "CAST(value ->> {} AS bigint)",
    "moment": "CAST(value ->> {} AS timestamptz)",
    "truth": "CAST(value ->> {} AS boolean)",
}


def _rows(name: str, kinds: Mapping[str, str]) -> str:
    columns = ", ".join(
        f"{_KINDS[kind].format(place)} AS {column}"
        for place, (column, kind) in enumerate(kinds.items())
    )
    rows = f"jsonb_array_elements(CAST(:{name} AS jsonb))"
    return " ".join(("SELECT", columns, "FROM", rows))


def _us(moment: str) -> str:
    """Return whole microseconds since 1970, null where nothing is known of a moment."""
    known = f"nullif(nullif({moment}, '-infinity'), 'infinity')"
    return f"CAST(round(date_part('epoch', {known}) * 1000000) AS bigint)"


class PostgreSQLStorage(RelationalStorage):
    """Readings in the database that a DSN names; see ``sql/db.sql``.

    ``setup`` has to be called once for a database, or ``sql/db.sql`` loaded.
    ``clock`` counts the seconds of the pause after a failed connection; a DSN may have
    been ``typed`` into a browser, see ``Address``. Raises ``InvalidAddress`` for a DSN
    that can't be understood or says what it may not.
    """

    dialect = Dialect(
        # An array, as the planner sees how long it is.
        listed="SELECT * FROM unnest(CAST(:documents AS text[]))",
        currents="SELECT * FROM unnest(CAST(:current AS text[]))",
        among_keys="key = ANY (CAST(:keys AS text[]))",
        uids=list,
        pairs=(
            "SELECT CAST(value ->> 0 AS bigint) AS source,"
            " CAST(value ->> 1 AS bigint) AS target"
            " FROM jsonb_array_elements(CAST(:readers AS jsonb))"
        ),
        expected=(
            "SELECT value ->> 0 AS folder, value ->> 1 AS member, value ->> 2 AS name,"
            ' (value ->> 3) COLLATE "C" AS name_key, (value ->> 4) COLLATE "C" AS id_key'
            " FROM jsonb_array_elements(CAST(:expected AS jsonb))"
        ),
        rows=_rows,
        # A planner that guesses how many there are might read the whole table instead.
        found=(
            "CROSS JOIN LATERAL (SELECT {1}.* FROM {0} {1} WHERE {{{2}}} OFFSET 0) {1}"
        ).format,
        # It takes longer than the answer.
        no_compiling="SET LOCAL jit = off",
        # What is added up lies far apart; a planner doesn't see how much of it there is.
        in_order="SET LOCAL enable_indexscan = off",
        for_update="FOR NO KEY UPDATE",
        contains="strpos",
        least="least",
        greatest="greatest",
        all_marks="bit_or(marks)",
        newest_us=_us(
            "max(greatest(g.newest, g.served_last, g.downloaded_last, g.acknowledged,"
            " g.attested))"
        ),
        first_us=_us("min(least(g.first, g.downloaded_first))"),
        last_us=_us("max(greatest(g.last, g.downloaded_last))"),
        acknowledged_us=_us("max(g.acknowledged)"),
        attested_us=_us("max(g.attested)"),
        begun_us=_us("g.oldest"),
        ended_us=_us("g.last"),
        before_all="timestamptz '-infinity'",
        after_all="timestamptz 'infinity'",
        row="ctid",
        elapsed=(
            # Not extract: that is numeric since PostgreSQL 14, and slower.
            "CAST(date_part('epoch', max(g.last) - min(g.oldest)) * 1000000 AS bigint)"
            " / 1000"
        ),
        lasted="clicktracker_passed(a.issued, max(a.seen))",
        day="CAST(a.issued AT TIME ZONE 'UTC' AS date)",
        days_in_one=(
            "string_agg(y.day - date '0001-01-01' + 1 || ' ' || y.accesses, ' ')"
        ),
        before_moment="CAST(:before AS timestamptz)",
        # Told by what is in the index of the key, as it seldom changes.
        is_read=(
            "(g.oldest < timestamptz 'infinity' OR g.downloaded_first IS NOT NULL"
            " OR g.acknowledged IS NOT NULL OR g.attested IS NOT NULL)"
        ),
        is_seen="(g.oldest < timestamptz 'infinity' OR g.downloaded_first IS NOT NULL)",
        moment=datetime.isoformat,
        datetime=lambda moment: moment.astimezone(timezone.utc),
        number=microseconds,
        date=lambda day: day,
        one_moment={"isolation_level": "REPEATABLE READ"},
    )

    def __init__(
        self,
        dsn: str,
        site: str = "",
        now: Callable[[], datetime] | None = None,
        clock: Callable[[], float] = time.monotonic,
        typed: bool = False,
    ) -> None:
        self.address = Address(dsn, typed)
        self.connections = Connections(self.address, clock)
        self._months_made = ""
        engine = create_engine(
            "postgresql+psycopg2://",
            creator=self.connections,
            poolclass=QueuePool,
            pool_pre_ping=True,
            pool_timeout=_POOL_TIMEOUT,
            hide_parameters=True,
            use_native_hstore=False,
        )
        super().__init__(engine, site, now)

    def setup(self) -> None:
        """Load ``sql/db.sql``, which brings any database up to date.

        A role that may not create tables is content with what the owner has set
        up; raises ``StorageError`` where that is not up to date.
        """
        self.connections.try_again()
        script = files("slc.clicktracker").joinpath("sql", "db.sql").read_text("utf-8")
        connection = self.connections.open()
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(script)
        except psycopg2.OperationalError as error:
            raise StorageUnavailable(self._reason(error)) from None
        except psycopg2.Error as error:
            if error.pgcode != _INSUFFICIENT_PRIVILEGE:
                raise StorageError(self._reason(error)) from None
            if not self._is_set_up():
                raise StorageError(
                    "The role of the DSN may not create tables. Load sql/db.sql and "
                    f"sql/grants.sql as the owner ({self._reason(error)})."
                ) from None
        finally:
            connection.close()
        self.close()

    def _is_set_up(self) -> bool:
        try:
            self.connections().close()
        except StorageError:
            return False
        return True

    def status(self) -> StorageStatus:
        """Ask the server, also right after a failure; see ``IStorageMaintenance``."""
        self.connections.try_again()
        return super().status()

    def record(self, accesses: list[Access]) -> None:
        """Record accesses whole or not at all; see ``IAccessRecorder``."""
        self._make_months()
        super().record(accesses)

    def write_batch(self, connection: Connection, batch: Batch) -> None:
        columns = batch.columns
        urls = sorted(set(columns.url))
        numbers = {url: number for number, url in enumerate(urls)}
        sent = {
            "documents": batch.documents,
            "readers": batch.readers,
            "urls": _texts(urls),
            "url_keys": _texts(map(url_key, urls)),
            "accesses": {
                **{
                    name: _texts(values) if name in _TEXTS else _numbers(values)
                    for name, values in zip(Row._fields, columns, strict=True)
                },
                "url": _numbers(map(numbers.__getitem__, columns.url)),
            },
            **{
                note: [_numbers(numbers) for numbers in zip(*times, strict=True)]
                for note, times in (
                    ("served", batch.served),
                    ("downloaded", batch.downloaded),
                )
            },
            "views": VIEWS_PER_TICKET,
            "single": batch.is_single,
        }
        connection.execute(_RECORD, {"site": self.site, "batch": json.dumps(sent)})

    def lock(self, connection: Connection, *sites: str) -> None:
        for site in sites:
            connection.execute(_LOCK, {"site": site})

    def lock_shared(self, connection: Connection) -> None:
        connection.execute(_LOCK_SHARED, {"site": self.site})

    def lock_visits(self, connection: Connection) -> None:
        connection.execute(_LOCK_VISITS, {"site": self.site})

    def lock_sets(self, connection: Connection) -> None:
        connection.execute(_LOCK_SETS, {"site": self.site})

    def lock_goals(self, connection: Connection) -> None:
        connection.execute(_LOCK_GOALS, {"site": self.site})

    def lock_agents(self, connection: Connection) -> None:
        connection.execute(_LOCK_AGENTS)

    def describe(self, connection: Connection) -> tuple[str, str, int]:
        schema = connection.exec_driver_sql(
            "SELECT version FROM clicktracker_schema"
        ).scalar_one()
        server = connection.exec_driver_sql("SHOW server_version").scalar_one()
        return f"PostgreSQL {server.split()[0]}", self.address.place, schema

    def translated(self, error: Exception) -> StorageError | None:
        return translated(error, self.address)

    def __repr__(self) -> str:
        return f"<PostgreSQLStorage {self.address.place}>"

    def _make_months(self) -> None:
        """Make the partitions of the next months, once a month and process.

        Without them accesses go to the default partition: no reason to fail.
        """
        month = self.now().strftime("%Y-%m")
        if self._months_made == month:
            return
        try:
            self._make_months_now()
        except StorageUnavailable:
            return
        except SQLAlchemyError as error:
            logger.warning(
                "The tables for the next months can't be made in %s: %s",
                self.address.place,
                self._reason(error),
            )
        self._months_made = month

    def _make_months_now(self) -> None:
        with self._writing() as connection:
            connection.execute(_MONTHS)

    def _reason(self, error: Exception) -> str:
        return self.address.without_secrets(str(error).strip())


def _numbers(values: Iterable[int]) -> str:
    """Return the literal of an array of numbers."""
    return "{" + ",".join(map(str, values)) + "}"


def _texts(values: Iterable[str]) -> str:
    """Return the literal of an array of texts, each of them quoted."""
    values = list(values)
    if not values:
        return "{}"
    joined = "\0".join(values)
    if "\\" in joined or '"' in joined:
        joined = joined.replace("\\", "\\\\").replace('"', '\\"')
    return '{"' + joined.replace("\0", '","') + '"}'
