"""The spool keeps what it took, whatever happens to the process."""

from concurrent.futures import ThreadPoolExecutor
from hypothesis import strategies as st
from hypothesis.stateful import invariant
from hypothesis.stateful import rule
from hypothesis.stateful import RuleBasedStateMachine
from pathlib import Path
from slc.clicktracker.collector import spool as spool_module
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.collector.spool import SpoolFull
from slc.clicktracker.collector.spool import SpoolUnavailable
from tests.nightly import examples
from threading import Event

import os
import pytest
import sqlite3
import tempfile


LIMIT = 10_000_000


@pytest.fixture
def path(tmp_path):
    return tmp_path / "spool-1.sqlite"


def keep(spool, *records, site="site", strict=False, limit=LIMIT):
    for record in records:
        spool.append(site, record, strict, limit)


def records(spool, site="site"):
    return spool.batch(site, 1000).records


def test_records_come_out_in_the_order_in_which_they_came_in(path):
    spool = Spool(path)
    keep(spool, b"one", b"two", b"three")
    assert records(spool) == [b"one", b"two", b"three"]
    assert spool.batch("site", 2).records == [b"one", b"two"]
    assert spool.first("site") == b"one"


def test_what_was_appended_is_there_without_closing(path):
    spool = Spool(path)
    keep(spool, b"one", b"two")
    again = Spool(path)
    assert records(again) == [b"one", b"two"]
    assert again.counts() == {"site": 2}
    assert again.size == spool.size == 6


def test_only_what_was_stored_is_removed(path):
    spool = Spool(path)
    keep(spool, b"one", b"two")
    batch = spool.batch("site", 1000)
    keep(spool, b"three")
    keep(spool, b"other", site="other")
    spool.remove(batch)
    assert records(spool) == [b"three"]
    assert records(spool, "other") == [b"other"]
    assert spool.size == len(b"three" + b"other")


def test_numbers_go_on_when_everything_was_removed(path):
    spool = Spool(path)
    keep(spool, b"one")
    old = spool.batch("site", 1000)
    spool.remove(old)
    keep(spool, b"two")
    assert spool.batch("site", 1000).last > old.last


def test_sites_are_kept_apart(path):
    spool = Spool(path)
    keep(spool, b"a", site="one")
    keep(spool, b"b", site="two")
    assert sorted(spool.sites()) == ["one", "two"]
    spool.remove(spool.batch("one", 10))
    assert spool.sites() == ["two"]
    assert spool.first("one") is None


def test_a_full_spool_takes_nothing_more_until_something_is_stored(path):
    spool = Spool(path)
    keep(spool, b"12345", limit=8)
    with pytest.raises(SpoolFull):
        keep(spool, b"12345", limit=8)
    spool.remove(spool.batch("site", 10))
    keep(spool, b"12345", limit=8)


def test_many_threads_lose_nothing(path):
    spool = Spool(path)
    sent = [b"%d" % number for number in range(2000)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda record: keep(spool, record), sent))
    assert sorted(spool.batch("site", 5000).records) == sorted(sent)
    assert spool.counts() == {"site": 2000}


def test_a_strict_append_waits_for_the_disk_and_others_do_not(path, monkeypatch):
    synced = []
    monkeypatch.setattr(spool_module.os, "fsync", synced.append)
    spool = Spool(path)
    synced.clear()
    keep(spool, b"one")
    assert not synced
    assert spool.dirty
    keep(spool, b"two", strict=True)
    assert len(synced) == 1


def test_records_that_wait_for_the_disk_together_share_a_sync(path, monkeypatch):
    spool = Spool(path)
    synced = []
    monkeypatch.setattr(spool_module.os, "fsync", synced.append)
    with ThreadPoolExecutor(8) as pool:
        with spool._lock:
            jobs = [pool.submit(keep, spool, b"x", strict=True) for _ in range(8)]
            while len(spool._waiting) < 8:
                pass
        for job in jobs:
            job.result()
    assert len(synced) == 1
    assert len(records(spool)) == 8


class SlowDisk:
    """Syncs take until ``may_go_on``; they fail if that is wanted."""

    def __init__(self, monkeypatch, fails=False):
        self.syncs, self.fails = 0, fails
        self.is_syncing, self.may_go_on = Event(), Event()
        monkeypatch.setattr(spool_module.os, "fsync", self.sync)

    def sync(self, descriptor):
        self.syncs += 1
        self.is_syncing.set()
        assert self.may_go_on.wait(60)
        if self.fails:
            self.fails = False
            raise OSError("Input/output error")


def test_what_does_not_wait_for_the_disk_does_not_wait_for_those_who_do(
    path, monkeypatch
):
    spool = Spool(path)
    disk = SlowDisk(monkeypatch)
    with ThreadPoolExecutor(2) as pool:
        strict = pool.submit(keep, spool, b"strict", strict=True)
        assert disk.is_syncing.wait(60)
        keep(spool, b"other")
        assert not strict.done()
        later = pool.submit(keep, spool, b"later", strict=True)
        disk.may_go_on.set()
        for job in (strict, later):
            job.result()
    assert disk.syncs == 2, "what came during a sync is not on the disk with it"
    assert sorted(records(spool)) == [b"later", b"other", b"strict"]


def test_a_sync_that_fails_is_told_to_all_who_waited_for_it(path, monkeypatch):
    spool = Spool(path)
    disk = SlowDisk(monkeypatch, fails=True)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(keep, spool, b"1", strict=True)
        assert disk.is_syncing.wait(60)
        second = pool.submit(keep, spool, b"2", strict=True)
        while spool.counts() != {"site": 2}:
            pass
        disk.may_go_on.set()
        for job in (first, second):
            with pytest.raises(SpoolUnavailable):
                job.result()
    keep(spool, b"3", strict=True)


def test_a_sync_makes_it_clean(path):
    spool = Spool(path)
    keep(spool, b"one")
    spool.sync()
    assert not spool.dirty


def test_a_sync_that_fails_is_told_and_tried_again(path, monkeypatch):
    spool = Spool(path)
    keep(spool, b"one")

    def fail(descriptor):
        raise OSError("Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(spool_module.os, "fsync", fail)
        with pytest.raises(SpoolUnavailable, match="Input/output"):
            spool.sync()
    assert spool.dirty


def test_a_group_that_can_not_be_written_is_refused_whole(path):
    spool = Spool(path)
    keep(spool, b"before")
    spool._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(SpoolUnavailable):
        keep(spool, b"lost")
    with ThreadPoolExecutor(4) as pool:
        with spool._lock:
            jobs = [pool.submit(keep, spool, b"lost") for _ in range(4)]
            while len(spool._waiting) < 4:
                pass
        for job in jobs:
            assert isinstance(job.exception(), SpoolUnavailable)
    spool._connection.execute("PRAGMA query_only = OFF")
    keep(spool, b"after")
    assert records(spool) == [b"before", b"after"]


def test_nobody_is_told_that_it_is_kept_when_who_writes_for_all_is_gone(
    path, monkeypatch
):
    spool = Spool(path)

    class Killed(BaseException):
        pass

    def die(group):
        if group:
            raise Killed

    monkeypatch.setattr(spool, "_insert", die)
    with ThreadPoolExecutor(2) as pool:
        with spool._lock:
            jobs = [pool.submit(keep, spool, b"x") for _ in range(2)]
            while len(spool._waiting) < 2:
                pass
        errors = {type(job.exception()) for job in jobs}
    assert errors == {Killed, SpoolUnavailable}


def test_a_closed_spool_takes_nothing(path):
    spool = Spool(path)
    spool.close()
    with pytest.raises(SpoolUnavailable):
        keep(spool, b"late")


def test_a_file_that_is_no_spool_is_told(path):
    path.write_bytes(b"no database, but long enough to look like one" * 100)
    with pytest.raises(SpoolUnavailable):
        Spool(path)


def test_a_damaged_spool_is_told(path):
    spool = Spool(path)
    keep(spool, *[b"x" * 500] * 100)
    spool.close()
    with path.open("r+b") as file:
        file.seek(5000)
        file.write(b"\xff" * 20000)
    with pytest.raises(SpoolUnavailable):
        Spool(path).batch("site", 1000)


def test_nobody_else_on_the_host_can_read_it(path):
    spool = Spool(path)
    keep(spool, b"one")
    for file in path.parent.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file


class SpoolMachine(RuleBasedStateMachine):
    """Appending, storing and opening again, against a list for each site."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "spool.sqlite"
        self.spool = Spool(self.path)
        self.expected = {"a": [], "b": []}

    @rule(site=st.sampled_from("ab"), record=st.binary(min_size=1, max_size=50))
    def append(self, site, record):
        self.spool.append(site, record, False, LIMIT)
        self.expected[site].append(record)

    @rule(site=st.sampled_from("ab"), most=st.integers(1, 5))
    def store(self, site, most):
        batch = self.spool.batch(site, most)
        assert batch.records == self.expected[site][:most]
        self.spool.remove(batch)
        del self.expected[site][:most]

    @rule()
    def open_again(self):
        self.spool.close()
        self.spool = Spool(self.path)

    @invariant()
    def it_knows_what_it_has(self):
        counts = {site: len(had) for site, had in self.expected.items() if had}
        assert self.spool.counts() == counts
        size = sum(len(record) for had in self.expected.values() for record in had)
        assert self.spool.size == size

    def teardown(self):
        self.spool.close()
        self.folder.cleanup()


TestSpoolMachine = SpoolMachine.TestCase
TestSpoolMachine.settings = examples(30, nightly=1_000, stateful_step_count=30)


def test_the_file_is_a_plain_sqlite_database(path):
    """What an administrator can look into when it has to be."""
    spool = Spool(path)
    keep(spool, b"one")
    spool.close()
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT uid, record FROM spool JOIN site ON number = id >> 40"
    )
    assert rows.fetchall() == [("site", b"one")]
    connection.close()
    assert os.path.exists(path)
