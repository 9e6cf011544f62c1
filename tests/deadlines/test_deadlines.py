"""Which deadline holds for a document, and what stays of earlier ones."""

from datetime import date
from datetime import timedelta
from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadline import is_overdue
from slc.clicktracker.deadlines.deadlines import applied_deadline
from slc.clicktracker.deadlines.deadlines import DEADLINE
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.deadlines.deadlines import deadlines_of_each
from slc.clicktracker.deadlines.deadlines import end_deadline
from slc.clicktracker.deadlines.deadlines import set_deadline
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.tracking.catalogued import catalogued
from tests.deadlines.deadlines import deadline
from tests.deadlines.deadlines import LATER

import pytest


DAY = timedelta(days=1)


def declared(content):
    return Declarations(DEADLINE).of(document_uid(content))


def items_below(content):
    catalog = api.portal.get_tool("portal_catalog")
    path = "/".join(content.getPhysicalPath())
    return catalogued(catalog.unrestrictedSearchResults(path=path, sort_on="path"))


def test_what_was_declared_is_there_again_as_it_was_said(board):
    said = Deadline(LATER, date(2036, 3, 1), "Europe/Berlin", "18:30", None, "finished")
    assert set_deadline(board.agenda, said, "")
    assert deadline_of(board.agenda) == said
    whole = Deadline(LATER, date(2036, 3, 1), "UTC", meeting=date(2036, 3, 4))
    assert set_deadline(board.agenda, whole, "the vote was moved")
    assert deadline_of(board.agenda) == whole
    assert (whole.time, whole.level) == ("", "opened")


def test_the_nearest_one_holds(board, portal):
    assert deadline_of(board.agenda) is None
    set_deadline(portal, deadline(LATER), "")
    set_deadline(board, deadline(LATER + DAY), "")
    set_deadline(board.agenda, deadline(LATER + 2 * DAY), "")
    assert deadline_of(board.agenda).moment == LATER + 2 * DAY
    assert deadline_of(board.budget).moment == LATER + DAY
    assert applied_deadline(board.budget).source.getId() == "board"
    assert deadline_of(portal.rules).moment == LATER
    assert end_deadline(board.agenda, "no vote")
    assert deadline_of(board.agenda).moment == LATER + DAY


def test_a_new_one_ends_the_one_before_and_both_are_kept(board):
    set_deadline(board.agenda, deadline(LATER), "for the vote")
    with api.env.adopt_user("carol"):
        assert set_deadline(board.agenda, deadline(LATER + DAY), "moved")
    before, now = declared(board.agenda)
    assert (before.holds, before.ended_by.user, before.ended_reason) == (
        False,
        "carol",
        "moved",
    )
    assert (now.holds, now.reason) == (True, "moved")
    assert Deadline.of(before) == deadline(LATER)


def test_the_same_again_changes_nothing(board):
    set_deadline(board.agenda, deadline(), "for the vote")
    assert not set_deadline(board.agenda, deadline(), "once more")
    assert len(declared(board.agenda)) == 1


def test_only_the_first_one_needs_no_reason(board):
    set_deadline(board.agenda, deadline(), " ")
    for reason in ("", " \n"):
        with pytest.raises(ValueError):
            set_deadline(board.agenda, deadline(LATER + DAY), reason)
        with pytest.raises(ValueError):
            end_deadline(board.agenda, reason)
    assert deadline_of(board.agenda) == deadline()


def test_ending_it_needs_one_that_holds_here(board):
    set_deadline(board, deadline(), "")
    assert not end_deadline(board.agenda, "no vote")
    assert end_deadline(board, "no vote")
    assert not end_deadline(board, "no vote")
    assert deadline_of(board.agenda) is None


def test_of_two_that_were_set_at_once_the_last_one_holds_and_one_end_ends_both(board):
    uid = document_uid(board.agenda)
    for days in (0, 1):
        Declarations(DEADLINE).declare(
            uid, "", details=deadline(LATER + days * DAY).details
        )
    assert deadline_of(board.agenda).moment == LATER + DAY
    end_deadline(board.agenda, "no vote")
    assert deadline_of(board.agenda) is None


def test_a_working_copy_has_none_and_leaves_that_of_its_original_alone(board):
    set_deadline(board, deadline(), "")
    set_deadline(board.agenda, deadline(LATER + DAY), "")
    copy = ICheckinCheckoutPolicy(board.agenda).checkout(board)
    assert deadline_of(copy) is None
    found = by_path(board)
    assert found[path_of(copy)] is None
    assert found[path_of(board.agenda)].moment == LATER + DAY
    ICheckinCheckoutPolicy(copy).checkin("revised")
    assert deadline_of(board.agenda).moment == LATER + DAY


def test_a_link_that_sends_its_readers_away_has_none(board):
    set_deadline(board, deadline(), "")
    link = api.content.create(board, "Link", "link", remoteUrl="https://example.org")
    mail = api.content.create(board, "Link", "mail", remoteUrl="mailto:a@example.org")
    assert deadline_of(link) is None
    assert deadline_of(mail) == deadline()
    found = by_path(board)
    assert found[path_of(link)] is None
    assert found[path_of(mail)] == deadline()
    api.portal.set_registry_record("plone.redirect_links", False)
    assert None not in by_path(board).values()


def by_path(content):
    """Return the deadlines of all that is there, as they are found together."""
    items = items_below(content)
    paths = [item.path for item in items]
    return dict(zip(paths, deadlines_of_each(items), strict=True))


def path_of(content):
    return "/".join(content.getPhysicalPath())


def test_a_deadline_that_is_in_no_list_of_levels_any_more_asks_for_the_least(board):
    details = deadline().details | {"level": "understood"}
    Declarations(DEADLINE).declare(document_uid(board.agenda), "", details=details)
    assert deadline_of(board.agenda).level == "opened"


def test_what_was_declared_stays_with_a_document_that_is_deleted(board):
    uid = document_uid(board.agenda)
    set_deadline(board.agenda, deadline(), "")
    api.content.delete(board.agenda)
    (kept,) = Declarations(DEADLINE).of(uid)
    assert kept.holds
    new = api.content.create(board, "Document", "agenda")
    assert deadline_of(new) is None


def test_a_deadline_is_over_from_its_moment_on():
    said = deadline(LATER)
    assert not said.has_passed(LATER - timedelta(microseconds=1))
    assert said.has_passed(LATER)
    assert deadline(utc_now() - DAY).has_passed()
    assert not deadline(utc_now() + DAY).has_passed()


def test_it_is_overdue_where_it_is_over_and_readers_are_missing():
    said = deadline(LATER)
    assert is_overdue(said, 1, LATER)
    assert not is_overdue(said, 0, LATER)
    assert not is_overdue(said, 1, LATER - DAY)
    assert not is_overdue(None, 1, LATER)
    assert not is_overdue(said, 1)


def test_many_documents_have_those_that_each_has(board, portal):
    set_deadline(portal, deadline(), "")
    for number in range(3):
        folder = api.content.create(board, "Folder", f"folder{number}")
        inner = api.content.create(folder, "Folder", "inner")
        for each in range(3):
            document = api.content.create(inner, "Document", f"document{each}")
            if each == 1:
                set_deadline(document, deadline(LATER + number * DAY), "")
        if number:
            set_deadline(folder, deadline(LATER + 9 * DAY + number * DAY), "")
    items = items_below(portal)
    assert len(items) > 15
    assert deadlines_of_each(items) == [deadline_of(each.content) for each in items]
    end_deadline(portal, "no vote")
    found = deadlines_of_each(items)
    assert found == [deadline_of(each.content) for each in items]
    assert None in found
