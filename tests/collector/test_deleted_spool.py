"""Somebody deletes the spool of a process that runs."""

from pathlib import Path
from slc.clicktracker.collector.ownership import Ownership
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.collector.spool import SpoolUnavailable
from slc.clicktracker.collector.spools import Spools
from tests.faults.servers import wait_for

import math
import pytest
import shutil
import signal
import subprocess
import sys


# A process whose storage is down: it takes three reads, says where its spool is, and
# three more when it is told.
PROCESS = """
import sys, time
from pathlib import Path
from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.storage.errors import StorageUnavailable
from tests.collector.accesses import plain_access
from tests.collector.accesses import RULES

class Down:
    def record(self, accesses):
        raise StorageUnavailable("down")

collector = Collector(Path(sys.argv[1]), lambda site: Down())
collector.start()
for part in ("a", "b"):
    for number in range(3):
        collector.accept(RULES, plain_access(key=f"{part}{number}".rjust(32, "0")))
    print(collector.spools.own.path, flush=True)
    sys.stdin.readline()
"""


def append(spools, *records):
    for record in records:
        spools.own.append("site", record, False, math.inf)


def adopted(folder):
    """What a later process finds."""
    later = Spools(folder)
    later.adopt()
    found = [one.batch("site", 100).records for one in later.all()]
    later.close()
    return [record for records in found for record in records]


def spool_files(folder: Path, *suffixes: str) -> list[Path]:
    return [path for path in folder.glob("spool-*") if path.name.endswith(suffixes)]


@pytest.fixture
def spools(tmp_path):
    made = Spools(tmp_path / "spool")
    yield made
    made.close()


@pytest.mark.parametrize(
    "deleted",
    [(".sqlite",), (".sqlite-wal",), (".lock",), ("",)],
    ids=["file", "log", "lock", "all"],
)
def test_what_memory_still_has_is_written_anew(spools, deleted):
    append(spools, b"1", b"2")
    first = spools.own
    for path in spool_files(spools.folder, *deleted):
        path.unlink()
    append(spools, b"3")
    spools.rescue()
    assert spools.own is not first
    append(spools, b"4")
    assert spools.all() == [spools.own]
    assert spools.own.batch("site", 10).records == [b"1", b"2", b"3", b"4"]
    spools.abandon()
    assert adopted(spools.folder) == [b"1", b"2", b"3", b"4"]
    spools._own = None


def test_who_has_the_deleted_one_in_his_hands_is_refused(spools):
    append(spools, b"1")
    first = spools.own
    batch = first.batch("site", 10)
    first.path.unlink()
    spools.rescue()
    with pytest.raises(SpoolUnavailable):
        first.append("site", b"2", False, math.inf)
    with pytest.raises(SpoolUnavailable):
        first.remove(batch)
    assert first.counts() == {}


def test_without_room_for_another_one_nothing_is_accepted_and_nothing_lost(
    spools,
):
    append(spools, b"1", b"2")
    shutil.rmtree(spools.folder)
    spools.folder.write_text("no folder")
    for _ in range(2):
        with pytest.raises(SpoolUnavailable):
            spools.rescue()
        with pytest.raises(SpoolUnavailable):
            append(spools, b"3")
    spools.folder.unlink()
    spools.rescue()
    append(spools, b"3")
    assert spools.own.batch("site", 10).records == [b"1", b"2", b"3"]


def test_a_full_disk_leaves_the_rest_for_the_next_time(spools, monkeypatch):
    append(spools, b"1")
    spools.own.path.unlink()

    def full(self, *args):
        raise SpoolUnavailable("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(Spool, "append_all", full)
        with pytest.raises(SpoolUnavailable):
            spools.rescue()
    spools.rescue()
    assert spools.own.batch("site", 10).records == [b"1"]


def test_what_is_there_is_left_alone(spools):
    append(spools, b"1")
    first = spools.own
    spools.rescue()
    assert spools.own is first


def test_adopted_spools_are_written_anew_too(spools):
    ownership = Ownership.new(spools.folder)
    left = Spool(ownership.name.with_suffix(".sqlite"))
    left.append("site", b"0", False, math.inf)
    left.close()
    ownership.release()
    spools.adopt()
    append(spools, b"1")
    for path in spool_files(spools.folder, ""):
        path.unlink()
    spools.rescue()
    assert sorted(spools.own.batch("site", 10).records) == [b"0", b"1"]
    assert spools.all() == [spools.own]


def test_a_process_that_is_killed_afterwards_has_lost_nothing(tmp_path):
    """The storage is down all the time."""
    folder = tmp_path / "spool"
    process = subprocess.Popen(
        [sys.executable, "-c", PROCESS, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        first = Path(process.stdout.readline().strip())
        for suffix in ("", "-wal", "-shm"):
            Path(f"{first}{suffix}").unlink()
        wait_for(
            lambda: not first.with_suffix(".lock").exists(), "no other spool is begun"
        )
        process.stdin.write("\n")
        process.stdin.flush()
        process.stdout.readline()
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert len(adopted(folder)) == 6
