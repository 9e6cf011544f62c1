"""A file is complete when all of its bytes were delivered, and never before."""

from hypothesis import given
from hypothesis import strategies as st
from itertools import pairwise
from slc.clicktracker.collector import pieces as module
from slc.clicktracker.collector.pieces import LIFETIME
from slc.clicktracker.collector.pieces import merged
from slc.clicktracker.collector.pieces import Pieces
from tests.collector.clock import Clock


SIZE = 40
PIECE = st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)).map(sorted).map(tuple)


def bytes_in(pieces):
    return {byte for start, end in pieces for byte in range(start, end)}


@given(st.lists(PIECE))
def test_pieces_together_hold_what_each_held_and_no_more(delivered):
    together = []
    for piece in delivered:
        together = merged(together, piece)
    assert bytes_in(together) == bytes_in(delivered)
    assert together == sorted(together)
    assert all(end < start for (_, end), (start, _) in pairwise(together))
    assert all(start < end for start, end in together)


@given(st.lists(PIECE))
def test_a_file_is_complete_with_the_piece_that_was_missing(delivered):
    pieces, so_far = Pieces(), []
    for start, end in delivered:
        so_far.append((start, end))
        is_complete = bytes_in(so_far) == set(range(SIZE))
        assert pieces.add("file", start, end, SIZE) is is_complete
        if is_complete:
            so_far.clear()


@given(st.lists(st.tuples(st.integers(0, 3), PIECE)))
def test_downloads_know_nothing_of_each_other(delivered):
    together = Pieces()
    apart = [Pieces() for _ in range(4)]
    for download, piece in delivered:
        expected = apart[download].add("file", *piece, SIZE)
        assert together.add(download, *piece, SIZE) is expected


def test_there_is_an_end_to_what_is_remembered(monkeypatch):
    monkeypatch.setattr(module, "MOST_DOWNLOADS", 3)
    monkeypatch.setattr(module, "MOST_PIECES", 5)
    pieces = Pieces()
    for download in range(10):
        for byte in range(0, 100, 2):
            pieces.add(download, byte, byte + 1, 1000)
    assert len(pieces._downloads) == 3
    assert all(len(kept) == 5 for _, kept in pieces._downloads.values())
    # What was forgotten is never told as complete.
    assert not pieces.add(0, 1, 1000, 1000)
    assert pieces.add(9, 1, 1000, 1000)


def test_a_piece_that_there_is_no_room_for_can_still_close_gaps(monkeypatch):
    monkeypatch.setattr(module, "MOST_PIECES", 2)
    pieces = Pieces()
    for start in (0, 4, 8):
        assert not pieces.add("file", start, start + 2, 10)
    assert not pieces.add("file", 2, 4, 10)
    assert pieces.add("file", 6, 10, 10)


def test_what_was_fetched_on_another_day_does_not_count():
    clock = Clock()
    pieces = Pieces(clock)
    assert not pieces.add("early", 0, 5, 10)
    clock.now += LIFETIME / 2
    assert not pieces.add("late", 0, 5, 10)
    clock.now += LIFETIME / 2
    assert not pieces.add("early", 5, 10, 10)
    assert pieces.add("late", 5, 10, 10)
