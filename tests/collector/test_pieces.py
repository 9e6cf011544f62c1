"""A file is complete when all of its bytes were delivered, and never before."""

from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from hypothesis import given
from hypothesis import strategies as st
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from slc.clicktracker.collector import pieces as module
from slc.clicktracker.collector.pieces import LIFETIME
from slc.clicktracker.collector.pieces import merged
from slc.clicktracker.collector.pieces import Pieces
from slc.clicktracker.collector.pieces import PiecesUnavailable
from tempfile import TemporaryDirectory
from tests.collector.clock import Clock
from tests.nightly import examples

import pytest
import sqlite3


SIZE = 40
PIECE = st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)).map(sorted).map(tuple)
FILE = ("bob", "lease.pdf")


def bytes_in(pieces):
    return {byte for start, end in pieces for byte in range(start, end)}


@contextmanager
def a_folder():
    """One for each example."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@given(st.lists(PIECE))
@examples(100, nightly=20_000)
def test_pieces_together_hold_what_each_held_and_no_more(delivered):
    together = []
    for piece in delivered:
        together = merged(together, piece)
    assert bytes_in(together) == bytes_in(delivered)
    assert together == sorted(together)
    assert all(end < start for (_, end), (start, _) in pairwise(together))
    assert all(start < end for start, end in together)


@given(st.lists(PIECE))
@examples(100, nightly=5_000)
def test_a_file_is_complete_with_the_piece_that_was_missing(delivered):
    with a_folder() as folder:
        # Whichever process of the host it is that sends a piece.
        processes = [Pieces(folder), Pieces(folder)]
        so_far = []
        for number, (start, end) in enumerate(delivered):
            so_far.append((start, end))
            is_complete = bytes_in(so_far) == set(range(SIZE))
            assert processes[number % 2].add(FILE, start, end, SIZE) is is_complete
            if is_complete:
                so_far.clear()


@given(st.lists(st.tuples(st.integers(0, 2), PIECE)))
@examples(100, nightly=5_000)
def test_downloads_know_nothing_of_each_other(delivered):
    with a_folder() as folder:
        together = Pieces(folder)
        apart = [Pieces(folder / str(number)) for number in range(3)]
        for reader, piece in delivered:
            expected = apart[reader].add(FILE, *piece, SIZE)
            assert together.add((reader, *FILE), *piece, SIZE) is expected


def send(folder, piece):
    return Pieces(folder).add(FILE, piece, piece + 1, 60)


def test_of_many_processes_one_sends_the_piece_that_was_missing(tmp_path):
    with ProcessPoolExecutor(4, get_context("spawn")) as processes:
        sent = list(processes.map(send, [tmp_path] * 60, range(60)))
    assert sum(sent) == 1


def test_there_is_an_end_to_what_is_remembered(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_DOWNLOADS", 3)
    monkeypatch.setattr(module, "MOST_PIECES", 5)
    clock = Clock()
    pieces = Pieces(tmp_path, clock)
    for download in range(10):
        clock.now += 1
        for byte in range(0, 20, 2):
            pieces.add((download,), byte, byte + 1, 1000)
    with sqlite3.connect(pieces.path) as connection:
        kept = connection.execute("SELECT json_array_length(pieces) FROM downloads")
        assert kept.fetchall() == [(5,)] * 3
    # What was forgotten is never told as complete.
    assert not pieces.add((0,), 1, 1000, 1000)
    assert pieces.add((9,), 1, 1000, 1000)


def test_a_piece_that_there_is_no_room_for_can_still_close_gaps(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_PIECES", 2)
    pieces = Pieces(tmp_path)
    for start in (0, 4, 8):
        assert not pieces.add(FILE, start, start + 2, 10)
    assert not pieces.add(FILE, 2, 4, 10)
    assert pieces.add(FILE, 6, 10, 10)


def test_what_was_fetched_on_another_day_does_not_count(tmp_path):
    clock = Clock()
    pieces = Pieces(tmp_path, clock)
    assert not pieces.add(("early",), 0, 5, 10)
    clock.now += LIFETIME / 2
    assert not pieces.add(("late",), 0, 5, 10)
    clock.now += LIFETIME / 2
    assert not pieces.add(("early",), 5, 10, 10)
    assert pieces.add(("late",), 5, 10, 10)


def test_nobody_is_named_in_the_file(tmp_path):
    pieces = Pieces(tmp_path)
    pieces.add(("Plone", "acl_users", "bob.berger"), 0, 5, 10)
    assert b"bob.berger" not in pieces.path.read_bytes()
    assert pieces.path.stat().st_mode & 0o077 == 0


def overwritten(path):
    path.write_bytes(b"What the administrator's editor left of it.")


def with_a_page_of_zeros(path):
    pages = path.read_bytes()
    path.write_bytes(pages[:4096] + bytes(4096) + pages[8192:])


def with_strange_pieces(path):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE downloads SET pieces = 'from five to nine'")


@pytest.mark.parametrize(
    "damaged", [overwritten, with_a_page_of_zeros, with_strange_pieces]
)
def test_a_damaged_file_is_begun_anew(tmp_path, damaged):
    pieces = Pieces(tmp_path)
    assert not pieces.add(FILE, 0, 5, 10)
    damaged(pieces.path)
    with pytest.raises(PiecesUnavailable, match=r"pieces\.sqlite was damaged"):
        pieces.add(FILE, 5, 10, 10)
    assert not pieces.add(FILE, 5, 10, 10)
    assert pieces.add(FILE, 0, 5, 10)


def test_what_another_process_writes_is_waited_for_a_moment_only(tmp_path):
    pieces = Pieces(tmp_path)
    assert not pieces.add(FILE, 0, 5, 10)
    with sqlite3.connect(pieces.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(PiecesUnavailable, match="locked"):
            pieces.add(FILE, 5, 10, 10)
        other.execute("ROLLBACK")
    assert pieces.add(FILE, 5, 10, 10)


def test_a_clock_that_was_ahead_keeps_nothing_from_being_remembered(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(module, "MOST_DOWNLOADS", 3)
    clock = Clock()
    pieces = Pieces(tmp_path, clock)
    clock.now += LIFETIME / 2
    for download in range(3):
        assert not pieces.add((download,), 0, 5, 10)
    clock.now -= LIFETIME / 2
    assert not pieces.add(FILE, 0, 5, 10)
    assert pieces.add(FILE, 5, 10, 10)
