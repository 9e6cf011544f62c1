"""A database of 0.4 becomes one of today, and nothing is lost."""

from datetime import datetime
from datetime import timezone
from importlib.resources import files
from pathlib import Path
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.testing.contract import log
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit

import pytest


OLD = Path(__file__).with_name("clicktracker_0_4.sql")
DB = files("slc.clicktracker") / "sql" / "db.sql"

CLICKS = """
SELECT logclick('bob', '/Plone/doc', 'http://example.org/doc');
SELECT logclick('bob', '/Plone/doc', 'http://example.org/doc');
SELECT logclick('bob', '/Plone/doc', 'http://example.org/doc/view');
SELECT logclick('Älice', '/Plone/doc', 'http://example.org/doc');
SELECT logclick('bob', '/Plone/docs', 'http://example.org/docs');
SELECT logclick('bob', '/Other/doc', 'http://other.example.org/doc');
INSERT INTO document (path) VALUES ('/Plone/never-read');
UPDATE click SET lastaccess = '2014-07-01 12:00:00.5' WHERE url ~ 'doc$';
UPDATE click SET lastaccess = '2014-01-01 12:00:00' WHERE url !~ 'doc$';
"""

SUMMER = datetime(2014, 7, 1, 10, 0, 0, 500000, tzinfo=timezone.utc)
WINTER = datetime(2014, 1, 1, 11, tzinfo=timezone.utc)


@pytest.fixture
def execute(postgresql_server):
    def run(dsn, sql):
        with postgresql_server.connection(dsn) as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else None

    return run


@pytest.fixture
def dsn(new_postgresql_database, execute):
    """The database of a site that has used 0.4, on a server in Berlin."""
    made = new_postgresql_database("language", empty=True)
    name = execute(made, "SELECT current_database()")[0][0]
    execute(made, f"ALTER DATABASE {name} SET timezone = 'Europe/Berlin'")
    execute(made, OLD.read_text())
    execute(made, CLICKS)
    return made


@pytest.fixture
def open_storage():
    opened = []

    def new(dsn, site=""):
        opened.append(PostgreSQLStorage(dsn, site))
        return opened[-1]

    yield new
    for storage in opened:
        storage.close()


def test_counts_and_times_are_those_of_0_4(dsn, open_storage, psql):
    psql(dsn, DB)
    assert open_storage(dsn).getLog("/Plone", "url") == [
        LogRow("bob", 2, SUMMER, "http://example.org/doc"),
        LogRow("Älice", 1, SUMMER, "http://example.org/doc"),
        LogRow("bob", 1, WINTER, "http://example.org/doc/view"),
        LogRow("bob", 1, WINTER, "http://example.org/docs"),
    ]


def test_the_first_access_is_the_earliest_that_0_4_still_knew(dsn, open_storage):
    site = open_storage(dsn, "site")
    site.setup()
    site.adopt("/Plone/doc", DOC)
    assert [(row.first, row.last, row.count) for row in readings(site)] == [
        (SUMMER, SUMMER, 1),
        (WINTER, SUMMER, 3),
    ]


def test_a_zone_of_the_session_does_not_shift_them(dsn, open_storage, execute):
    execute(dsn, "SET timezone = 'Asia/Kolkata';" + DB.read_text("utf-8"))
    assert {row.last_access for row in open_storage(dsn).getLog("/")} == {
        SUMMER,
        WINTER,
    }


def test_they_are_taken_over_once(dsn, open_storage, psql, execute):
    before = execute(dsn, "SELECT * FROM click ORDER BY id")
    for _ in range(3):
        psql(dsn, DB)
    open_storage(dsn).setup()
    assert sum(row.count for row in open_storage(dsn).getLog("/")) == 6
    site = open_storage(dsn, "site")
    site.claim("/")
    site.setup()
    assert open_storage(dsn).getLog("/") == []
    assert execute(dsn, "SELECT * FROM click ORDER BY id") == before


def test_each_site_takes_what_is_below_its_own_path(dsn, open_storage):
    plone, other = open_storage(dsn, "plone"), open_storage(dsn, "other")
    plone.setup()
    assert plone.old_addresses("/Plone") == [
        ("/Plone/doc", SUMMER),
        ("/Plone/docs", WINTER),
    ]
    assert plone.adopt("/Plone/doc", DOC) == 2
    assert plone.claim("/Plone") == 1
    assert other.claim("/Other") == 1
    assert counts(plone) == [("Älice", 1), ("bob", 3)]
    assert log(plone, "/Plone/docs") == [("bob", 1, "http://example.org/docs")]
    assert log(other, "/") == [("bob", 1, "http://other.example.org/doc")]
    assert other.old_addresses("/Plone") == []


def test_they_are_added_to_what_was_recorded_since(dsn, open_storage):
    site = open_storage(dsn, "plone")
    site.setup()
    site.record([visit(1, stay=1, engaged=4)])
    site.adopt("/Plone/doc", DOC)
    found = {row.reader.user: row for row in readings(site)}
    assert found["bob"].count == 3
    assert found["alice"].engaged == 4


def test_calls_of_0_4_go_on_and_are_recorded_here(dsn, open_storage, psql, execute):
    psql(dsn, DB)
    call = "SELECT logclick('bob', '/Plone/doc', 'http://example.org/doc')"
    assert execute(dsn, call) == [(True,)]
    ((_user, count, last, _url),) = [
        row
        for row in open_storage(dsn).getLog("/Plone/doc")
        if row.user == "bob" and row.url == "http://example.org/doc"
    ]
    assert count == 3
    assert last > SUMMER


def test_functions_and_tables_of_others_are_left_alone(
    new_postgresql_database, open_storage, psql, execute
):
    dsn = new_postgresql_database(empty=True)
    execute(
        dsn,
        "CREATE FUNCTION logclick(integer) RETURNS text LANGUAGE sql "
        "AS 'SELECT ''mine''::text';"
        "CREATE TABLE document (id uuid, path text);"
        "CREATE TABLE click (id integer, document uuid);"
        "INSERT INTO document VALUES (gen_random_uuid(), '/mine');",
    )
    psql(dsn, DB)
    assert execute(dsn, "SELECT logclick(1)") == [("mine",)]
    assert execute(dsn, "SELECT path FROM document") == [("/mine",)]
    assert open_storage(dsn).old_addresses("") == []


OBJECTS = {
    "columns": """
        SELECT c.relname, c.relkind, c.reloptions, c.relacl, a.attname, a.attnotnull,
               format_type(a.atttypid, a.atttypmod), a.attidentity, a.attgenerated,
               l.collname, pg_get_expr(d.adbin, d.adrelid),
               col_description(c.oid, a.attnum)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        LEFT JOIN pg_collation l ON l.oid = a.attcollation
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relname ~ '^clicktracker' AND a.attnum > 0 AND NOT a.attisdropped""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE tablename ~ '^clicktracker'",
    "constraints": """
        SELECT c.relname, o.conname, pg_get_constraintdef(o.oid)
        FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
        WHERE c.relname ~ '^clicktracker'""",
    "functions": """
        SELECT pg_get_functiondef(p.oid), p.proacl, obj_description(p.oid, 'pg_proc')
        FROM pg_proc p WHERE p.proname ~ '^(clicktracker|logclick)'""",
    "partitions": """
        SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_class c
        WHERE c.relname ~ '^clicktracker' AND c.relispartition""",
}


def test_a_migrated_database_is_the_same_as_a_new_one(
    dsn, new_postgresql_database, psql, execute
):
    new = new_postgresql_database("language", empty=True)
    psql(new, DB)
    psql(dsn, DB)
    for kind, query in OBJECTS.items():
        query = f"SET timezone = 'UTC'; {query}"
        found = [sorted(map(repr, execute(where, query))) for where in (new, dsn)]
        assert len(found[0]) > 3, kind
        assert found[0] == found[1], kind
