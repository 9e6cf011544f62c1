"""Tables that an earlier version made are brought up to date, with what is in them."""

from dataclasses import replace
from pathlib import Path
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import coverage
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit
from sqlalchemy import inspect

import pytest
import sqlite3


HERE = Path(__file__).parent

#: How often alice had opened the document, by the version of the tables.
OPENED = {1: 25, 2: 20, 3: 20}

AGENDA = Document("uid-other", "/site/other", "Agenda")
PLAN = Document("uid-plan", "/site/plan", "Plan")

#: Seconds from ``START`` to the end of the day.
MIDNIGHT = 12 * 3600


def known(version):
    """What was recorded with this version of the tables."""
    return (
        *(visit(n, engaged=100) for n in range(1, OPENED[version] + 1)),
        visit(30, BOB, at=60, stay=5, url="/b"),
        visit(31, BOB, at=90, origin="cache", depth=7),
        visit(32, Reader("carol"), Document("", "/site/old"), at=30),
        *(LABELLED if version > 1 else ()),
        *(VERSIONED if version > 2 else ()),
    )


def opened_of(version):
    """The same, without notes of what was served."""
    return [access for access in known(version) if access.origin != SERVED]


#: Recorded with version 2 as well; so was a version "3" by somebody who is forgotten.
LABELLED = (
    visit(40, document=AGENDA, version=Version("1"), at=200, stay=60, engaged=4000),
    visit(41, document=AGENDA, version=Version("1"), at=150, stay=10, engaged=9000),
    visit(42, document=AGENDA, version=Version("2"), at=300, stay=20, engaged=7000),
)

#: Recorded with version 3 as well: two at midnight, and what was served.
VERSIONED = (
    visit(60, BOB, PLAN, at=MIDNIGHT - 1, version=Version("1", "d1", 7)),
    visit(61, BOB, PLAN, at=MIDNIGHT, version=Version("1", "d1", 7), ended=True),
    note(BOB, 500, document=PLAN, version=Version("1", "d1", 7)),
    note(Reader("carol"), 600, document=PLAN, version=Version("2", "d2", 8)),
)
SINCE_VERSIONED = {
    ("/site/plan", "1"): seconds(500),
    ("/site/plan", "2"): seconds(600),
}
DAYS_VERSIONED = {("/site/plan", "2026-01-01"): 1, ("/site/plan", "2026-01-02"): 1}


class OldTables:
    """A database of an earlier version.

    ``execute`` runs SQL in it as it is, ``open`` and ``new`` return storages of it
    and of a new database.
    """

    def __init__(self, version, execute, make, dsn, new_dsn):
        self.version = version
        self.execute = execute
        self.opened = []
        self.open = lambda: self._opened(make(dsn, "site"))
        self.new = lambda: self._opened(make(new_dsn, "site"))

    def _opened(self, storage):
        self.opened.append(storage)
        return storage


def sqlite(version, request):
    path = request.getfixturevalue("tmp_path") / "readings.sqlite"

    def execute(script):
        with sqlite3.connect(path) as connection:
            connection.executescript(script)

    execute((HERE / f"schema_{version}_sqlite.sql").read_text())
    return OldTables(
        version, execute, SQLiteStorage, path, path.with_name("new.sqlite")
    )


def postgresql(version, request):
    create = request.getfixturevalue("new_postgresql_database")
    dsn = create(empty=True)
    server = request.getfixturevalue("postgresql_server")

    def execute(script):
        with server.connection(dsn) as cursor:
            cursor.execute(script)

    execute((HERE / f"schema_{version}_postgresql.sql").read_text())
    return OldTables(version, execute, PostgreSQLStorage, dsn, create())


@pytest.fixture(
    params=[(make, version) for make in (sqlite, postgresql) for version in OPENED],
    ids=lambda param: f"{param[0].__name__}-{param[1]}",
)
def old(request):
    make, version = request.param
    made = make(version, request)
    yield made
    for storage in made.opened:
        storage.close()


def test_upgraded_tables_are_those_of_a_new_database(old):
    upgraded, new = old.open(), old.new()
    upgraded.setup()
    new.setup()
    assert tables(upgraded) == tables(new)


def tables(storage):
    """Return columns, keys and indexes of all tables but those of months."""
    inspector = inspect(storage.engine)
    names = [n for n in inspector.get_table_names() if "access_20" not in n]
    return {
        name: (
            {
                column["name"]: (
                    str(column["type"]),
                    column["nullable"],
                    str(column["default"]),
                )
                for column in inspector.get_columns(name)
            },
            inspector.get_pk_constraint(name),
            inspector.get_unique_constraints(name),
            [
                (index["name"], index["column_names"], index["unique"])
                for index in inspector.get_indexes(name)
            ],
        )
        for name in names
    }


def test_readings_are_what_they_were(old):
    storage = old.open()
    storage.setup()
    assert storage.status().schema == 4
    opened = OPENED[old.version]
    assert readings(storage) == [
        Reading(ALICE, DOC, opened, seconds(0), seconds(0), "/doc"),
        Reading(BOB, DOC, 2, seconds(60), seconds(90), "/doc", 0, 7, 1),
    ]
    assert storage.old_addresses("") == []
    assert storage.status().accesses == len(opened_of(old.version))


def test_time_on_a_page_is_bounded_by_the_old_tickets(old):
    """alice's hundred milliseconds had not passed since the ticket; then they have."""
    storage = old.open()
    storage.setup()
    opened = OPENED[old.version]
    storage.record([visit(1, stay=60, engaged=100)])
    assert readings(storage)[0].engaged == opened * 100
    assert coverage(storage) == Coverage(2, 2, 0, 0)


def test_views_of_a_ticket_have_lasted_no_longer_than_it_was_seen(old):
    """Where they are gone, what was added up before stays."""
    old.execute(
        "DELETE FROM clicktracker_access WHERE issued > (SELECT min(issued) "
        "FROM clicktracker_access)"
    )
    storage = old.open()
    storage.setup()
    storage.record([visit(99, at=60), visit(99, document=AGENDA, at=999)])
    assert readings(storage)[0].engaged == 0
    if old.version > 1:
        assert readings(storage, AGENDA.uid)[0].engaged == 20_000


def test_each_label_is_a_text_of_its_own_as_before(old):
    storage = old.open()
    storage.setup()
    storage.record(LABELLED)
    (row,) = readings(storage, AGENDA.uid)
    assert (row.count, row.engaged, row.level) == (3, 20_000, "engaged")
    storage.record([replace(LABELLED[2], ended=True)])
    (row,) = readings(storage, AGENDA.uid)
    assert (row.count, row.level) == (3, "finished")


def test_a_version_is_known_since_its_earliest_ticket(old):
    storage = old.open()
    storage.setup()
    storage.record(LABELLED)
    assert since(storage) == {
        ("/site/doc", ""): seconds(0),
        ("/site/old", ""): seconds(30),
        ("/site/other", "1"): seconds(150),
        ("/site/other", "2"): seconds(300),
        **({("/site/other", "3"): seconds(400)} if old.version > 1 else {}),
        **(SINCE_VERSIONED if old.version > 2 else {}),
    }
    storage.record([visit(50, BOB, at=-5)])
    assert since(storage)["/site/doc", ""] == seconds(-5)


def test_readings_whose_accesses_are_gone_keep_what_they_can(old):
    old.execute("DELETE FROM clicktracker_access")
    storage = old.open()
    storage.setup()
    assert [row.count for row in readings(storage)] == [OPENED[old.version], 2]
    assert since(storage)["/site/doc", ""] == seconds(0)
    storage.record([visit(99, BOB, at=61, stay=60, engaged=60_000)])
    assert readings(storage)[1].engaged == 60_000


def test_accesses_are_counted_by_the_day_of_their_tickets(old):
    old.execute("DELETE FROM clicktracker_access WHERE url = '/b'")
    storage = old.open()
    storage.setup()
    assert days(storage) == {
        ("/site/doc", "2026-01-01"): OPENED[old.version] + 1,
        ("/site/old", "2026-01-01"): 1,
        **({("/site/other", "2026-01-01"): 3} if old.version > 1 else {}),
        **(DAYS_VERSIONED if old.version > 2 else {}),
    }


def test_what_was_served_is_still_known(old):
    storage = old.open()
    storage.setup()
    served = coverage(storage, PLAN.uid)
    assert served == (Coverage(2, 1, 0, 0) if old.version > 2 else Coverage(0, 0, 0, 0))


def days(storage):
    """Return how many accesses there are by path and day."""
    with storage.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT d.path, n.day, n.accesses FROM clicktracker_day n "
            "JOIN clicktracker_document d ON d.id = n.document"
        ).all()
    return {(path, str(storage.dialect.date(day))): n for path, day, n in rows}


def since(storage):
    """Return since when versions are known, by path and label."""
    with storage.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT d.path, v.label, v.since FROM clicktracker_version v "
            "JOIN clicktracker_document d ON d.id = v.document"
        ).all()
    return {(row.path, row.label): storage.dialect.datetime(row.since) for row in rows}


def test_what_was_recorded_is_known(old):
    storage = old.open()
    storage.setup()
    before = readings(storage), days(storage)
    storage.record(known(old.version))
    storage.record([visit(99), visit(98, at=0, depth=100)])  # used up
    assert (readings(storage), days(storage)) == before
    storage.record([visit(1, stay=9, engaged=101), visit(31, BOB, at=90, depth=9)])
    storage.record([visit(n, BOB, at=60) for n in range(100, 130)])
    opened = OPENED[old.version]
    assert [(row.count, row.engaged, row.depth) for row in readings(storage)] == [
        (opened, opened * 100 + 1, 0),
        (VIEWS_PER_TICKET + 1, 0, 9),
    ]
    assert storage.adopt("/site/old", DOC) == 1


def test_many_that_find_old_tables_upgrade_them_once(old):
    def use(storage):
        storage.setup()
        storage.record(known(old.version))

    at_once(use, [old.open() for _ in range(4)])
    storage = old.open()
    assert storage.status().accesses == len(opened_of(old.version))
