"""A spool that fails, or is closed, while others use it."""

from concurrent.futures import ThreadPoolExecutor
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.collector.spool import SpoolUnavailable
from tests.faults.servers import PATIENCE
from tests.faults.servers import wait_for
from threading import Event

import math
import pytest


def test_no_read_of_a_group_is_acknowledged_when_writing_it_fails_in_any_way(
    tmp_path, monkeypatch
):
    spool = Spool(tmp_path / "spool.sqlite")
    insert, all_wait = Spool._insert, Event()

    def failing_insert(self, group):
        if len(group) == 1:
            # The first one holds the others up, so that they make a group.
            all_wait.wait(PATIENCE)
            insert(self, group)
        else:
            raise MemoryError

    def is_kept(number):
        try:
            spool.append("site", b"%d" % number, False, math.inf)
        except SpoolUnavailable:
            return False
        return True

    monkeypatch.setattr(Spool, "_insert", failing_insert)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(is_kept, 0)
        wait_for(lambda: spool._lock.locked(), "nobody writes")
        others = [pool.submit(is_kept, number) for number in range(1, 8)]
        wait_for(lambda: len(spool._waiting) == 7, "the others do not wait")
        all_wait.set()
        kept = [first.result(), *(one.result() for one in others)]
    assert kept == [True] + [False] * 7
    assert spool.counts() == {"site": 1}
    monkeypatch.undo()
    assert is_kept(8)
    assert spool.counts() == {"site": 2}
    spool.close()


def test_asking_for_the_oldest_read_of_a_spool_that_was_just_removed_is_no_error(
    tmp_path,
):
    spool = Spool(tmp_path / "spool.sqlite")
    spool.append("site", b"1", False, math.inf)
    assert spool.first("site") == b"1"
    spool.remove(spool.batch("site", 1))
    spool.close()
    assert spool.first("site") is None
    with pytest.raises(SpoolUnavailable):
        spool.append("site", b"2", False, math.inf)
