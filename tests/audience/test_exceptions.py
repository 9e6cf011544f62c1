"""Who is excused, why, since when and until when, and who said so."""

from datetime import date
from datetime import datetime
from datetime import timezone
from plone import api
from slc.clicktracker.audience import exceptions
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.exceptions import change_exception
from slc.clicktracker.audience.exceptions import end_exception
from slc.clicktracker.audience.exceptions import exceptions_at
from slc.clicktracker.audience.exceptions import exceptions_for
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from tests.audience.people import expected
from tests.audience.people import problems
from tests.layers import PASSWORD
from zope.annotation.interfaces import IAnnotations

import pickle
import pytest


BOB = Reader("bob")


def test_who_is_excused_is_not_expected_and_it_is_said_why(board):
    before = utc_now()
    with api.env.adopt_user("carol"):
        excuse(board.agenda, BOB, "on leave")
    (excused,) = audience_of(board.agenda).excused
    assert expected(board.agenda) == ["alice", "carol"]
    assert excused.reader == Reader("bob", "", "Bob Berger")
    assert (excused.reason, excused.by) == ("on leave", Reader("carol"))
    assert before <= excused.since <= utc_now()
    assert expected(board.budget) == ["alice", "bob", "carol"]


def test_an_exception_counts_for_everything_below(board, portal):
    excuse(board, BOB, "on leave")
    assert expected(board.agenda) == expected(board) == ["alice", "carol"]
    assert expected(portal.rules) == ["alice", "bob", "carol"]


def test_who_is_excused_twice_is_listed_once_with_the_nearer_reason(board):
    excuse(board, BOB, "on leave")
    excuse(board.agenda, BOB, "wrote it")
    ((exception, item),) = exceptions_for(board.agenda)
    assert (exception.reason, item.getId()) == ("wrote it", "agenda")
    end_exception(board.agenda, BOB)
    ((exception, item),) = exceptions_for(board.agenda)
    assert (exception.reason, item.getId()) == ("on leave", "board")


def test_ending_it_is_recorded_and_the_history_stays(board):
    with api.env.adopt_user("carol"):
        excuse(board, BOB, "on leave")
    with api.env.adopt_user("alice"):
        assert end_exception(board, BOB)
    assert expected(board) == ["alice", "bob", "carol"]
    excuse(board, BOB, "ill")
    first, second = exceptions_at(board)
    assert (first.reason, first.by, first.ended_by) == (
        "on leave",
        Reader("carol"),
        Reader("alice"),
    )
    assert first.since <= first.ended <= second.since
    assert second.ended is second.ended_by is None


def test_excusing_again_or_ending_nothing_changes_nothing(board):
    assert not end_exception(board, BOB)
    assert excuse(board, BOB, "on leave")
    assert not excuse(board, Reader("bob", "", "Bob"), "ill")
    assert not end_exception(board.agenda, BOB)
    (only,) = exceptions_at(board)
    assert only.reason == "on leave"


def test_who_is_excused_until_a_day_is_expected_again_the_day_after(board, monkeypatch):
    """The day is one of the site, which is fourteen hours ahead."""
    api.portal.set_registry_record("plone.portal_timezone", "Pacific/Kiritimati")
    june = date(2026, 6, 30)
    before = datetime(2026, 6, 30, 9, 59, tzinfo=timezone.utc)
    monkeypatch.setattr(exceptions, "utc_now", lambda: before)
    assert excuse(board, BOB, "on leave", until=june)
    assert not excuse(board, BOB, "ill")
    assert expected(board.agenda) == ["alice", "carol"]
    (only,) = exceptions_at(board)
    assert (only.until, only.holds, only.ended) == (june, True, None)
    after = datetime(2026, 6, 30, 10, 0, tzinfo=timezone.utc)
    monkeypatch.setattr(exceptions, "utc_now", lambda: after)
    assert expected(board.agenda) == ["alice", "bob", "carol"]
    assert exceptions_for(board.agenda) == ()
    (only,) = exceptions_at(board)
    assert (only.holds, only.is_over, only.ended) == (False, True, None)
    assert not end_exception(board, BOB)
    assert excuse(board, BOB, "ill")
    assert expected(board.agenda) == ["alice", "carol"]


@pytest.mark.parametrize("reason", ["", "  \n", "\0", " \u200b\ufffd"])
def test_without_a_reason_nobody_is_excused(board, reason):
    with pytest.raises(ValueError):
        excuse(board, BOB, reason)
    assert exceptions_at(board) == ()


def test_a_long_or_broken_reason_is_kept_as_far_as_it_can_be(board):
    excuse(board, BOB, "a\0\ud800" + "x" * 5000)
    (only,) = exceptions_at(board)
    assert only.reason == "a\ufffd\ufffd" + "x" * (LONGEST_REASON - 3)


def test_the_same_id_in_another_user_folder_is_somebody_else(board):
    excuse(board, Reader("bob", "/acl_users"), "never reads here")
    assert expected(board) == ["alice", "bob", "carol"]
    assert audience_of(board).excused == ()


def test_everybody_is_excused(board):
    for user in ("alice", "bob", "carol"):
        excuse(board, Reader(user), "ill")
    assert expected(board) == []
    assert problems(board) == [
        "Nobody is expected to read this: everybody in the audience is excused."
    ]


def test_a_new_account_of_a_deleted_ones_id_is_not_excused(board):
    excuse(board, BOB, "on leave")
    excuse(board.agenda, Reader("carol"), "on leave")
    api.user.delete(username="bob")
    assert audience_of(board).excused == ()
    api.user.create(username="bob", email="new@example.org", password=PASSWORD)
    assert expected(board) == ["alice", "bob", "carol"]
    (kept,) = exceptions_at(board)
    assert kept.ended is not None
    assert [each.reader.user for each in audience_of(board.agenda).excused] == ["carol"]


def test_an_account_that_vanished_is_no_member_and_not_listed_as_excused(board, portal):
    excuse(board, BOB, "on leave")
    portal.acl_users.source_users._userid_to_login.pop("bob")
    assert audience_of(board).excused == ()
    assert expected(board) == ["alice", "carol"]


def test_exceptions_stay_with_the_document_and_not_with_its_copy(board, portal):
    excuse(board.agenda, BOB, "on leave")
    copy = api.content.copy(board.agenda, portal, "copy")
    moved = api.content.move(board.agenda, portal)
    assert exceptions_at(copy) == ()
    assert expected(moved) == ["alice", "carol"]


def test_what_is_kept_can_be_loaded_without_the_package(board, portal):
    excuse(board, BOB, "on leave")
    end_exception(board, BOB)
    kept = IAnnotations(portal)["slc.clicktracker.evidence.declarations"]
    assert type(kept).__module__ == "BTrees.OOBTree"
    assert b"clicktracker" not in pickle.dumps(dict(kept))


def test_another_last_day_is_another_exception_and_the_history_stays(board):
    june, july = date(2040, 6, 30), date(2040, 7, 31)
    with api.env.adopt_user("carol"):
        excuse(board, BOB, "on leave", until=june)
    (first,) = exceptions_at(board)
    assert not change_exception(board, first, "on leave", june)
    with api.env.adopt_user("alice"):
        assert change_exception(board, first, "on leave", july)
    earlier, now = exceptions_at(board)
    assert (earlier.until, earlier.by, earlier.ended_by) == (
        june,
        Reader("carol"),
        Reader("alice"),
    )
    assert (now.until, now.by, now.holds) == (july, Reader("alice"), True)
    # Who looks at the earlier one still changes nothing.
    assert not change_exception(board, first, "ill", None)
    assert exceptions_at(board) == (earlier, now)
