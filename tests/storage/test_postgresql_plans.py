"""What keeps PostgreSQL fast where there are many rows, told by what it says it does."""

from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.outbox.model import Settlement
from slc.clicktracker.storage.place import Place
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.testing.outbox import hit
from slc.clicktracker.testing.outbox import LEASE
from slc.clicktracker.testing.outbox import NOW
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import START
from slc.clicktracker.testing.visits import visit
from sqlalchemy import event
from sqlalchemy import text
from tests.storage.write_statements import STATEMENTS

import os
import pytest
import re
import time


PATIENCE = 20

#: Which tables and indexes PostgreSQL goes through.
PLANS = STATEMENTS / "postgresql" / "plans"

FOLDER = [Document(f"uid-{n}", f"/site/folder-{n % 100}/doc-{n}") for n in range(5000)]

#: A value for each word of the statements that are kept.
VALUES = {
    **{"site": "site", "documents": ["uid-1"], "current": ["digest"]},
    **{"pieces": "[[0, 1, 20454, 20484]]", "earlier": "[]", "kind": 2},
    **{"start": 0, "size": 20, "reach": 20, "least": 30_000, "pace": 400, "level": 1},
    **{"search": "bob", "expected": '[["", "bob", "Bob", "bob", "bob"]]'},
    **{"readings": "[[0, 1, 1]]"},
    **{"changes": "[[1, 1]]", "numbers": "[[1]]"},
    **{"since": "2026-01-01 12:00+00", "uid": "uid-1", "url_key": "0"},
}


@pytest.fixture
def storage(postgresql_dsn):
    made = PostgreSQLStorage(postgresql_dsn, "site")
    yield made
    made.close()


@pytest.mark.parametrize("collation", ["C", "language"])
def test_a_place_is_found_by_an_index(new_postgresql_database, collation):
    storage = PostgreSQLStorage(new_postgresql_database(collation), "site")
    storage.record([visit(n, BOB, document) for n, document in enumerate(FOLDER)])
    parameters = {"site": "site", **Place.of("/site/folder-7").parameters}
    query = storage.queries.get(
        "log", order="r.member", direction="", covered="{below}"
    )
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
        found = connection.execute(
            type(query)("EXPLAIN " + query.text), parameters
        ).scalars()
        assert any("clicktracker_document_place" in line for line in found)
    storage.close()


def test_page_views_are_recorded_by_indexes_before_anybody_has_counted_rows(storage):
    """A new site grows by thousands before PostgreSQL looks for the first time."""
    sent = [view(n, n % 90, Reader(f"user-{n % 9}"), 0, f"{n % 9}") for n in range(900)]
    storage.record_views(sent)
    found = []

    @event.listens_for(storage.engine, "before_cursor_execute")
    def explain(connection, cursor, sql, values, *rest):
        if "FROM clicktracker" in sql and "pg_advisory" not in sql:
            cursor.execute("EXPLAIN " + sql, values)
            found.extend(line for (line,) in cursor.fetchall())

    storage.record_views(
        [view(n, 91, Reader(f"user-{n % 9}"), 0, f"{n % 9}") for n in range(895, 905)]
    )
    assert any("clicktracker_view_session" in line for line in found)
    for table in ("view", "visit", "page", "reader", "agent"):
        whole = re.compile(
            f"(Seq|Bitmap Heap) Scan on clicktracker_{table}\\b|Hash .*Join"
        )
        assert not list(filter(whole.search, found))


@pytest.mark.parametrize(
    "path", sorted(STATEMENTS.glob("postgresql/*.sql")), ids=lambda path: path.stem
)
def test_the_statements_that_are_kept_can_be_explained(storage, path):
    explained = text("EXPLAIN " + path.read_text("utf-8"))
    with storage.engine.connect() as connection:
        assert connection.execute(explained, VALUES).all()


@pytest.mark.parametrize("name", ["readings", "depths", "first_readings"])
def test_readings_are_found_by_an_index(storage, name):
    """What is asked on every page of a report: the three that take longest there."""
    readers = [Reader(f"reader-{number}") for number in range(100)]
    documents = FOLDER[:60]
    pairs = [(reader, document) for reader in readers for document in documents]
    storage.record([visit(n, *pair) for n, pair in enumerate(pairs)])
    explained = text(
        "EXPLAIN " + (STATEMENTS / "postgresql" / f"{name}.sql").read_text("utf-8")
    )
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
        found = "\n".join(connection.execute(explained, VALUES).scalars())
    assert re.search(r"Index (Only )?Scan using clicktracker_reading_\w+", found)
    assert "Seq Scan on clicktracker_reading" not in found


#: What takes longest where there are millions of readings, by a word that only the
#: statement has: the status, all that a reader has read, the days of very many documents.
SLOWEST = {
    "status": ("WITH known AS", lambda storage: storage.status()),
    "history": (
        "WITH found AS",
        lambda storage: storage.history(HistoryQuery(UIDS, Reader("reader-7"))),
    ),
    "days": (
        "string_agg(y.day",
        lambda storage: storage.activity(UIDS, START.date(), START.date()),
    ),
}
UIDS = tuple(document.uid for document in FOLDER[:60])


@pytest.mark.parametrize("name", SLOWEST)
def test_the_slowest_questions_are_planned_as_they_were(storage, name):
    """Where a change is meant: once more with CLICKTRACKER_KEEP=1 in the environment."""
    word, ask = SLOWEST[name]
    readers = [Reader(f"reader-{number}") for number in range(100)]
    pairs = [(reader, document) for reader in readers for document in FOLDER[:60]]
    storage.record([visit(n, *pair) for n, pair in enumerate(pairs)])
    storage.catch_up()
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    found = []

    @event.listens_for(storage.engine, "before_cursor_execute")
    def explain(connection, cursor, sql, values, *rest):
        if word in sql and not found:
            # As it is where tables are large.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN (COSTS OFF) " + sql, values)
            found.extend(line for (line,) in cursor.fetchall())
            cursor.execute("SET LOCAL enable_seqscan = on")

    ask(storage)
    # What is looked for by which index, each once: the rest is PostgreSQL's to say, and
    # there is a table of accesses for each month.
    scans = [
        re.sub(r"_(\d{4}_\d\d|default)|_\d+$| using .*_idx\b", "", line.split("->")[-1])
        for line in found
        if re.search(r"\bScan\b", line)
    ]
    scans = list(dict.fromkeys(map(str.strip, scans)))
    kept = PLANS / f"{name}.txt"
    if os.environ.get("CLICKTRACKER_KEEP"):
        kept.write_text("\n".join(scans) + "\n")
    assert scans == kept.read_text().splitlines()


def test_another_access_of_a_reader_writes_into_no_index(storage, execute):
    """Also where the reading is a new one: its sums are added to what was made."""
    storage.record([visit(1), note(at=1)])
    for n in range(5):
        storage.record([visit(10 + n, stay=n, engaged=n, at=n)])
    storage.record([download(at=9)])
    storage.record([download(at=11)])
    storage.record([note(BOB)])
    storage.record([visit(2, BOB)])
    storage.record([visit(3, BOB, at=5)])
    storage.close()
    written = (
        "SELECT n_tup_upd, n_tup_upd - n_tup_hot_upd FROM pg_stat_user_tables"
        " WHERE relname = 'clicktracker_reading'"
    )
    deadline = time.monotonic() + PATIENCE
    while execute(written)[0][0] < 12:
        assert time.monotonic() < deadline
    # But for a download of what was opened, and an opening of what was only served.
    assert execute(written) == [(12, 2)]


def test_hits_are_settled_by_their_keys_before_anybody_has_counted_them(storage):
    """A planner without statistics takes an index of what waits for one of few rows."""
    storage.now = lambda: NOW
    storage.put_hits([hit(number) for number in range(5000)])
    claim = storage.claim_hits("matomo", 100, LEASE)
    settlement = Settlement(counted=tuple(one.key for one in claim.hits))
    asked = []
    event.listen(
        storage.engine,
        "before_cursor_execute",
        lambda connection, cursor, sql, values, *rest: asked.append((sql, values)),
    )
    storage.settle_hits("matomo", claim, settlement)
    storage.claim_hits("matomo", 100, LEASE)
    updates = [one for one in asked if one[0].startswith("UPDATE clicktracker_hit")]
    assert len(updates) == 2
    for sql, values in updates:
        with storage.engine.begin() as connection:
            found = connection.exec_driver_sql("EXPLAIN " + sql, values).scalars().all()
        said = "\n".join(found)
        assert "clicktracker_hit_key_service_site_key" in said, said
        assert re.search("Index Cond: .*key = ANY", said), said
