"""A file that is fetched in pieces is noted once all of it was delivered."""

from slc.clicktracker.doors.process import collector
from slc.clicktracker.versions.visible import visible_version
from tests.doors.downloads.lease import DATA
from tests.doors.downloads.lease import fetch
from tests.doors.downloads.lease import LEASE
from tests.doors.downloads.lease import pdf
from tests.doors.downloads.lease import SIZE

import pytest
import transaction


def test_pieces_are_noted_once_all_of_them_were_delivered(board, visitor, waiting):
    bob = visitor("bob")
    assert fetch(bob, 0, 99).content == DATA[:100]
    fetch(bob, 500, SIZE - 1)
    fetch(bob, 50, 300)
    fetch(bob, 0, 99)
    assert waiting() == []
    fetch(bob, 301, 499)
    (note,) = waiting()
    assert (note.origin, note.reader.user) == ("downloaded", "bob")
    fetch(bob, 301, 499)
    assert len(waiting()) == 1


def test_a_range_that_is_all_of_it_is_all_of_it(board, visitor, waiting):
    assert fetch(visitor("bob"), 0, "").content == DATA
    assert len(waiting()) == 1


@pytest.mark.parametrize("asked", ["bytes=9999999-", "bytes=0-9,20-29", "lines=1-2"])
def test_a_range_that_plone_answers_with_all_of_it_is_all_of_it(
    board, visitor, waiting, asked
):
    answer = visitor("bob").get(LEASE, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (200, DATA)
    assert len(waiting()) == 1


def test_pieces_of_two_readers_do_not_add_up(board, visitor, waiting):
    bob, alice = visitor("bob"), visitor("alice")
    fetch(bob, 0, 499)
    fetch(alice, 500, SIZE - 1)
    assert waiting() == []
    fetch(alice, 0, 600)
    (note,) = waiting()
    assert note.reader.user == "alice"


def test_pieces_of_two_versions_do_not_add_up(board, visitor, waiting):
    bob = visitor("bob")
    fetch(bob, 0, 499)
    board["lease.pdf"].file = pdf(DATA[::-1])
    transaction.commit()
    fetch(bob, 500, SIZE - 1)
    assert waiting() == []
    fetch(bob, 0, 499)
    (note,) = waiting()
    assert note.version == visible_version(board["lease.pdf"])


def test_pieces_of_a_range_that_is_only_asked_after_do_not_count(
    board, visitor, waiting
):
    bob = visitor("bob")
    fetch(bob, 0, 499)
    headers = {"Range": f"bytes=500-{SIZE - 1}", "Connection": "close"}
    bob.session.head(bob.url_of(LEASE), headers=headers)
    assert waiting() == []


def test_pieces_are_delivered_whatever_has_become_of_what_is_remembered(
    board, visitor, waiting, caplog
):
    bob = visitor("bob")
    fetch(bob, 0, 499)
    path = collector().pieces.path
    path.write_bytes(b"What the administrator's editor left of it.")
    assert fetch(bob, 500, SIZE - 1).content == DATA[500:]
    assert waiting() == []
    (said,) = (one for one in caplog.messages if str(path) in one)
    assert "begun anew" in said
    fetch(bob, 0, 499)
    fetch(bob, 500, SIZE - 1)
    assert len(waiting()) == 1
