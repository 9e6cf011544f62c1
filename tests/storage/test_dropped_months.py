"""Who drops the accesses of old months loses nothing else."""

from datetime import date
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.past import PastReadings
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import coverage
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds

import pytest


DAY = date(2026, 1, 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def storage(request, tmp_path):
    """Alice has opened the document twice and Bob once; the accesses are gone."""
    if request.param == "sqlite":
        made = SQLiteStorage(tmp_path / "readings.sqlite", "site")
    else:
        made = PostgreSQLStorage(request.getfixturevalue("postgresql_dsn"), "site")
    made.record(
        [
            read(1, engaged=4000, at=10),
            read(2, engaged=7000, at=300, depth=40),
            read(3, BOB, engaged=1000, at=20, marks=Marks.ENDED),
        ]
    )
    with made.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM clicktracker_access")
    yield made
    made.close()


def test_readings_and_days_are_still_known(storage):
    alice, bob = readings(storage)
    assert (alice.count, alice.engaged, alice.depth) == (2, 11_000, 40)
    assert (alice.first, alice.last) == (seconds(10), seconds(307))
    assert (bob.count, bob.engaged, bob.marks) == (1, 1000, Marks.ENDED)
    assert coverage(storage) == Coverage(2, 2, 1, 0)
    assert storage.activity((DOC.uid,), DAY, DAY).by_day == ((DAY, 3),)


def test_what_is_recorded_then_is_added(storage):
    storage.record([read(4, engaged=2000, at=600), read(5, BOB, engaged=9000, at=700)])
    alice, bob = readings(storage)
    assert (alice.count, alice.engaged, alice.level) == (3, 13_000, "engaged")
    assert (bob.count, bob.engaged, bob.level) == (2, 10_000, "finished")
    assert storage.activity((DOC.uid,), DAY, DAY).by_day == ((DAY, 5),)


def test_the_past_is_not_told_from_what_is_left(storage):
    storage.record([read(4, engaged=2000, at=600)])
    found = storage.past_readings([DOC.uid], seconds(9000), EngagementRule())
    assert found == PastReadings(complete=False)
