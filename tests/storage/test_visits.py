"""Page views and visits in databases: how much is done for a batch, and what can fail."""

from slc.clicktracker.storage.errors import StorageNotSetUp
from slc.clicktracker.storage.errors import UnstorableData
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.relational.visits import recording
from slc.clicktracker.storage.relational.visits.questions import VisitQuestions
from slc.clicktracker.storage.relational.visits.retention import Retention
from slc.clicktracker.storage.relational.visits.rows import view_row
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.testing.memory import MemoryStorage
from slc.clicktracker.testing.memory.tables import Tables
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import page_views
from slc.clicktracker.testing.visitors.made_up import stories
from slc.clicktracker.testing.visitors.made_up import urls
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.made_up import visits
from slc.clicktracker.testing.visitors.statistics import day
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import visit
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

import pytest
import re
import time


PATIENCE = 20


@pytest.fixture(params=["sqlite", "postgresql"])
def storage(request, tmp_path):
    """A storage in each of the databases."""
    if request.param == "sqlite":
        made = SQLiteStorage(tmp_path / "readings.sqlite", "site")
    else:
        made = PostgreSQLStorage(request.getfixturevalue("postgresql_dsn"), "site")
    yield made
    made.close()


@pytest.fixture
def sent(storage):
    """The statements that the database is sent, with their values."""
    statements = []

    def keep(connection, cursor, sql, values, *rest):
        statements.append((sql, values))

    event.listen(storage.engine, "before_cursor_execute", keep)
    return statements


@pytest.fixture
def windows(monkeypatch):
    """What is read of the sessions that a batch is about."""
    found = []

    def settled(changes, window):
        found.append(window)
        return recording_settled(changes, window)

    recording_settled = recording.settled
    monkeypatch.setattr(recording, "settled", settled)
    return found


def test_a_large_batch_takes_no_more_statements_than_a_small_one(storage, sent):
    def many(number, start):
        return [
            view(start + n, n % 60, Reader(f"user-{n}"), session=f"{n % 40}")
            for n in range(number)
        ]

    storage.record_views(many(1, 0))
    took = []
    for number, start in ((2, 100), (200, 1000), (500, 2000)):
        sent.clear()
        storage.record_views(many(number, start))
        took.append(len(sent))
    assert took[0] <= took[1] == took[2] <= 25


def test_a_visit_that_goes_on_for_weeks_takes_no_longer_than_others(storage, windows):
    """A screen on the wall opens page after page, in one and the same visit."""
    storage.record_views([view(n, 10 * n, ALICE) for n in range(2000)])
    windows.clear()
    storage.record_views([view(2000, 20_000, ALICE), view(1999, 19_990, ALICE, stay=5)])
    (window,) = windows
    assert (len(window.views), len(window.before), len(window.visits)) == (1, 1, 1)
    (found,) = visits(storage)
    assert (found.pages, found.last) == (2001, minutes(20_000))


def test_what_changes_nothing_writes_nothing(storage, sent):
    batch = [view(n, n, BOB, stay=1) for n in range(5)]
    storage.record_views(batch)
    sent.clear()
    storage.record_views(batch[::-1])
    written = [
        sql for sql, _values in sent if sql.startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert [sql for sql in written if "clicktracker_site" not in sql] == []


@pytest.mark.parametrize("more", [{"engaged": 2**63}, {"engaged": -(2**70)}])
def test_a_number_out_of_range_is_not_worth_another_try(storage, more):
    storage.record_views([view(1)])
    with pytest.raises(UnstorableData):
        storage.record_views([view(2, 1), view(3, 2, **more)])
    assert urls(storage) == "/1"
    storage.record_views([view(4, 3, engaged=2**63 - 1)])
    assert stories(storage) == [("", "/1 /4")]


@pytest.mark.parametrize("table", ["view", "visit", "reader"])
def test_page_views_that_fail_in_the_middle_leave_nothing(storage, table):
    storage.record_views([view(1)])
    key = "member" if table == "reader" else "key"
    bad = "alice" if table == "reader" else f"{2:032x}"
    rule = f"{key} <> '{bad}'"
    if isinstance(storage, SQLiteStorage):
        broken = (
            f"CREATE TRIGGER broken BEFORE INSERT ON clicktracker_{table} "
            f"WHEN NOT NEW.{rule} BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
        mended = "DROP TRIGGER broken"
    else:
        change = f"ALTER TABLE clicktracker_{table}"
        broken = f"{change} ADD CONSTRAINT broken CHECK ({rule})"
        mended = f"{change} DROP CONSTRAINT broken"
    with storage.engine.begin() as connection:
        connection.exec_driver_sql(broken)
    batch = [view(3, 9, BOB, session="other"), view(2, 1, ALICE, session="another")]
    before = visits(storage), page_views(storage)
    with pytest.raises(IntegrityError):
        storage.record_views(batch)
    assert (visits(storage), page_views(storage)) == before
    with storage.engine.begin() as connection:
        connection.exec_driver_sql(mended)
    storage.record_views(batch)
    assert stories(storage) == [("", "/1"), ("alice", "/2"), ("bob", "/3")]


@pytest.mark.parametrize("table", ["view", "visit", "page", "agent"])
def test_tables_of_visitors_that_are_missing_are_said_to_be(storage, table):
    storage.record_views([view(1)])
    with storage.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TABLE clicktracker_{table}")
    with pytest.raises(StorageNotSetUp):
        storage.record_views([view(2)])


def test_who_records_page_views_holds_up_nobody_who_records_accesses(postgresql_dsn):
    one, two = (PostgreSQLStorage(postgresql_dsn, "site") for _ in range(2))
    with one._writing() as connection:
        one.lock_visits(connection)
        two.record([visit(1), visit(2, BOB)])
        assert counts(two) == [("alice", 1), ("bob", 1)]
        # Other sites have visits of their own.
        other = PostgreSQLStorage(postgresql_dsn, "other")
        other.record_views([view(1)])
    for each in (one, two, other):
        each.close()


def test_what_was_cleaned_up_is_not_needed_to_go_on(storage):
    storage.record_views([view(n, n, ALICE) for n in range(4)])
    with storage.engine.begin() as connection:
        connection.exec_driver_sql(
            f"DELETE FROM clicktracker_view WHERE key < '{3:032x}'"
        )
    storage.record_views([view(4, 4, ALICE)])
    (found,) = visits(storage)
    assert (found.pages, found.entry.url, found.exit.url) == (5, "/0", "/4")
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM clicktracker_visit")
    storage.record_views([view(5, 5, ALICE), view(6, 6, BOB, session="another")])
    assert stories(storage) == [("alice", "/5"), ("bob", "/6")]
    assert urls(storage) == "/3 /4 /5 /6"


def test_reading_on_writes_into_no_index(postgresql_dsn, execute):
    """However often it is told, as for each page view that is every half a minute."""
    storage = PostgreSQLStorage(postgresql_dsn, "site")
    for stay in range(11):
        storage.record_views([view(1, 0, stay=stay), view(2, 1, ALICE, stay=stay)])
    storage.close()
    written = (
        "SELECT n_tup_upd, n_tup_upd - n_tup_hot_upd FROM pg_stat_user_tables"
        " WHERE relname = 'clicktracker_view'"
    )
    deadline = time.monotonic() + PATIENCE
    while execute(written)[0][0] < 20:
        assert time.monotonic() < deadline
    assert execute(written) == [(20, 0)]


#: How databases say that they read all page views or visits.
WHOLE = r"^SCAN [vw]\b|Seq Scan on clicktracker_vi"

#: Which index answers what, of questions about few of many rows.
INDEXES = {
    "clicktracker_visit_last": (
        lambda s: s.visits(VisitQuery(since=minutes(998))),
        lambda s: s.visits(VisitQuery(since=minutes(998), uid="uid-1")),
        lambda s: s.presence(minutes(998), "uid-1"),
    ),
    "clicktracker_visit_session": (lambda s: s.visits(VisitQuery(session="7")),),
    "clicktracker_visit_reader": (
        lambda s: s.visits(VisitQuery(readers=(Reader("user-7"),))),
    ),
    "clicktracker_view_at": (lambda s: s.page_views(VisitQuery(since=minutes(998))),),
    "clicktracker_view_session": (
        lambda s: s.page_views(VisitQuery(session="7")),
        lambda s: s.page_views(VisitQuery(visit=f"{7:032x}")),
    ),
    "clicktracker_view_reader": (
        lambda s: s.page_views(VisitQuery(readers=(Reader("user-7"),))),
    ),
    "clicktracker_view_page": (lambda s: s.page_views(VisitQuery(url="/7")),),
    "clicktracker_view_alone": (lambda s: s.presence(minutes(998)),),
}


@pytest.fixture
def plan(storage, sent):
    """Return a function: how the statements are answered that something sends."""
    explain = "EXPLAIN"
    if isinstance(storage, SQLiteStorage):
        explain = "EXPLAIN QUERY PLAN"

    def of(ask, words):
        sent.clear()
        ask(storage)
        asked = [(sql, values) for sql, values in sent if words in sql]
        with storage.engine.connect() as connection:
            return [
                row[-1]
                for sql, values in asked
                for row in connection.exec_driver_sql(f"{explain} {sql}", values)
            ]

    return of


def test_questions_about_few_of_many_rows_are_answered_by_an_index(storage, plan):
    storage.record_views(
        [
            view(
                *(n, n % 1000, Reader(f"user-{n}") if n % 2 else Reader("")),
                session=f"{n}" if n % 3 else "",
            )
            for n in range(6000)
        ]
    )
    if not isinstance(storage, SQLiteStorage):
        # SQLite is never told how much there is of what.
        with storage.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
    for index, questions in INDEXES.items():
        for ask in questions:
            found = plan(ask, "SELECT")
            assert any(index in line for line in found), (index, found)
            assert not any(re.search(WHOLE, line) for line in found), found
    # PostgreSQL takes so few rows for one page of the disk.
    if isinstance(storage, SQLiteStorage):
        found = plan(lambda s: s.record_views([view(7, 7, stay=1)]), "since")
        assert any("clicktracker_view_session" in line for line in found), found
        assert not any(re.search(WHOLE, line) for line in found), found


@pytest.mark.parametrize(
    "late",
    [view(0, stay=1), view(0, page=Page("/390")), view(1, 1, stay=2)],
    ids=["first page", "one that is seen again", "first message"],
)
def test_what_comes_late_of_a_long_visit_has_little_of_it_read(
    storage, monkeypatch, late
):
    """A screen in a hall is on the site for months."""
    pages = [view(number, number) for number in range(1, 400)]
    storage.record_views(pages)
    reference = MemoryStorage("site", tables=Tables())
    reference.record_views([*pages, late])
    read = []

    def read_row(row, dialect):
        read.append(row)
        return view_row(row, dialect)

    monkeypatch.setattr(recording, "view_row", read_row)
    storage.record_views([late])
    assert len(read) < 60
    assert storage.visits(VisitQuery()) == reference.visits(VisitQuery())
    days = [Days(day(-1), day(2))]
    assert storage.figures(days) == reference.figures(days)


@pytest.mark.parametrize("kind", ["views", "visits"])
def test_sqlite_looks_for_each_address_that_is_cut_by_its_key(tmp_path, kind):
    storage = SQLiteStorage(tmp_path / "r.sqlite", "site")
    storage.record_views([view(1)])
    with storage.engine.begin() as connection:
        queries = storage._within(Retention, connection).queries
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {queries.get(f'shorten_{kind}')}",
            {"site": "site", "addresses": "[]", "most": 1},
        ).all()
    storage.close()
    table = f"clicktracker_{kind.removesuffix('s')}"
    (found,) = (row.detail for row in plan if table in row.detail)
    assert found.startswith("SEARCH") and "key=?" in found


def test_visits_of_a_page_are_the_same_however_many_have_seen_it(storage, monkeypatch):
    storage.record_views(
        [view(n, n, session=f"{n % 3}", page=Page(f"/{n % 2}")) for n in range(12)]
    )
    asked = [
        {"url": "/0"},
        {"url": "/0", "session": "1"},
        {"url": "/0", "who": "members"},
        {"url": "/0", "until": minutes(3)},
        {"url": "/1", "place": "/0"},
        {"url": "/nowhere"},
    ]
    found = [visits(storage, **query) for query in asked]
    assert list(map(len, found)) == [3, 1, 0, 3, 3, 0]
    monkeypatch.setattr(f"{VisitQuestions.__module__}._OFTEN", 1)
    assert [visits(storage, **query) for query in asked] == found
    monkeypatch.setattr(f"{VisitQuestions.__module__}._LATEST", 0)
    assert [visits(storage, **query) for query in asked] == found
