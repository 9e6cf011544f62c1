"""The writer: each access once, in the end, whatever the storage does meanwhile."""

from slc.clicktracker.collector.counters import Counters
from slc.clicktracker.collector.counters import STORED
from slc.clicktracker.collector.quarantine import Quarantine
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.collector.spool_line import packed
from slc.clicktracker.collector.writer import BATCH
from slc.clicktracker.collector.writer import CATCH_UP
from slc.clicktracker.collector.writer import Writer
from slc.clicktracker.interfaces import IReaderSets
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.errors import UnstorableData
from slc.clicktracker.storage.outbox.plain import plain_hit
from slc.clicktracker.testing.memory import MemoryStorage
from slc.clicktracker.testing.outbox import hit
from slc.clicktracker.testing.outbox import NOW
from tests.collector.accesses import access
from tests.collector.accesses import plain_access
from zope.interface import implementer

import logging
import pytest


class Recorder:
    """A storage that fails as told."""

    def __init__(self):
        self.keys = []
        self.batches = []
        self.failures = []
        self.poison = set()

    def record(self, accesses):
        if self.failures:
            raise self.failures.pop(0)
        keys = [one.key for one in accesses]
        if self.poison & set(keys):
            raise UnstorableData("a number is out of range")
        self.batches.append(len(keys))
        self.keys += keys


@implementer(IReaderSets)
class Deriving(Recorder):
    """It has something that is derived of what is recorded."""

    def __init__(self):
        super().__init__()
        self.caught_up = []

    def catch_up(self, rule=None, go_on=None):
        self.caught_up.append(len(self.keys))


@pytest.fixture
def recorders():
    return {"site": Recorder(), "other": Recorder()}


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool-1.sqlite")


@pytest.fixture
def quarantine(tmp_path):
    return Quarantine(tmp_path)


@pytest.fixture
def writer(recorders, quarantine, clock):
    return Writer(recorders.get, quarantine, Counters(), clock)


def fill(spool, count, site="site"):
    for number in range(count):
        spool.append(site, packed(plain_access(number)), False, 10**9)


def keys(count):
    return [access(number).key for number in range(count)]


def drain(writer, spool):
    writer.drain([spool], lambda: True)


def test_everything_is_stored_in_batches_and_leaves_the_spool(writer, spool, recorders):
    fill(spool, BATCH + 10)
    drain(writer, spool)
    assert recorders["site"].batches == [BATCH, 10]
    assert recorders["site"].keys == keys(BATCH + 10)
    assert spool.counts() == {}
    assert writer._counters.of("site") == {STORED: BATCH + 10}


def test_nothing_is_lost_and_nothing_left_out_while_the_storage_is_down(
    writer, spool, recorders, clock
):
    fill(spool, 3)
    recorders["site"].failures = [StorageUnavailable("down")]
    drain(writer, spool)
    assert spool.counts() == {"site": 3}
    assert writer.problems == {"site": "down"}
    clock.now += writer.next_attempt()
    drain(writer, spool)
    assert recorders["site"].keys == keys(3)
    assert writer.problems == {}


def test_a_storage_that_fails_is_left_alone_for_longer_each_time(
    writer, spool, recorders, clock
):
    fill(spool, 1)
    recorders["site"].failures = [StorageUnavailable("down")] * 12
    pauses = []
    for _ in range(12):
        drain(writer, spool)
        drain(writer, spool)
        pauses.append(writer.next_attempt())
        clock.now += pauses[-1]
    assert not recorders["site"].failures
    assert pauses[0] <= 0.5
    assert pauses[3] > pauses[0]
    assert max(pauses) <= 15


def test_one_storage_that_is_down_does_not_stop_the_others(writer, spool, recorders):
    fill(spool, 2)
    fill(spool, 2, "other")
    recorders["site"].failures = [StorageUnavailable("down")]
    drain(writer, spool)
    assert recorders["other"].keys == keys(2)
    assert spool.counts() == {"site": 2}


def test_what_dies_between_storage_and_spool_is_sent_again(
    writer, spool, recorders, monkeypatch
):
    fill(spool, 2)

    class Killed(BaseException):
        pass

    def die(batch):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(spool, "remove", die)
        with pytest.raises(Killed):
            drain(writer, spool)
    again = Spool(spool.path)
    drain(writer, again)
    assert recorders["site"].keys == keys(2) * 2
    assert again.counts() == {}


def test_one_impossible_access_among_a_thousand_is_set_apart(
    writer, spool, recorders, quarantine, caplog
):
    fill(spool, 1000)
    recorders["site"].poison = {keys(1000)[617]}
    drain(writer, spool)
    assert sorted(recorders["site"].keys) == keys(617) + keys(1000)[618:]
    (apart,) = quarantine.first("site", 10)
    assert apart.record == packed(plain_access(617))
    assert apart.reason == "a number is out of range"
    assert spool.counts() == {}
    assert "quarantine" in caplog.text


def test_a_batch_that_fails_while_the_impossible_is_looked_for_is_tried_again_whole(
    writer, spool, recorders, quarantine, clock
):
    fill(spool, 8)
    recorders["site"].poison = {keys(8)[3]}
    real = recorders["site"].record

    def record(accesses):
        if len(accesses) == 2 and not recorders["site"].failures:
            recorders["site"].failures = [StorageUnavailable("down")]
            recorders["site"].record = real
        return real(accesses)

    recorders["site"].record = record
    drain(writer, spool)
    assert spool.counts() == {"site": 8}
    assert quarantine.count("site") == 0
    clock.now += 60
    drain(writer, spool)
    assert set(recorders["site"].keys) == set(keys(8)) - recorders["site"].poison
    assert quarantine.count("site") == 1


def test_a_record_that_can_not_be_read_is_set_apart(
    writer, spool, recorders, quarantine
):
    fill(spool, 1)
    spool.append("site", b"\x00garbage", False, 10**9)
    fill(spool, 1)
    drain(writer, spool)
    assert len(recorders["site"].keys) == 2
    assert [one.record for one in quarantine.first("site", 9)] == [b"\x00garbage"]


def test_while_the_quarantine_can_not_be_written_nothing_is_lost(
    writer, spool, quarantine, recorders
):
    quarantine.path.mkdir()
    spool.append("site", b"garbage", False, 10**9)
    fill(spool, 1)
    drain(writer, spool)
    assert spool.counts() == {"site": 2}
    assert "quarantine" in writer.problems["site"]


def test_whatever_a_storage_raises_the_reads_are_kept(writer, spool, recorders, caplog):
    fill(spool, 2)
    recorders["site"].failures = [ZeroDivisionError("in somebody else's storage")]
    drain(writer, spool)
    assert spool.counts() == {"site": 2}
    assert "ZeroDivisionError" in writer.problems["site"]
    assert "Traceback" in caplog.text


def test_a_site_that_nobody_has_told_of_keeps_its_reads(writer, spool):
    fill(spool, 2, "unknown")
    drain(writer, spool)
    assert spool.counts() == {"unknown": 2}
    assert "knows no storage" in writer.problems["unknown"]


def test_the_log_says_it_once_and_that_it_is_over(
    writer, spool, recorders, clock, caplog
):
    caplog.set_level(logging.INFO)
    fill(spool, 1)
    recorders["site"].failures = [StorageUnavailable("down")] * 5
    for _ in range(5):
        drain(writer, spool)
        clock.now += 10
    assert caplog.text.count("can't be stored") == 1
    clock.now += 60
    drain(writer, spool)
    assert caplog.text.count("stored again") == 1


def test_it_stops_between_two_batches_when_told(writer, spool, recorders):
    fill(spool, BATCH * 2)
    answers = iter([True, False])
    writer.drain([spool], lambda: next(answers))
    assert recorders["site"].batches == [BATCH]
    assert spool.counts() == {"site": BATCH}


def test_a_spool_that_can_not_be_read_does_not_stop_what_is_in_the_others(
    writer, spool, recorders, tmp_path
):
    damaged = Spool(tmp_path / "spool-2.sqlite")
    fill(damaged, 1)
    damaged._connection.execute("DROP TABLE spool")
    fill(spool, 2)
    for _ in range(3):
        writer.drain([damaged, spool], lambda: True)
    assert recorders["site"].keys == keys(2)


def test_what_is_put_back_while_it_is_tried_again_stays(quarantine):
    quarantine.put("site", b"record", "impossible")
    taken_out = quarantine.first("site", 10)
    quarantine.put("site", b"record", "still impossible")
    quarantine.remove(taken_out)
    assert [one.reason for one in quarantine.first("site", 10)] == ["still impossible"]


def test_after_a_spool_that_could_not_be_read_there_is_rest(writer, spool, clock):
    """Nothing is left to do, so that the thread has nothing to wake up for."""
    fill(spool, 1)
    spool._connection.execute("ALTER TABLE spool RENAME TO elsewhere")
    drain(writer, spool)
    spool._connection.execute("ALTER TABLE elsewhere RENAME TO spool")
    clock.now += 60
    assert writer.next_attempt() > 0
    drain(writer, spool)
    assert writer.next_attempt() == float("inf")


def test_what_is_forwarded_gets_to_the_outbox_or_into_quarantine(
    spool, recorders, quarantine, writer
):
    recorders["site"] = MemoryStorage("site", now=lambda: NOW)
    for site in recorders:
        for _ in range(2):
            spool.append(site, packed(plain_hit(hit(1))), False, 10**9)
    drain(writer, spool)
    assert recorders["site"].waiting_hits("matomo", 9) == (hit(1),)
    assert quarantine.count("site") == 0
    (apart,) = quarantine.first("other", 9)
    assert apart.reason == "this storage has no outbox"


def test_what_is_derived_follows_what_was_recorded_now_and_then(
    writer, spool, recorders, clock
):
    storage = recorders["site"] = Deriving()
    fill(spool, 2)
    drain(writer, spool)
    assert storage.caught_up == [2]
    # Not with each batch: that would take longer than to record it.
    fill(spool, 3)
    drain(writer, spool)
    assert storage.caught_up == [2]
    clock.now += CATCH_UP
    drain(writer, spool)
    assert storage.caught_up == [2, 5]
    clock.now += CATCH_UP
    drain(writer, spool)
    assert storage.caught_up == [2, 5]


@pytest.mark.parametrize("kind", [StorageUnavailable, ZeroDivisionError])
def test_reads_are_stored_where_nothing_can_be_derived_of_them(
    writer, spool, recorders, caplog, kind
):
    def fails(rule=None, go_on=None):
        raise kind("it is locked")

    storage = recorders["site"] = Deriving()
    storage.catch_up = fails
    fill(spool, 2)
    drain(writer, spool)
    assert len(storage.keys) == 2
    assert writer.problems == {}
    assert "could not be brought up to date now: it is locked" in caplog.text
