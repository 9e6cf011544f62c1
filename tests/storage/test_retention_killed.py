"""Who forgets visitors is killed in the middle: no batch is done by half, and it goes on."""

from datetime import datetime
from datetime import timezone
from slc.clicktracker.storage.backends import storage_for
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import page_views
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.made_up import visits
from slc.clicktracker.testing.visits import ALICE

import pytest
import subprocess
import sys


BATCH = 7

#: How many batches wait for what is recorded between them; the rest goes on by itself.
TOLD = 9

_FORGETS = f"""
from datetime import datetime
from pathlib import Path
from slc.clicktracker.storage.backends import storage_for
import sys
place, name, before = sys.argv[1:]
storage = storage_for(Path(place) if place.startswith("/") else place, "one", False)
number = 0
while getattr(storage, name)(datetime.fromisoformat(before), {BATCH}):
    number += 1
    if number <= {TOLD}:
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


@pytest.mark.parametrize("name", ["drop_views", "drop_visits", "shorten_addresses"])
def test_a_batch_is_whole_or_not_done_when_the_command_is_killed(place, storage, name):
    story = [
        view(n, n / 10, ALICE, session=f"{n}", address="192.0.2.9") for n in range(2100)
    ]
    storage.record_views(story)
    before = minutes(10_000)
    command = subprocess.Popen(
        [sys.executable, "-c", _FORGETS, str(place), name, before.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    recorded = 0
    while recorded < TOLD:
        assert command.stdout.readline() == "done\n"
        # A running site: what it records meanwhile is all there in the end.
        now = datetime.now(timezone.utc)
        storage.record_views([view(5000 + recorded, now, session=f"new-{recorded}")])
        recorded += 1
        command.stdin.write("\n")
        command.stdin.flush()
    command.kill()
    command.communicate()
    assert command.returncode < 0, "it was done before it was killed"
    counts = {
        "drop_views": lambda: len(page_views(storage)) - recorded,
        "drop_visits": lambda: len(page_views(storage)) - recorded,
        "shorten_addresses": lambda: storage.whole_addresses(before),
    }
    left = counts[name]()
    assert 0 < left < 2 * len(story)
    assert left % BATCH == 0
    if name == "drop_visits":
        assert len(visits(storage)) - recorded == left
    while getattr(storage, name)(before, 1000):
        pass
    assert counts[name]() == 0
    assert len(page_views(storage, since=before)) == recorded
