"""What is a working copy: iterate's relation says so, not a marker that was copied."""

from Acquisition import aq_base
from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from plone.app.iterate.interfaces import IWorkingCopy
from plone.locking.interfaces import ILockable
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.tracking.choice import is_working_copy
from slc.clicktracker.tracking.choice import tracking_of

import pytest


@pytest.fixture
def board(portal):
    with api.env.adopt_roles(["Manager"]):
        board = api.content.create(portal, "Folder", "board")
        api.content.create(board, "Document", "agenda")
        choose(board, Choice.TRACK)
        yield board


def test_a_working_copy_is_one_until_it_is_checked_in(board):
    copy = ICheckinCheckoutPolicy(board.agenda).checkout(board)
    assert is_working_copy(copy) and not tracking_of(copy).tracked
    assert not is_working_copy(board.agenda)
    ICheckinCheckoutPolicy(copy).checkin("")
    assert tracking_of(board.agenda).tracked


def test_a_copy_of_a_working_copy_is_content_of_its_own(board):
    working_copy = ICheckinCheckoutPolicy(board.agenda).checkout(board)
    own = api.content.copy(working_copy, board, "own")
    assert IWorkingCopy.providedBy(own)
    assert not is_working_copy(own) and tracking_of(own).tracked
    ICheckinCheckoutPolicy(working_copy).cancelCheckout()
    assert not is_working_copy(own) and tracking_of(own).tracked
    assert tracking_of(board.agenda).tracked


def test_a_copy_of_a_working_copy_that_is_checked_out_itself_is_an_original(board):
    own = api.content.copy(
        ICheckinCheckoutPolicy(board.agenda).checkout(board), board, "own"
    )
    its_copy = ICheckinCheckoutPolicy(own).checkout(board)
    assert not is_working_copy(own) and tracking_of(own).tracked
    assert is_working_copy(its_copy) and not tracking_of(its_copy).tracked


def test_what_is_in_a_working_copy_is_not_tracked_either(board):
    working_copy = ICheckinCheckoutPolicy(board.agenda).checkout(board)
    below = aq_base(board.agenda).__of__(working_copy)
    assert tracking_of(working_copy).tracked is tracking_of(below).tracked is False


def test_a_working_copy_whose_original_is_gone_is_content_of_its_own(board):
    working_copy = ICheckinCheckoutPolicy(board.agenda).checkout(board)
    ILockable(board.agenda).clear_locks()
    api.content.delete(board.agenda, check_linkintegrity=False)
    assert not is_working_copy(working_copy)
    assert tracking_of(working_copy).tracked
