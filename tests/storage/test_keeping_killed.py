"""Who removes readings is killed in the middle: nothing is done by half, and it goes on."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.backends import storage_for
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import START

import pytest
import subprocess
import sys


#: Few, so that the rest takes longer than it takes to kill, also in memory.
BATCH = 3

#: How many batches wait for what is recorded between them; the rest goes on by itself.
TOLD = 9

#: Readers, each of whom has opened the document twice.
READERS = 700

_REMOVES = f"""
from datetime import datetime
from pathlib import Path
from slc.clicktracker.storage.backends import storage_for
import sys
place, name, before = sys.argv[1:]
storage = storage_for(Path(place) if place.startswith("/") else place, "one", False)
kind = ["opened"] if name == "drop_readings" else []
drop = getattr(storage, name)
for number, done in enumerate(drop(*kind, datetime.fromisoformat(before), {BATCH})):
    if number < {TOLD}:
        print("done", flush=True)
        sys.stdin.readline()
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    if request.param == "sqlite":
        return tmp_path / "readings.sqlite"
    return request.getfixturevalue("postgresql_dsn")


@pytest.fixture
def storage(place):
    storage = storage_for(place, "one", False)
    storage.setup()
    yield storage
    storage.close()


@pytest.mark.parametrize("name", ["drop_readings", "drop_accesses"])
def test_a_batch_is_whole_or_not_done_when_the_command_is_killed(place, storage, name):
    story = [
        read(n, Reader(f"user-{n % READERS:03}"), 1000, at=n)
        for n in range(2 * READERS)
    ]
    storage.record(story)
    before = START + timedelta(days=9)
    command = subprocess.Popen(
        [sys.executable, "-c", _REMOVES, str(place), name, before.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    recorded = 0
    while recorded < TOLD:
        assert command.stdout.readline() == "done\n"
        # A running site: what it records meanwhile is all there in the end, also of
        # somebody whose readings are about to be removed, and nothing comes back.
        now = datetime.now(timezone.utc)
        late = read(recorded, Reader(f"user-{recorded:03}"), 9000, at=recorded)
        storage.record([read(5000, Reader(f"new-{recorded}"), issued=now), late])
        recorded += 1
        command.stdin.write("\n")
        command.stdin.flush()
    command.kill()
    command.communicate()
    assert command.returncode < 0, "it was done before it was killed"
    rows = readings(storage)
    assert rows == rebuilt(storage)
    old = [row for row in rows if row.reader.user.startswith("user-")]
    assert {row.count for row in old} == {2}
    assert {row.engaged for row in old} == {2000}
    if name == "drop_readings":
        assert 0 < len(old) < READERS
        assert (READERS - len(old)) % BATCH == 0
        for _batch in storage.drop_readings("opened", before, 1000):
            pass
        assert len(readings(storage)) == recorded
    else:
        assert 0 < storage.old_accesses(before) < len(story)
        for _batch in storage.drop_accesses(before, 1000):
            pass
        assert storage.old_accesses(before) == 0
        assert readings(storage) == rows
    days = dict(storage.activity((DOC.uid,), seconds(0).date(), before.date()).by_day)
    assert sum(days.values()) == len(story)


def rebuilt(storage):
    """Return the same as it follows from the readings alone."""
    storage.rebuild()
    return readings(storage)
