"""A calendar with what a member has to read, and by when."""

from datetime import date
from datetime import timedelta
from icalendar import Calendar
from plone import api
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import end_deadline
from slc.clicktracker.deadlines.deadlines import set_deadline
from slc.clicktracker.sites.calendar_secrets import calendar_secret
from slc.clicktracker.sites.calendar_secrets import make_calendar_secret
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from tests.audience.people import expect
from tests.browser.report.versions import edit
from tests.browser.report.versions import record
from tests.deadlines.deadlines import give_deadline
from tests.deadlines.deadlines import LATER
from tests.plone_site import authenticator_in

import pytest
import transaction


FEED = "/@@my-deadlines.ics"
PAGE = "/@@my-deadlines"


@pytest.fixture
def board(tracked):
    """Alice and Bob are expected to read the papers of the board."""
    expect(tracked, "alice", "bob")
    return tracked


@pytest.fixture
def bob(board, visitor):
    return visitor("bob")


def events(answer):
    """Return the events of a calendar by their titles."""
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar = Calendar.from_ical(answer.content)
    return {str(each["summary"]): each for each in calendar.walk("VEVENT")}


def titles(answer):
    return list(events(answer))


def test_it_has_what_a_member_has_to_read_and_what_is_done(board, bob):
    assert titles(bob.get(FEED)) == []
    give_deadline(board)
    give_deadline(board.budget, LATER - timedelta(days=1), level="finished")
    assert titles(bob.get(FEED)) == ["To read: Budget", "To read: Agenda"]
    record(board.agenda, "bob")
    record(board.budget, "bob")
    assert titles(bob.get(FEED)) == ["To read: Budget", "Done: Agenda"]
    edit(board.agenda, title="New agenda")
    assert titles(bob.get(FEED)) == ["To read: Budget", "To read: New agenda"]


def test_an_event_says_when_what_and_where(board, bob, site):
    give_deadline(
        board.agenda, level="finished", meeting=date(2036, 3, 4), reason="secret"
    )
    answer = bob.get(FEED)
    (event,) = events(answer).values()
    assert event.decoded("dtstart") == LATER
    assert event["uid"] == f"{board.agenda.UID()}@{site.UID()}"
    assert event["url"].endswith("/board/agenda")
    assert event["description"].split("\n") == [
        "To be read by: Mar 01, 2036 05:30 PM (UTC)",
        "Evidence asked for: Finished.",
        "Meeting: Mar 04, 2036.",
    ]
    assert "dtstamp" in event and event["transp"] == "TRANSPARENT"
    for word in ("bob", "Bob", "alice", "Alice", "secret"):
        assert word not in answer.text


def test_a_day_without_a_time_is_a_day(board, bob):
    set_deadline(board.agenda, Deadline(LATER, date(2036, 3, 1), "UTC"), "")
    transaction.commit()
    (event,) = events(bob.get(FEED)).values()
    assert event.decoded("dtstart") == date(2036, 3, 1)


def test_a_change_is_the_same_event_with_a_larger_number(board, bob):
    give_deadline(board)
    found = [events(bob.get(FEED))["To read: Agenda"]]
    give_deadline(board.agenda, LATER + timedelta(days=1))
    found.append(events(bob.get(FEED))["To read: Agenda"])
    end_deadline(board.agenda, "no vote")
    transaction.commit()
    found.append(events(bob.get(FEED))["To read: Agenda"])
    assert len({each["uid"] for each in found}) == 1
    numbers = [each["sequence"] for each in found]
    assert numbers == sorted(set(numbers))


def test_what_is_over_is_there_only_until_it_is_read(board, bob):
    give_deadline(board.agenda, utc_now() - timedelta(days=3))
    assert titles(bob.get(FEED)) == ["To read: Agenda"]
    record(board.agenda, "bob")
    assert titles(bob.get(FEED)) == []


def test_others_who_are_not_expected_or_excused_have_none(board, bob, visitor):
    give_deadline(board.agenda)
    assert titles(visitor("carol").get(FEED)) == []
    assert titles(visitor("alice").get(FEED)) == ["To read: Agenda"]
    excuse(board.agenda, Reader("bob"), "on leave")
    transaction.commit()
    assert titles(bob.get(FEED)) == []


def test_what_a_member_may_not_view_any_more_is_gone(board, bob):
    give_deadline(board)
    assert len(titles(bob.get(FEED))) == 2
    with api.env.adopt_roles(["Manager"]):
        board.agenda.manage_permission("View", ["Manager"], acquire=0)
    transaction.commit()
    assert titles(bob.get(FEED)) == ["To read: Budget"]


def test_titles_are_text(board, bob):
    title = "Agenda; a, b\\c\r\nATTENDEE:x \x07 " + "ä" * 100
    edit(board.agenda, title=title)
    give_deadline(board.agenda)
    answer = bob.get(FEED)
    assert titles(answer) == ["To read: Agenda; a, b\\c ATTENDEE:x  " + "ä" * 100]
    assert b"\r\nATTENDEE" not in answer.content and b"\x07" not in answer.content


def test_without_a_log_in_there_is_none(board, visitor):
    give_deadline(board)
    answer = visitor().get(FEED, allow_redirects=False)
    assert answer.status_code in (302, 401, 403)
    assert "BEGIN" not in answer.text
    answer = visitor().get(PAGE, allow_redirects=False)
    assert answer.status_code in (302, 401, 403)


def change(visitor, what, token=None):
    url = visitor.site_url + PAGE
    if token is None:
        token = authenticator_in(visitor.session.get(url).text)
    answer = visitor.session.post(url, data={what: "1", "_authenticator": token})
    transaction.begin()
    return answer


def address(user, secret=None):
    secret = calendar_secret(user) if secret is None else secret
    return f"{FEED}?member={user}&token={secret}"


def test_a_private_address_gives_the_same_to_a_calendar(board, bob, visitor):
    give_deadline(board.agenda)
    assert "?member=" not in bob.get(PAGE).text
    assert "?member=bob" in change(bob, "make").text
    answer = visitor().get(address("bob"))
    assert titles(answer) == ["To read: Agenda"]
    assert "bob" not in answer.text and calendar_secret("bob") not in answer.text
    assert "Set-Cookie" not in answer.headers
    record(board.agenda, "bob")
    assert titles(visitor().get(address("bob"))) == ["Done: Agenda"]
    # It is that of Bob, whoever is logged in.
    assert titles(visitor("carol").get(address("bob"))) == ["Done: Agenda"]


def test_it_is_good_for_that_alone(board, bob, visitor):
    change(bob, "make")
    query = address("bob").partition("?")[2]
    with api.env.adopt_roles(["Manager"]):
        board.agenda.manage_permission("View", ["Authenticated"], acquire=0)
    transaction.commit()
    for path in ("/board/agenda", PAGE, "/@@personal-information"):
        answer = visitor().get(f"{path}?{query}", allow_redirects=False)
        assert answer.status_code in (302, 401, 403), path
    # What it lists is what Bob may view.
    give_deadline(board.agenda)
    assert titles(visitor().get(address("bob"))) == ["To read: Agenda"]


def test_a_wrong_one_and_a_member_whom_nobody_knows_get_the_same_answer(
    board, bob, visitor
):
    change(bob, "make")
    secret = calendar_secret("bob")
    wrong = ("bob", "x"), ("nobody", secret), ("alice", ""), ("alice", "-")
    wrong += ("bob", ""), ("alice", secret), ("", secret), ("bob", "%ED%A0%80")
    answers = [visitor().get(address(*each)) for each in wrong]
    assert {each.status_code for each in answers} == {404}
    assert not any("BEGIN" in each.text for each in answers)
    assert not any(secret in each.text for each in answers)


def test_it_can_be_replaced_and_withdrawn(board, bob, visitor):
    change(bob, "make")
    first = address("bob")
    change(bob, "make")
    second = address("bob")
    assert first != second
    assert visitor().get(first).status_code == 404
    assert visitor().get(second).status_code == 200
    assert "doesn't work any more" in change(bob, "withdraw").text.replace(
        "&#x27;", "'"
    )
    assert visitor().get(second).status_code == 404
    assert calendar_secret("bob") == ""


def test_a_form_of_somebody_else_and_a_mere_link_change_nothing(board, bob):
    assert change(bob, "make", token="x").status_code == 403
    bob.get(f"{PAGE}?make=1")
    transaction.begin()
    assert calendar_secret("bob") == ""


def test_each_member_sees_the_own_address_alone(board, bob, visitor):
    make_calendar_secret("alice")
    transaction.commit()
    assert calendar_secret("alice") not in bob.get(PAGE).text
    assert calendar_secret("alice") in visitor("alice").get(PAGE).text


def test_an_account_that_is_not_of_the_site_has_no_private_address(board, visitor):
    manager = visitor("manager")
    page = manager.get(PAGE)
    assert "Your account is not one of this site" in page.text
    assert titles(manager.get(FEED)) == []


def test_it_ends_with_the_account(board, bob, visitor):
    make_calendar_secret("bob")
    transaction.commit()
    old = address("bob")
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
        api.user.create(username="bob", email="b@example.org", password="12345678x")
    transaction.commit()
    assert visitor().get(old).status_code == 404


def test_calendars_keep_what_they_have_while_the_storage_is_down(board, bob):
    give_deadline(board)
    store_dsn("dbname=tracking host=127.0.0.1 port=1 user=plone password=s3cret-word")
    transaction.commit()
    answer = bob.get(FEED)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "600"
    assert "s3cret-word" not in answer.text and "BEGIN" not in answer.text


def test_where_the_storage_can_not_tell_nothing_is_done(board, bob, two_methods):
    give_deadline(board.agenda)
    assert titles(bob.get(FEED)) == ["To read: Agenda"]


def test_looking_at_it_writes_nothing(board, bob):
    change(bob, "make")
    bob.get(FEED)
    bob.get(PAGE)
    transaction.begin()
    before = board._p_jar.db().lastTransaction()
    for path in (FEED, PAGE, address("bob")):
        bob.get(path)
    assert board._p_jar.db().lastTransaction() == before
