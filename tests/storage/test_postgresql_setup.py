"""What db.sql does to databases that are in use already."""

from importlib.resources import files
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit

import json
import pytest


SQL = files("slc.clicktracker") / "sql"


@pytest.fixture
def storage(postgresql_dsn):
    made = PostgreSQLStorage(postgresql_dsn, "site")
    yield made
    made.close()


def test_a_process_that_runs_an_earlier_release_goes_on_recording(storage, execute):
    """Until it is restarted; it checks the version only when it connects."""
    batch = {
        "documents": [
            {
                "document": 0,
                "uid": DOC.uid,
                "identity": DOC.uid,
                "path": DOC.path,
                "title": DOC.title,
                "version": "3",
                "issued": "2026-01-01T12:00:00+00:00",
            }
        ],
        "readers": [
            {
                "reader": 0,
                "folder": "",
                "member": "bob",
                "name": "",
                "name_key": "bob",
                "id_key": "bob",
                "issued": "2026-01-01T12:00:00+00:00",
            }
        ],
        "urls": '{"/doc"}',
        "url_keys": '{"baf62c0924b5c759261071067788b896"}',
        "accesses": {
            "document": "{0}",
            "reader": "{0}",
            "key": '{"00000000000000000000000000000001"}',
            "issued": "{1767268800000000}",
            "opened": "{1767268800000000}",
            "seen": "{1767268809000000}",
            "engaged": "{9000}",
            "depth": "{50}",
            "origin": '{"page"}',
            "url": "{0}",
        },
        "views": 20,
        "plain": True,
    }
    call = "SELECT clicktracker_record('site', %s)"
    assert execute(call, json.dumps(batch)) == [(1,)]
    assert execute(call, json.dumps(batch)) == [(0,)]
    again = visit(1, BOB, stay=9, version=Version("3"), engaged=9000, marks=Marks.ENDED)
    storage.record([again])
    assert execute(call, json.dumps(batch)) == [(0,)]
    (row,) = readings(storage)
    assert (row.reader, row.count, row.level) == (BOB, 1, "finished")


@pytest.mark.parametrize("collation", ["C", "language"])
def test_db_sql_can_be_loaded_any_number_of_times(
    new_postgresql_database, psql, collation
):
    dsn = new_postgresql_database(collation, empty=True)
    for number in range(3):
        psql(dsn, SQL / "db.sql")
        storage = PostgreSQLStorage(dsn)
        storage.record([visit(number)])
        assert counts(storage) == [("alice", number + 1)]
        storage.close()


def test_db_sql_can_be_loaded_by_many_at_once(new_postgresql_database, psql):
    dsn = new_postgresql_database(empty=True)
    at_once(lambda number: psql(dsn, SQL / "db.sql"), range(4))
    storage = PostgreSQLStorage(dsn)
    storage.record([visit(1)])
    assert counts(storage) == [("alice", 1)]
    storage.close()


def test_setting_up_does_not_disturb_recording(postgresql_dsn):
    recorded = []

    def work(number):
        storage = PostgreSQLStorage(postgresql_dsn, "site")
        for step in range(20):
            if number < 2:
                storage.setup()
            else:
                storage.record([visit(number * 100 + step, Reader(f"user{number}"))])
                recorded.append(number)
        storage.close()

    at_once(work, range(4))
    storage = PostgreSQLStorage(postgresql_dsn, "site")
    assert counts(storage) == [("user2", 20), ("user3", 20)]
    storage.close()
