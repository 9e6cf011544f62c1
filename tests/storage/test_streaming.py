"""All readings, one by one: however many there are, it takes no more memory."""

from contextlib import contextmanager
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import visit
from sqlalchemy import event
from tests.nightly import MANY_ROWS

import pytest
import subprocess
import sys


#: Megabytes that a process may grow by while it reads them all, however many. The
#: fewest, all at once as Python values, would be some 15.
ROOM = 6

#: Readers of the document, as many, and what they have read: made by the database.
NUMBERS = {
    "sqlite": "(WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s "
    "WHERE n < {rows}) SELECT n FROM s) s",
    "postgresql": "generate_series(1, {rows}) AS s (n)",
}
READERS = """
INSERT INTO clicktracker_reader
    (site, folder, member, generation, name, name_at, name_key, id_key)
SELECT r.site, '', 'reader-' || s.n, 1, '', r.name_at, 'reader-' || s.n, 'reader-' || s.n
FROM clicktracker_reader r, {numbers}
"""
READINGS = """
INSERT INTO clicktracker_reading
    (document, version, reader, count, first, last, engaged, depth, cached, oldest)
SELECT g.document, g.version, r.id, 1, g.first, g.last, 0, 0, 0, g.oldest
FROM clicktracker_reading g, clicktracker_reader r
WHERE r.id <> g.reader
"""
URLS = """
INSERT INTO clicktracker_reading_url (reading, url_key, url, count, first, last)
SELECT g.id, u.url_key, u.url, 1, g.first, g.last
FROM clicktracker_reading_url u, clicktracker_reading g
WHERE g.id <> u.reading
"""

#: Prints how many there are and by how many kilobytes the process has grown.
PROCESS = f"""
import resource
import sys

from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.{{module}} import {{name}}

storage = {{name}}(sys.argv[1])
few = list(storage.each_reading(ReadingQuery(({DOC.uid!r},), size=2000)))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(1 for _ in storage.each_reading(ReadingQuery(({DOC.uid!r},), size=None)))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@contextmanager
def filled(storage, rows):
    storage.setup()
    storage.record([visit(1)])
    numbers = NUMBERS[storage.engine.dialect.name].format(rows=rows)
    writer = storage.engine.execution_options(clicktracker_writes=True)
    with writer.begin() as connection:
        for statement in (READERS, READINGS, URLS):
            connection.exec_driver_sql(statement.format(numbers=numbers))
        # As autovacuum does it, which is off in tests.
        connection.exec_driver_sql("ANALYZE")
    # What the database makes is on no list of what has changed.
    storage.rebuild()
    yield
    storage.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_memory_does_not_grow_with_the_readings(kind, tmp_path, request):
    if kind == "sqlite":
        address = str(tmp_path / "readings.sqlite")
        storage = SQLiteStorage(address)
    else:
        address = request.getfixturevalue("postgresql_server").create("C")
        storage = PostgreSQLStorage(address)
    program = PROCESS.format(module=kind, name=type(storage).__name__)
    with filled(storage, MANY_ROWS):
        found = subprocess.run(
            [sys.executable, "-c", program, address],
            capture_output=True,
            text=True,
            check=True,
        )
        count, grown = map(int, found.stdout.split())
        assert count == MANY_ROWS + 1
        assert grown < ROOM * 1024


def test_a_database_that_goes_away_is_a_typed_error(postgresql_server):
    storage = PostgreSQLStorage(postgresql_server.create("C"))
    with filled(storage, 5_000):
        rows = storage.each_reading(ReadingQuery((DOC.uid,), size=None))
        next(rows)
        with postgresql_server.connection() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = %s",
                (storage.address.place.split()[1],),
            )
        with pytest.raises(StorageUnavailable):
            list(rows)


def test_a_file_that_takes_long_leaves_alone_what_the_process_knows(tmp_path):
    storage = SQLiteStorage(tmp_path / "readings.sqlite")
    other = Document("uid-2", "/site/other")
    readers = [Reader(f"reader-{number:04}") for number in range(3000)]
    storage.record([visit(n, reader) for n, reader in enumerate(readers)])
    storage.record([visit(9000, Reader("zoe"), other)])
    uids = DOC.uid, other.uid
    rows = storage.each_reading(ReadingQuery(uids, size=None))
    first = next(rows)
    storage.record([visit(9001, Reader("alice"), other)])
    rule = EngagementRule()
    assert storage.coverage(uids, rule).opened == 3002
    found = [first, *rows]
    assert (len(found), found[-1].url) == (3001, "/other")
    asked = []
    event.listen(
        storage.engine,
        "before_cursor_execute",
        lambda connection, cursor, sql, *rest: asked.append(sql),
    )
    assert storage.coverage(uids, rule).opened == 3002
    assert not [sql for sql in asked if "clicktracker_sets" in sql]
    storage.close()
