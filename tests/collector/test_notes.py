"""Notes of served pages wait in memory for a moment, and go to the spool together."""

from slc.clicktracker.collector import notes
from slc.clicktracker.collector.notes import Notes
from slc.clicktracker.collector.notes import NotesFull
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.collector.spool import SpoolFull
from slc.clicktracker.collector.spool_line import unpacked
from tests.collector.accesses import plain_access

import pytest


LIMIT = 1_000_000


@pytest.fixture
def spool(tmp_path):
    spool = Spool(tmp_path / "spool-1.sqlite")
    yield spool
    spool.close()


def test_notes_of_each_site_go_to_the_spool_in_their_order(spool):
    waiting = Notes()
    for site, depth in (("one", 1), ("two", 2), ("one", 3)):
        waiting.add(site, plain_access(depth=depth), LIMIT)
    assert waiting.spool(spool) == ({"one": 2, "two": 1}, None)
    records = spool.batch("one", 10).records
    assert [access.depth for access in unpacked(records).accesses] == [1, 3]
    assert waiting.spool(spool) == ({}, None)


def test_notes_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(notes, "MOST_NOTES", 3)
    waiting = Notes()
    for _ in range(3):
        waiting.add("one", plain_access(), LIMIT)
    with pytest.raises(NotesFull):
        waiting.add("one", plain_access(), LIMIT)


def test_a_site_with_a_full_spool_takes_no_note_of_another_one_along(spool):
    waiting = Notes()
    waiting.add("full", plain_access(), 10)
    waiting.add("other", plain_access(), LIMIT)
    kept, problem = waiting.spool(spool)
    assert kept == {"other": 1} == spool.counts()
    assert isinstance(problem, SpoolFull)
    assert waiting.spool(spool) == ({}, None)


def test_what_was_taken_over_from_others_counts_for_the_limit(spool):
    waiting = Notes()
    waiting.add("one", plain_access(), LIMIT)
    kept, problem = waiting.spool(spool, adopted_size=LIMIT)
    assert kept == {}
    assert isinstance(problem, SpoolFull)


def test_what_is_noted_may_be_found_out_when_it_goes_to_the_spool(spool):
    waiting, asked = Notes(), []

    def later():
        asked.append(1)
        return (plain_access(depth=1),)

    waiting.add("one", later, LIMIT)
    waiting.add("one", lambda: (), LIMIT)
    assert asked == []
    assert waiting.spool(spool) == ({"one": 1}, None)
    assert [one.depth for one in unpacked(spool.batch("one", 10).records).accesses] == [
        1
    ]
