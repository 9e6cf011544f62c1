"""Readings in a PostgreSQL database: addresses, errors, months."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from importlib.resources import files
from slc.clicktracker.storage.errors import InvalidAddress
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageNotSetUp
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.errors import UnstorableData
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.relational.sets.catching_up import CatchingUp
from slc.clicktracker.storage.relational.storage import SCHEMA
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit
from sqlalchemy.exc import InternalError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import ProgrammingError
from traceback import format_exception

import psycopg2.extensions
import pytest


SQL = files("slc.clicktracker") / "sql"


@pytest.fixture
def storage(postgresql_dsn):
    made = PostgreSQLStorage(postgresql_dsn, "site")
    yield made
    made.close()


# Addresses


@pytest.mark.parametrize(
    "dsn",
    [
        "",
        "  ",
        "dbname=x password=two s3cret",
        "dbname=x password='s3cret",
        "dbname=x s3cret=y",
        "postgresql://bob:s3c%ret@db/x",
        "postgresql://bob:p@s3cret@db/x",
        "postgresql://bob:p/s3cret@db/x",
        "postgresql://bob:12/s3cret@db/x",
        "dbname=x port=s3cret",
        "dbname=x\0 password=s3cret",
    ],
)
def test_an_address_that_is_none_is_explained_without_the_password(dsn):
    with pytest.raises(InvalidAddress) as caught:
        PostgreSQLStorage(dsn)
    assert len(str(caught.value)) > 20
    assert "s3cret" not in "".join(format_exception(caught.value))


def test_the_password_is_in_no_error_and_no_log(postgresql_server, caplog):
    known = psycopg2.extensions.parse_dsn(postgresql_server.dsn)
    dsn = psycopg2.extensions.make_dsn(
        host=known["host"], port=known["port"], user="s3cret", dbname="none"
    )
    storage = PostgreSQLStorage(dsn + " password=s3cret", "site")
    for call in (storage.status, storage.setup, lambda: storage.getLog("/")):
        with pytest.raises(StorageUnavailable) as caught:
            call()
        assert "s3cret" not in "".join(format_exception(caught.value))
    assert "s3cret" not in repr(storage) + repr(storage.address) + caplog.text


def test_the_status_says_where_without_secrets(postgresql_dsn):
    storage = PostgreSQLStorage(postgresql_dsn + " password=s3cret")
    status = storage.status()
    storage.close()
    assert psycopg2.extensions.parse_dsn(postgresql_dsn)["dbname"] in status.place
    assert "s3cret" not in repr(status)
    assert status.kind.startswith("PostgreSQL 1")
    assert status.schema == SCHEMA


def test_a_uri_is_an_address_too(postgresql_dsn):
    known = psycopg2.extensions.parse_dsn(postgresql_dsn)
    host = f"{known['host']}:{known['port']}" if "port" in known else known["host"]
    login = known["user"] + (f":{known['password']}" if "password" in known else "")
    storage = PostgreSQLStorage(f"postgresql://{login}@{host}/{known['dbname']}")
    assert storage.logAccess("bob", "/site/doc", "/doc")
    storage.close()


# Errors


def test_an_empty_database_is_not_set_up(new_postgresql_database):
    storage = PostgreSQLStorage(new_postgresql_database(empty=True), "site")
    for call in (storage.status, lambda: storage.record([visit(1)])):
        with pytest.raises(StorageNotSetUp):
            call()
    storage.setup()
    storage.record([visit(1)])
    assert counts(storage) == [("alice", 1)]
    storage.close()


@pytest.mark.parametrize(
    "damage",
    [
        "DROP FUNCTION clicktracker_record(text, jsonb)",
        "DROP TABLE clicktracker_access",
        "DROP SCHEMA public CASCADE",
    ],
)
def test_what_is_missing_is_said_to_be_missing(storage, execute, damage):
    storage.record([visit(1)])
    execute(damage)
    with pytest.raises(StorageNotSetUp):
        storage.record([visit(2)])


@pytest.mark.parametrize(
    ("version", "advice"), [(SCHEMA - 1, "set up"), (SCHEMA + 1, "update")]
)
def test_tables_of_another_version_are_not_used(storage, execute, version, advice):
    execute("UPDATE clicktracker_schema SET version = %s", version)
    with pytest.raises(StorageNotSetUp, match=advice):
        storage.record([visit(1)])


def test_tables_of_a_newer_version_are_not_set_up_again(storage, execute):
    execute("UPDATE clicktracker_schema SET version = %s", SCHEMA + 1)
    with pytest.raises(StorageError, match="newer"):
        storage.setup()


def test_a_number_out_of_range_is_not_worth_another_try(storage):
    with pytest.raises(UnstorableData):
        storage.record([visit(1), visit(2, engaged=2**70)])
    assert readings(storage) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("22003", UnstorableData),
        ("21000", UnstorableData),
        ("54000", UnstorableData),  # e.g. a row that no page can hold
        ("54001", OperationalError),  # stack depth: a setting of the server
        ("54023", OperationalError),  # too many arguments: a bug
        ("53100", StorageUnavailable),
        ("57014", StorageUnavailable),
        ("40P01", StorageUnavailable),
    ],
)
def test_only_what_is_wrong_with_the_data_is_blamed_on_it(
    storage, execute, state, expected
):
    execute(
        "CREATE OR REPLACE FUNCTION clicktracker_record(site text, batch jsonb) "
        "RETURNS integer LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$"
    )
    with pytest.raises(expected):
        storage.record([visit(1)])


def test_a_bug_is_not_called_an_outage(storage, execute):
    storage.record([visit(1)])
    execute("ALTER TABLE clicktracker_reading_url DROP COLUMN last CASCADE")
    with pytest.raises(ProgrammingError):
        storage.getLog("/")


def test_parameters_are_in_no_error(storage, execute):
    execute("ALTER TABLE clicktracker_reading_url DROP COLUMN last CASCADE")
    with pytest.raises(ProgrammingError) as caught:
        storage.record([visit(1, Reader("carol"))])
    assert "carol" not in str(caught.value).split("[SQL")[1]


def test_an_adoption_that_fails_in_the_middle_changes_nothing(storage, execute):
    storage.record([visit(1, document=Document("", "/site/old")), visit(2)])
    execute(
        "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'broken'; END $$;"
        "CREATE TRIGGER broken BEFORE UPDATE ON clicktracker_access "
        "FOR EACH ROW EXECUTE FUNCTION broken()"
    )
    before = storage.status(), readings(storage)
    with pytest.raises(InternalError):
        storage.adopt("/site/old", DOC)
    assert (storage.status(), readings(storage)) == before


def test_what_was_served_keeps_no_access_from_being_the_newest(storage, execute):
    """Only what is older than others has to be looked up."""
    storage.record([visit(1, at=5), note(at=9), note(BOB, at=9)])
    newest = "SELECT newest FROM clicktracker_reading ORDER BY count DESC"
    assert execute(newest + " LIMIT 1") == [(seconds(5),)]
    assert execute(f"SELECT count(*) FROM ({newest}) n WHERE isfinite(newest)") == [
        (1,)
    ]


# What must not depend on the server


def test_times_are_utc_whatever_the_time_zone_of_the_server(storage, execute):
    (name,) = execute("SELECT current_database()")[0]
    execute(f"ALTER DATABASE {name} SET timezone = 'Asia/Kolkata'")
    execute(f"ALTER DATABASE {name} SET datestyle = 'SQL, DMY'")
    storage.record([visit(1, stay=7)])
    (row,) = readings(storage)
    assert (row.first, row.last) == (visit(1).opened, visit(1, stay=7).seen)
    assert row.last.tzinfo is timezone.utc
    assert storage.getLog("/")[0].last_access.tzinfo is timezone.utc


# The functions for SQL


def test_logclick_is_called_as_in_0_4(postgresql_dsn, execute):
    call = "SELECT logclick('bob', '/Plone/doc', 'http://example.org/doc')"
    assert execute(call) == [(True,)]
    assert execute(call) == [(True,)]
    nobody = PostgreSQLStorage(postgresql_dsn)
    ((user, count, last, url),) = nobody.getLog("/Plone")
    assert (user, count, url) == ("bob", 2, "http://example.org/doc")
    assert abs(last - datetime.now(timezone.utc)) < timedelta(minutes=1)
    nobody.close()


def test_logclick_loses_nothing_when_many_come_at_once(postgresql_dsn, execute):
    for number in range(20):
        call = f"SELECT logclick('bob', '/Plone/doc-{number}', '/doc')"
        at_once(execute, [call] * 4)
    nobody = PostgreSQLStorage(postgresql_dsn)
    assert [row.count for row in nobody.getLog("/")] == [80]
    nobody.close()


def test_visits_by_sql_are_not_bounded_by_a_ticket(execute, postgresql_dsn):
    """They have none; in a clock that stands still all would seem to have one."""
    execute(
        "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql "
        "AS $$ SELECT timestamptz '2026-01-01 12:00+00' $$;"
        "SET search_path = public, pg_catalog;"
        "SELECT count(logclick('bob', '/Plone/doc', '/doc')) "
        "FROM generate_series(1, 30)"
    )
    nobody = PostgreSQLStorage(postgresql_dsn)
    assert [row.count for row in nobody.getLog("/")] == [30]
    assert execute("SELECT count(DISTINCT issued) FROM clicktracker_access") == [(1,)]
    nobody.close()


def test_names_that_sql_can_not_fold_are_folded_when_a_site_claims_them(
    storage, execute
):
    for member in ("Älf", "älf", "Zoë"):
        execute("SELECT logclick(%s, '/site/doc', '/doc')", member)
    storage.adopt("/site/doc", DOC)
    assert [row.reader.user for row in readings(storage)] == ["Älf", "älf", "Zoë"]
    assert len(readings(storage, search="ÄLF")) == 2


# Months


def months(execute):
    return dict(
        execute(
            "SELECT tableoid::regclass::text, count(*) FROM clicktracker_access GROUP BY 1"
        )
    )


def test_accesses_are_kept_by_the_month_of_their_ticket(storage, execute):
    now = datetime.now(timezone.utc)
    storage.record([visit(1, issued=now)])
    assert months(execute) == {f"clicktracker_access_{now:%Y_%m}": 1}


def test_a_month_that_is_missing_is_no_reason_to_fail(storage, execute):
    late = datetime(2031, 5, 31, 23, 59, tzinfo=timezone.utc)
    storage.record([visit(1, issued=late), visit(2, issued=late)])
    storage.record([visit(1, issued=late, depth=5)])
    assert months(execute) == {"clicktracker_access_default": 2}
    assert [(row.count, row.depth) for row in readings(storage)] == [(2, 5)]


def test_rows_that_came_before_their_month_stay_where_they_are(storage, execute):
    now = datetime.now(timezone.utc)
    name = f"clicktracker_access_{now:%Y_%m}"
    storage.record([visit(3, BOB)])
    execute(f"DROP TABLE {name}")
    storage.record([visit(1, issued=now)])
    assert execute("SELECT clicktracker_months()") == [(0,)]
    storage.record([visit(1, issued=now), visit(2, issued=now)])
    assert months(execute) == {"clicktracker_access_default": 3}
    assert counts(storage) == [("alice", 2), ("bob", 1)]
    storage.setup()


def test_months_are_made_ahead_once_a_month(postgresql_dsn, execute):
    asked = []
    now = datetime(2026, 1, 31, 23, tzinfo=timezone.utc)
    storage = PostgreSQLStorage(postgresql_dsn, now=lambda: now)
    make_months = storage._make_months_now
    storage._make_months_now = lambda: (asked.append(now), make_months())
    storage.record([visit(1)])
    storage.record([visit(2)])
    assert len(asked) == 1
    now += timedelta(hours=2)
    storage.record([visit(3)])
    assert len(asked) == 2
    storage.close()


def test_months_that_can_not_be_made_are_only_logged(storage, execute, caplog):
    execute("DROP FUNCTION clicktracker_months(integer)")
    execute(
        "CREATE FUNCTION clicktracker_months() RETURNS integer LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'no more months'; END $$"
    )
    storage.record([visit(1)])
    storage.record([visit(2)])
    assert counts(storage) == [("alice", 2)]
    assert caplog.text.count("no more months") == 1


# Setting up


def test_who_reads_for_the_first_time_while_sets_are_made_is_in_them_afterwards(
    storage, postgresql_dsn, monkeypatch
):
    storage.record([visit(1)])
    other = PostgreSQLStorage(postgresql_dsn, "site")
    look = CatchingUp._states

    def look_as_somebody_comes(self, changes, rule):
        found = look(self, changes, rule)
        if changes.documents:
            other.record([visit(2, BOB)])
        return found

    monkeypatch.setattr(CatchingUp, "_states", look_as_somebody_comes)
    storage.rebuild()
    rows = storage.readings(ReadingQuery((DOC.uid,), sort="url")).rows
    assert [row.reader.user for row in rows] == ["alice", "bob"]
    other.close()
