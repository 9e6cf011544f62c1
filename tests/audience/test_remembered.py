"""What a process remembers of audiences takes as much memory as it says."""

from slc.clicktracker.audience.remembered import Remembered
from slc.clicktracker.storage.model import Reader

import tracemalloc


def test_a_reader_in_an_audience_takes_16_bytes():
    readers = [Reader(f"member-{number}") for number in range(10_000)]
    remembered = Remembered()
    tracemalloc.start()
    before, _peak = tracemalloc.get_traced_memory()
    for start in range(10):
        remembered.same(tuple(readers[start:]))
    after, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (after - before) / 100_000 < 20
    assert remembered.same(tuple(readers)) is remembered.same(tuple(readers))
