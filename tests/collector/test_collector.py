"""The collector of a process: taking, storing, ending, taking over."""

from dataclasses import replace
from datetime import timedelta
from slc.clicktracker.collector import collector as collector_module
from slc.clicktracker.collector import uwsgi as threads
from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.collector.spool import SpoolUnavailable
from slc.clicktracker.collector.spool_line import packed
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.errors import UnstorableData
from slc.clicktracker.tickets.credential import LogInCookie
from slc.clicktracker.tickets.ticket import Keys
from slc.clicktracker.tickets.verdict import Reason
from slc.clicktracker.tickets.verdict import Refused
from slc.clicktracker.tickets.verdict import SiteRules
from tests.collector.accesses import access
from tests.collector.accesses import plain_access
from tests.collector.accesses import RULES
from threading import current_thread
from threading import Event

import pytest
import sys
import time
import types


class Recorder:
    """A storage that can be down, hang, or refuse one access for good."""

    def __init__(self):
        self.keys = []
        self.down = False
        self.impossible = None
        self.hangs = None

    def record(self, accesses):
        if self.hangs:
            self.hangs.wait(60)
        if self.down:
            raise StorageUnavailable("down")
        keys = [one.key for one in accesses]
        if self.impossible in keys:
            raise UnstorableData("impossible")
        self.keys += keys


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def start(tmp_path, recorder):
    """Return a function: a new process's collector in the same folder."""
    started = []

    def start():
        collector = Collector(tmp_path / "spool", lambda site: recorder)
        collector.start()
        started.append(collector)
        return collector

    yield start
    for collector in started:
        collector.stop()


def eventually(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def refusal(collector, number=0):
    with pytest.raises(Refused) as info:
        collector.accept(RULES, plain_access(number))
    return info.value


def keys(*numbers):
    return [access(number).key for number in numbers]


def test_what_is_accepted_is_stored_by_itself(start, recorder):
    collector = start()
    for number in range(3):
        collector.accept(RULES, plain_access(number))
    eventually(lambda: recorder.keys == keys(0, 1, 2))
    status = collector.status().of("site")
    assert (status.accepted, status.spooled) == (3, 0)


def test_what_a_storage_that_is_down_did_not_take_is_stored_when_it_is_back(
    start, recorder
):
    collector = start()
    recorder.down = True
    collector.accept(RULES, plain_access())
    eventually(lambda: collector.status().of("site").problem == "down")
    state = collector.status().of("site")
    assert (state.accepted, state.stored, state.spooled) == (1, 0, 1)
    assert state.oldest == access().opened
    recorder.down = False
    eventually(lambda: recorder.keys == keys(0))


def test_a_process_that_ends_stores_what_it_has_and_leaves_nothing(
    start, recorder, tmp_path
):
    collector = start()
    collector.accept(RULES, plain_access())
    collector.stop()
    assert recorder.keys == keys(0)
    assert list((tmp_path / "spool").iterdir()) == []


def test_what_a_process_could_not_store_is_taken_over_by_the_next(start, recorder):
    recorder.down = True
    one = start()
    one.accept(RULES, plain_access())
    one.stop()
    assert recorder.keys == []
    recorder.down = False
    two = start()
    eventually(lambda: recorder.keys == keys(0))
    eventually(lambda: len(list(two.spools.folder.glob("spool-*.sqlite"))) == 1)


def test_what_was_taken_over_is_counted_once(start, recorder):
    recorder.down = True
    one = start()
    one.accept(RULES, plain_access())
    one.spools.publish(one.status().to_json())
    one.stop()
    two = start()
    eventually(lambda: len(two.spools.all()) == 2)
    status = two.status_of_all("site")
    assert (len(status.processes), status.total.spooled) == (1, 1)


def test_a_spool_is_taken_over_by_one_of_many(start, recorder):
    recorder.down = True
    first = start()
    first.accept(RULES, plain_access())
    first.stop()
    others = [start() for _ in range(4)]
    eventually(lambda: sum(len(one.spools.all()) for one in others) == 5)
    recorder.down = False
    eventually(lambda: recorder.keys)
    eventually(lambda: sum(len(one.spools.all()) for one in others) == 4)
    assert recorder.keys == keys(0)


def test_a_storage_that_hangs_does_not_keep_the_process_from_ending(
    start, recorder, monkeypatch
):
    monkeypatch.setattr(collector_module, "FLUSH", 0.2)
    recorder.hangs = Event()
    collector = start()
    collector.accept(RULES, plain_access())
    collector.stop()
    assert refusal(collector).reason is Reason.NO_WRITER
    assert collector.spools.own.counts() == {"site": 1}
    recorder.hangs.set()


def test_after_the_end_nothing_is_accepted(start):
    collector = start()
    collector.stop()
    assert refusal(collector).reason is Reason.NO_WRITER


def test_without_the_thread_that_stores_nothing_is_accepted(
    start, recorder, monkeypatch, caplog
):
    class Killed(BaseException):
        """What ends a thread."""

    collector = start()
    monkeypatch.setattr("threading.excepthook", lambda args: None)
    monkeypatch.setattr(recorder, "record", lambda accesses: _raise(Killed))
    collector.accept(RULES, plain_access())
    eventually(lambda: not collector.is_alive)
    refused = refusal(collector)
    assert refused.reason is Reason.NO_WRITER
    assert dict(refused.headers)["Retry-After"]
    assert collector.status().writer == "dead"
    assert "not accepted now" in caplog.text


def _raise(error):
    raise error


def test_uwsgi_without_threads_is_told_what_to_do(start, monkeypatch, caplog):
    uwsgi = types.SimpleNamespace(opt={})
    monkeypatch.setitem(sys.modules, "uwsgi", uwsgi)
    collector = start()
    assert refusal(collector).reason is Reason.NO_WRITER
    assert "enable-threads" in caplog.text
    uwsgi.opt["enable-threads"] = True
    assert threads.complaint_about_threads() == ""


def test_a_folder_that_can_not_be_used_refuses_and_says_so_once(
    start, tmp_path, caplog
):
    (tmp_path / "spool").write_text("a file where the folder should be")
    collector = start()
    for number in range(3):
        assert refusal(collector, number).reason is Reason.SPOOL_UNAVAILABLE
    assert caplog.text.count("not accepted now") == 1
    (tmp_path / "spool").unlink()
    collector.accept(RULES, plain_access())


@pytest.mark.parametrize(("number", "seconds"), [(1, 0.4), (99, 0.4), (100, 1.5)])
def test_where_many_come_at_once_more_are_waited_for(
    start, monkeypatch, number, seconds
):
    """The more are recorded together, the less time each takes."""
    collector, waited = start(), []
    monkeypatch.setattr(collector._full, "wait", waited.append)
    collector._waiting = number
    collector._wait_for_others()
    assert sum(waited) == seconds


def test_a_full_spool_refuses_until_the_storage_is_back(start, recorder):
    recorder.down = True
    collector = start()
    small = SiteRules(
        "site", Keys((), ()), timedelta(hours=24), LogInCookie(""), spool_limit=500
    )
    accepted = 0
    with pytest.raises(Refused) as info:
        for number in range(10):
            collector.accept(small, plain_access(number))
            accepted += 1
    assert info.value.reason is Reason.SPOOL_FULL
    assert accepted
    recorder.down = False
    eventually(lambda: len(recorder.keys) == accepted)
    eventually(lambda: not collector.status().of("site").spooled)
    collector.accept(small, plain_access(99))


def test_all_that_a_message_is_waits_for_the_disk_once(start, recorder, monkeypatch):
    recorder.down = True
    collector = start()
    synced, wait = [], Spool._sync

    def sync(spool):
        synced.append(current_thread())
        wait(spool)

    monkeypatch.setattr(Spool, "_sync", sync)
    collector.accept(replace(RULES, strict=True), *map(plain_access, range(9)))
    assert synced.count(current_thread()) == 1


def test_of_a_message_for_which_there_is_no_room_nothing_is_kept(start, recorder):
    recorder.down = True
    collector = start()
    size = len(packed(plain_access(0)))
    with pytest.raises(Refused):
        rules = replace(RULES, spool_limit=2 * size - 1)
        collector.accept(rules, plain_access(0), plain_access(1))
    assert collector.spools.own.counts() == {}


def test_what_was_set_apart_can_be_tried_again(start, recorder):
    collector = start()
    recorder.impossible = access(1).key
    for number in range(3):
        collector.accept(RULES, plain_access(number))
    eventually(lambda: collector.quarantine.count("site") == 1)
    eventually(lambda: sorted(recorder.keys) == keys(0, 2))
    recorder.impossible = None
    assert collector.replay("site") == 1
    eventually(lambda: sorted(recorder.keys) == keys(0, 1, 2))
    assert collector.quarantine.count("site") == 0


def test_all_processes_of_a_folder_are_seen_together(start, recorder):
    recorder.down = True
    one, two = start(), start()
    one.accept(RULES, plain_access(1))
    two.accept(RULES, plain_access(2))
    eventually(lambda: one.status_of_all("site").total.accepted == 2)
    status = one.status_of_all("site")
    assert (status.total.spooled, status.writer) == (2, "alive")
    assert len(status.processes) == 2
    assert status.total.oldest == access(1).opened


def test_the_log_says_that_reads_wait_for_too_long(start, recorder, caplog):
    """The access is of years ago by its own time."""
    recorder.down = True
    collector = start()
    collector.accept(RULES, plain_access())
    eventually(lambda: "wait since" in caplog.text)


def test_each_second_what_is_new_is_on_the_disk(start, recorder):
    recorder.down = True
    collector = start()
    collector.accept(RULES, plain_access())
    eventually(lambda: not collector.spools.own.dirty)


def test_a_disk_that_can_not_be_synced_is_in_the_log(
    start, recorder, monkeypatch, caplog
):
    collector = start()

    def fail():
        raise SpoolUnavailable("Input/output error")

    monkeypatch.setattr(collector.spools, "sync", fail)
    eventually(lambda: "power cut" in caplog.text)
