"""Who may set up a PostgreSQL database, who may only use it, and in what encoding."""

from importlib.resources import files
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.made_up import visits
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import visit

import psycopg2.extensions
import pytest


SQL = files("slc.clicktracker") / "sql"


def test_a_role_that_may_not_create_tables_is_told_who_may(postgresql_server):
    dsn = postgresql_server.create(empty=True)
    stranger, password = postgresql_server.create_role()
    storage = PostgreSQLStorage(
        psycopg2.extensions.make_dsn(dsn, user=stranger, password=password)
    )
    with postgresql_server.connection(dsn) as cursor:
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    with pytest.raises(StorageError, match="as the owner"):
        storage.setup()


def test_owner_and_application_need_no_more_rights_than_they_have_to(
    new_postgresql_database, postgresql_server, psql
):
    dsn = new_postgresql_database(empty=True)
    name = psycopg2.extensions.parse_dsn(dsn)["dbname"]
    owner, password = postgresql_server.create_role()
    as_owner = psycopg2.extensions.make_dsn(dsn, user=owner, password=password)
    application, password = postgresql_server.create_role()
    as_application = psycopg2.extensions.make_dsn(
        dsn, user=application, password=password
    )
    with postgresql_server.connection(dsn) as cursor:
        cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        cursor.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        cursor.execute(f"GRANT CONNECT ON DATABASE {name} TO {owner}, {application}")
        cursor.execute(
            f"GRANT USAGE, CREATE ON SCHEMA public TO {owner} WITH GRANT OPTION"
        )

    psql(as_owner, SQL / "db.sql")
    for _ in range(2):
        psql(as_owner, SQL / "grants.sql", role=application)

    storage = PostgreSQLStorage(as_application, "site")
    storage.record([visit(1), visit(2, BOB)])
    storage.record_views([view(1, 0, BOB), view(2, 1, BOB)])
    assert [row.pages for row in visits(storage)] == [2]
    assert storage.presence(minutes(0)).on_site.members == 1
    storage.logAccess("bob", "/site/old", "/old")
    with postgresql_server.connection(as_application) as cursor:
        cursor.execute("SELECT logclick('bob', '/site/old', '/old')")
        cursor.execute("SELECT clicktracker_months(4)")
        assert cursor.fetchone() == (2,)
    assert storage.adopt("/site/old", DOC) == 2
    assert storage.claim("/site") == 0
    storage.retire(BOB)
    assert counts(storage) == [("alice", 1), ("bob", 3)]
    assert storage.getLog("/site")
    assert storage.forget(BOB) == 1
    assert visits(storage) == []
    assert storage.status().readers == 1
    storage.setup()
    with (
        postgresql_server.connection(as_application) as cursor,
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
    ):
        cursor.execute("CREATE TABLE mine (id integer)")
    storage.close()


def test_a_database_in_another_encoding_is_refused(postgresql_server):
    dsn = postgresql_server._create(
        "TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
    )
    with pytest.raises(StorageError, match="UTF8"):
        PostgreSQLStorage(dsn).setup()
