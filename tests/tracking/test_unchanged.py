"""What outlives a request: nothing of another state of the database, nor for somebody
else than it was found for."""

from AccessControl import getSecurityManager
from plone import api
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.tracking import catalogued as catalogued_module
from slc.clicktracker.tracking import unchanged
from slc.clicktracker.tracking.catalogued import catalogued
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.tracking.tracked import tracked_below
from slc.clicktracker.tracking.unchanged import while_unchanged
from tests.counted import steps
from tests.tracking.another_request import another_request

import pytest
import transaction


@pytest.fixture
def board(site):
    """The folder of the board, which is tracked, with nothing that isn't saved."""
    with api.env.adopt_roles(["Manager"]):
        choose(site.board, Choice.TRACK)
        transaction.commit()
        yield site.board


def known():
    return while_unchanged("a subject").get("key")


def keep(found="found"):
    while_unchanged("a subject").keep("key", found)


def test_it_stays_until_anything_is_saved(board):
    keep()
    assert known() == "found"
    transaction.abort()
    assert known() == "found"
    assert while_unchanged("another subject").get("key") is None
    board.agenda.title = "Order of the day"
    transaction.commit()
    assert known() is None


def test_requests_in_other_threads_know_it_as_long_as_they_see_the_same(site, board):
    keep()
    with another_request(site) as (other, manager):
        assert known() == "found"
        other.board.agenda.title = "Order of the day"
        manager.commit()
        assert known() is None
        keep("of what is saved now")
    # This one began before that, and does not see it.
    assert site.board.agenda.title == "Agenda"
    assert known() is None
    keep()
    with another_request(site):
        assert known() == "of what is saved now"
    transaction.abort()
    assert known() == "of what is saved now"


def test_what_is_not_saved_is_found_for_one_request_alone(board):
    keep()
    board.agenda.title = "Order of the day"
    assert known() is None
    keep("of what is not saved")
    assert known() is None
    transaction.savepoint()
    keep("of what is not saved")
    assert known() is None
    transaction.abort()
    assert known() == "found"


def test_nothing_is_kept_by_who_has_changed_something_since_they_asked(board):
    subject = while_unchanged("a subject")
    board.agenda.title = "Order of the day"
    assert subject.keep("key", "of what is not saved") == "of what is not saved"
    transaction.abort()
    assert known() is None
    board.agenda.title = "Order of the day"
    transaction.commit()
    subject.keep("key", "of a state that is gone")
    assert known() is None


def test_no_more_is_kept_than_there_is_room_for(board, monkeypatch):
    monkeypatch.setattr(unchanged, "_MOST", 2)
    for number in range(3):
        while_unchanged("a subject").keep(number, "found")
    found = while_unchanged("a subject")
    assert [found.get(number) for number in range(3)] == ["found", "found", None]
    for number in range(unchanged._MOST_SUBJECTS):
        while_unchanged(number)
    assert while_unchanged("a subject").get(0) is None


def ids(found):
    return [each.content.getId() for each in found]


def tracked_for(viewer, board, permission=MANAGE_TRACKING):
    with api.env.adopt_user(username=viewer):
        return ids(tracked_below(board, permission))


def test_what_one_viewer_may_see_is_not_known_to_another(board):
    board.manage_setLocalRoles("alice", ["Manager"])
    board.agenda.manage_setLocalRoles("bob", ["Manager"])
    transaction.commit()
    for _time in range(2):
        assert tracked_for("alice", board) == ["agenda", "budget"]
        assert tracked_for("bob", board) == ["agenda"]
        assert tracked_for("carol", board) == []
        assert tracked_for("carol", board, "View") == ["agenda", "budget"]


def test_who_has_a_role_for_one_request_has_it_for_that_alone(board):
    """As another system may tell, each time anew."""
    for _time in range(2):
        assert tracked_for("carol", board) == []
        with api.env.adopt_user(username="carol"):
            getSecurityManager().getUser()._addRoles(["Manager"])
            assert ids(tracked_below(board, MANAGE_TRACKING)) == ["agenda", "budget"]


def test_what_is_chosen_moved_or_removed_counts_at_once(board):
    assert tracked_for("alice", board, "View") == ["agenda", "budget"]
    choose(board.agenda, Choice.EXCLUDE)
    assert tracked_for("alice", board, "View") == ["budget"]
    transaction.commit()
    assert tracked_for("alice", board, "View") == ["budget"]
    # The catalog is not told.
    board._delOb("budget")
    assert tracked_for("alice", board, "View") == []
    transaction.abort()
    assert tracked_for("alice", board, "View") == ["budget"]


def test_the_second_asking_takes_much_less(board):
    for number in range(20):
        api.content.create(board, "Document", f"paper-{number}")
    transaction.commit()
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(path="/plone/board")
    first = steps(catalogued, brains)
    assert steps(catalogued, brains) < first / 3


@pytest.fixture
def looked_at(monkeypatch):
    """The ids of those that something had to be found out about."""
    calls, find = [], catalogued_module._entry_of

    def noted(path, content):
        calls.append(content.getId())
        return find(path, content)

    monkeypatch.setattr(catalogued_module, "_entry_of", noted)
    return calls


def look(site):
    """Return the paths that a request sees in the folder, and their titles."""
    catalog = site.portal_catalog
    found = catalogued(catalog.unrestrictedSearchResults(path="/plone/board"))
    return {each.path.rpartition("/")[2]: each.content.title for each in found}


def test_of_a_commit_only_what_was_changed_is_looked_at_again(board, site, looked_at):
    look(site)
    assert sorted(looked_at) == ["agenda", "board", "budget"]
    looked_at.clear()
    board.agenda.title = "Order of the day"
    transaction.commit()
    assert look(site)["agenda"] == "Order of the day"
    assert looked_at == ["agenda"]


def test_so_it_is_where_another_process_or_thread_has_committed(board, site, looked_at):
    look(site)
    looked_at.clear()
    with another_request(site) as (other, manager):
        other.board.budget.title = "Household"
        manager.commit()
        assert look(other)["budget"] == "Household"
        assert looked_at == ["budget"]
    # This one began before, and still sees what was there.
    assert look(site)["budget"] == "Budget"
    transaction.abort()
    looked_at.clear()
    assert look(site)["budget"] == "Household"
    assert looked_at == []


@pytest.mark.parametrize("is_told", [True, False])
def test_what_is_gone_or_somewhere_else_is_not_found(board, site, is_told):
    """Also where the catalog has not heard of it."""
    look(site)
    moved = board._getOb("agenda")
    if is_told:
        api.content.rename(moved, "order")
        api.content.delete(board.budget)
    else:
        board._delOb("budget")
        board._delOb("agenda")
        moved.id = "order"
        board._setOb("order", moved)
    transaction.commit()
    assert sorted(look(site)) == (["board", "order"] if is_told else ["board"])


def test_another_object_of_the_same_name_is_another_one(board, site):
    look(site)
    other = board._getOb("budget")
    board._delOb("agenda")
    board._delOb("budget")
    other.id = "agenda"
    board._setOb("agenda", other)
    transaction.commit()
    assert look(site) == {"board": board.title, "agenda": "Budget"}
    # Its readings are those of that one.
    brains = site.portal_catalog.unrestrictedSearchResults(path="/plone/board/agenda")
    assert [each.uid for each in catalogued(brains)] == [other.UID()]


def test_nothing_is_known_any_more_where_the_storage_may_have_missed_changes(
    board, site, looked_at
):
    """As after a lost connection to a ZEO server."""
    look(site)
    looked_at.clear()
    site._p_jar.db()._mvcc_storage.invalidateCache()
    board.agenda.title = "Order of the day"
    transaction.commit()
    look(site)
    assert sorted(looked_at) == ["agenda", "board", "budget"]


def test_two_requests_that_ask_at_once_after_a_commit_are_both_answered(
    board, site, monkeypatch
):
    look(site)
    board.agenda.title = "Order of the day"
    transaction.commit()
    find = unchanged._changed

    def while_another_one_finds_the_same(*args):
        monkeypatch.setattr(unchanged, "_changed", find)
        with another_request(site) as (other, _manager):
            assert look(other)["agenda"] == "Order of the day"
        return find(*args)

    monkeypatch.setattr(unchanged, "_changed", while_another_one_finds_the_same)
    assert look(site)["agenda"] == "Order of the day"
