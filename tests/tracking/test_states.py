"""What is remembered of content: nothing that is not so any more."""

from plone import api
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.tracking.allowed import allowed
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.tracking.states import state_of
from slc.clicktracker.tracking.tracked import tracked_below
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest

import pytest
import transaction


@pytest.fixture
def board(site):
    """The folder of the board, of which nothing is tracked."""
    with api.env.adopt_roles(["Manager"]):
        choose(site.board, Choice.INHERIT)
        transaction.commit()
        yield site.board


def title_of(content):
    return content.title


@pytest.fixture
def asked(board):
    """Return a function that tells the title of the agenda as it is remembered, and how
    often the agenda itself was asked."""
    times = []

    def title(content):
        times.append(content)
        return content.title

    return lambda: (state_of(board.agenda).ask(title, board.agenda), len(times))


def test_it_is_asked_once_while_it_stays_as_it_is(board, asked):
    assert [asked() for _time in range(3)] == [("Agenda", 1)] * 3
    transaction.commit()
    board._p_jar.cacheMinimize()
    assert asked() == ("Agenda", 1)


def test_what_is_changed_is_asked_again_each_time_until_it_is_saved(board, asked):
    asked()
    board.agenda.title = "Order of the day"
    assert [asked() for _time in range(2)] == [
        ("Order of the day", 2),
        ("Order of the day", 3),
    ]
    transaction.savepoint()
    board.agenda.title = "Another"
    transaction.savepoint()
    assert asked() == ("Another", 4)
    transaction.commit()
    assert [asked() for _time in range(2)] == [("Another", 5)] * 2


def test_what_is_asked_of_an_earlier_state_is_not_remembered_of_it(board, asked):
    before = state_of(board.agenda)
    board.agenda.title = "Order of the day"
    transaction.savepoint()
    assert before.ask(title_of, board.agenda) == "Order of the day"
    transaction.abort()
    assert state_of(board.agenda).ask(title_of, board.agenda) == "Agenda"


def test_what_was_given_up_is_as_before(board, asked):
    asked()
    board.agenda.title = "Order of the day"
    assert asked() == ("Order of the day", 2)
    transaction.abort()
    assert asked() == ("Agenda", 2)


def save():
    """Begin another request: for one, Plone remembers what it has found out."""
    transaction.commit()
    IAnnotations(getRequest()).clear()


def paths(board, permission=MANAGE_TRACKING):
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(path="/plone/board")
    return [each.path.removeprefix("/plone/") for each in allowed(brains, permission)]


def test_a_role_a_permission_and_a_move_count_once_they_are_saved(board):
    with api.env.adopt_user(username="carol"):
        assert paths(board) == []
        board.agenda.manage_setLocalRoles("carol", ["Manager"])
        board.budget.manage_setLocalRoles("carol", ["Manager"])
        save()
        assert paths(board) == ["board/agenda", "board/budget"]
        board.agenda._View_Permission = ("Nobody",)
        save()
        assert paths(board) == ["board/budget"]
        board.budget.__ac_local_roles__ = {}
        save()
        assert paths(board) == []
        board.manage_setLocalRoles("carol", ["Manager"])
        save()
        assert paths(board) == ["board", "board/budget"]


def test_what_is_chosen_counts_once_it_is_saved(board):
    def tracked():
        with api.env.adopt_user(username="alice"):
            return [each.content.getId() for each in tracked_below(board, "View")]

    assert tracked() == []
    choose(board, Choice.TRACK)
    save()
    assert tracked() == ["agenda", "budget"]
    choose(board.agenda, Choice.EXCLUDE)
    save()
    assert tracked() == ["budget"]
    choose(board.agenda, Choice.INHERIT)
    save()
    assert tracked() == ["agenda", "budget"]
    with api.env.adopt_roles(["Manager"]):
        api.content.rename(board.budget, "abacus")
    save()
    assert tracked() == ["abacus", "agenda"]
