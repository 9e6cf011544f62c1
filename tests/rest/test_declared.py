"""Other software says who is to read something, by when, and what makes no difference."""

from plone import api
from slc.clicktracker.acknowledgements.asked import sentence_of
from slc.clicktracker.audience.exceptions import exceptions_at
from slc.clicktracker.audience.rules import rule_of
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.sites.openings import openings_by
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.versions.minor_changes import current_texts
from tests.audience.people import expect
from tests.audience.people import give_role
from tests.browser.privacy.settings import choose_privacy
from tests.browser.report.minor_changes import editor_of
from tests.browser.report.minor_changes import read_in_three_versions
from tests.rest.documented import documented

import pytest
import transaction


AGENDA = "/board/agenda"
DEADLINE = f"{AGENDA}/@deadline"
ASKING = f"{AGENDA}/@acknowledgement-choice"
AUDIENCE = f"{AGENDA}/@audience"
EXCEPTIONS = f"{AGENDA}/@exceptions"
MINOR = f"{AGENDA}/@minor-changes"


@pytest.fixture
def carol(tracked, client):
    """She looks after what is read."""
    give_role(tracked, "carol")
    return client("carol")


def fields(answer):
    assert answer.status_code == 400, answer.text
    return [each["field"] for each in answer.json()["errors"]]


def held(content):
    transaction.begin()
    return deadline_of(content)


def test_a_deadline_is_set_changed_and_ended(tracked, carol):
    new = {"day": "2036-03-01", "time": "18:30", "meeting": "2036-03-02"}
    answer = carol.patch(DEADLINE, **new, level="finished")
    assert answer.status_code == 200, answer.text
    documented(answer)
    deadline = held(tracked.agenda)
    assert (deadline.time, deadline.level, deadline.reminds) == (
        "18:30",
        "finished",
        True,
    )
    known = carol.get(DEADLINE).json()
    assert known["own"]["meeting"] == "2036-03-02"
    later = {"day": "2036-04-01", "holding": known["holding"]}
    assert fields(carol.patch(DEADLINE, **later)) == ["reason"]
    answer = carol.patch(DEADLINE, **later, reason="The vote is later")
    assert answer.json()["deadline"]["day"] == "2036-04-01"
    # What somebody else has said meanwhile is seen first.
    stale = carol.delete(DEADLINE, reason="No vote", holding=known["holding"])
    assert (stale.status_code, held(tracked.agenda).day.month) == (409, 4)
    now = answer.json()["holding"]
    answer = carol.delete(DEADLINE, reason="No vote", holding=now)
    assert (answer.json()["deadline"], held(tracked.agenda)) == (None, None)


@pytest.mark.parametrize(
    "sent, wrong",
    [
        ({}, ["day"]),
        ({"day": "tomorrow"}, ["day"]),
        ({"day": "2020-01-01"}, ["day"]),
        ({"day": "2036-03-01", "time": "noon", "level": "x"}, ["level", "time"]),
        ({"day": 20360301}, ["day"]),
        ({"day": "2036-03-01", "reminds": "yes"}, ["reminds"]),
        ({"day": "2036-03-01", "who": "bob"}, ["who"]),
    ],
)
def test_what_is_no_deadline_is_said_at_its_entry(tracked, carol, sent, wrong):
    assert fields(carol.patch(DEADLINE, **sent)) == wrong
    assert held(tracked.agenda) is None


def test_readers_are_asked_to_acknowledge_with_a_sentence_of_the_items_own(
    tracked, carol
):
    answer = carol.patch(ASKING, choice="ask", sentence="I have read the agenda.")
    assert answer.status_code == 200, answer.text
    documented(answer)
    known = answer.json()
    transaction.begin()
    assert sentence_of(tracked.agenda).text == "I have read the agenda."
    assert fields(carol.patch(ASKING, choice="leave")) == ["reason"]
    stale = carol.patch(ASKING, choice="leave", reason="No vote")
    assert stale.status_code == 409
    for wrong in ({}, {"choice": "never"}, {"choice": ["ask"]}):
        assert fields(carol.patch(ASKING, **wrong)) == ["choice"]
    long = {"choice": "ask", "sentence": "x" * 1001, "reason": "Longer"}
    assert fields(carol.patch(ASKING, **long)) == ["sentence"]
    done = {"reason": "No vote", "holding": known["holding"]}
    assert carol.patch(ASKING, choice="inherit", **done).json()["asked"] is None
    transaction.begin()
    assert sentence_of(tracked.agenda) is None


def test_an_audience_is_chosen_after_a_look_at_how_many_that_is(tracked, carol):
    choice = {"choice": "named", "users": ["alice", "bob"]}
    preview = carol.patch(AUDIENCE, **choice, is_preview=True)
    assert (preview.json()["expected"], preview.json()["choice"]) == (2, "inherit")
    assert preview.json()["message"] == "That is 2 people. Nothing is saved yet."
    transaction.begin()
    assert rule_of(tracked.agenda) is None
    answer = carol.patch(AUDIENCE, **choice)
    assert answer.status_code == 200, answer.text
    documented(answer)
    transaction.begin()
    assert [each.user for each in rule_of(tracked.agenda).users] == ["alice", "bob"]
    found = carol.get(AUDIENCE, reader="ali")
    documented(found)
    assert [each["user"] for each in found.json()["items"]] == ["alice"]
    transaction.begin()
    (opening,) = openings_by(Reader("carol"))
    assert opening.listed.filters == (("reader", "ali"),)
    assert found.json()["rule"]["users"] == ["alice", "bob"]
    choose_privacy(ask_reason=True)
    assert carol.get(AUDIENCE).status_code == 403


def test_a_choice_of_an_audience_opens_no_names(tracked, carol):
    expect(tracked, "alice", "bob")
    choose_privacy(ask_reason=True)
    answer = carol.patch(AUDIENCE, choice="inherit", is_preview=True)
    assert answer.status_code == 200, answer.text
    assert "bob" not in answer.text
    transaction.begin()
    assert list(openings_by(Reader("carol"))) == []


@pytest.mark.parametrize(
    "sent, wrong",
    [
        ({}, ["choice"]),
        ({"choice": "somebody"}, ["choice"]),
        ({"choice": "named"}, ["choice"]),
        ({"choice": "named", "users": ["dave"]}, ["users"]),
        ({"choice": "named", "groups": ["Nobody"]}, ["groups"]),
        ({"choice": "named", "roles": ["King"]}, ["roles"]),
        ({"choice": "named", "users": "alice"}, ["users"]),
    ],
)
def test_what_is_no_audience_is_said_at_its_entry(tracked, carol, sent, wrong):
    assert fields(carol.patch(AUDIENCE, **sent)) == wrong
    transaction.begin()
    assert rule_of(tracked.agenda) is None


def test_people_are_excused_changed_and_expected_again(tracked, carol):
    expect(tracked, "alice", "bob")
    answer = carol.post(EXCEPTIONS, user="bob", reason="On leave", until="2036-03-01")
    assert answer.status_code == 201, answer.text
    documented(answer)
    assert carol.post(EXCEPTIONS, user="bob", reason="Again").status_code == 409
    found = carol.get(EXCEPTIONS)
    documented(found)
    (row,) = found.json()["items"]
    assert (row["user"], row["until"], row["is_here"]) == ("bob", "2036-03-01", True)
    address = row["@id"].removeprefix(carol.visitor.site_url)
    answer = carol.patch(address, reason="On leave for good")
    assert answer.status_code == 200, answer.text
    (row,) = carol.get(EXCEPTIONS).json()["items"]
    assert (row["until"], row["reason"]) == (None, "On leave for good")
    assert carol.delete(address).status_code == 404
    address = row["@id"].removeprefix(carol.visitor.site_url)
    answer = carol.delete(address)
    assert answer.status_code == 200, answer.text
    assert "is no longer excused here" in answer.json()["message"]
    known = carol.get(EXCEPTIONS).json()
    assert (known["items"], len(known["earlier"])) == ([], 2)


@pytest.mark.parametrize(
    "sent, wrong",
    [
        ({}, ["user"]),
        ({"user": "dave", "reason": "x"}, ["user"]),
        ({"user": "bob"}, ["reason"]),
        ({"user": "bob", "reason": "x", "until": "2020-01-01"}, ["until"]),
        ({"user": ["bob"], "reason": "x"}, ["user"]),
    ],
)
def test_what_is_no_exception_is_said_at_its_entry(tracked, carol, sent, wrong):
    assert fields(carol.post(EXCEPTIONS, **sent)) == wrong
    transaction.begin()
    assert exceptions_at(tracked.agenda) == ()


def test_an_editor_declares_a_change_minor_and_withdraws_that(tracked, client, visitor):
    agenda = read_in_three_versions(tracked.agenda)
    editor_of(agenda, visitor)
    carol = client("carol")
    found = carol.get(MINOR)
    documented(found)
    known = found.json()
    text = known["versions"][0]["text"]
    said = {"text": text, "current": known["current"], "reason": "Only a typo"}
    assert fields(carol.post(MINOR, **said | {"reason": ""})) == ["reason"]
    assert fields(carol.post(MINOR, **said | {"text": "x"})) == ["text"]
    assert carol.post(MINOR, **said | {"current": text}).status_code == 409
    answer = carol.post(MINOR, **said)
    assert answer.status_code == 201, answer.text
    documented(answer)
    transaction.begin()
    assert text in current_texts(agenda)
    (row,) = carol.get(MINOR).json()["items"]
    address = row["@id"].removeprefix(carol.visitor.site_url)
    answer = carol.delete(address)
    assert answer.status_code == 200, answer.text
    assert "was withdrawn" in answer.json()["message"]
    assert carol.delete(address).status_code == 404
    transaction.begin()
    assert text not in current_texts(agenda)


def test_who_manages_tracking_alone_declares_nothing_minor(tracked, client, carol):
    agenda = read_in_three_versions(tracked.agenda)
    known = carol.get(MINOR).json()
    said = {"text": known["versions"][0]["text"], "current": known["current"]}
    assert carol.post(MINOR, **said, reason="x").status_code == 401
    bob = client("bob")
    for answer in (bob.get(MINOR), bob.get(DEADLINE), bob.get(EXCEPTIONS)):
        assert answer.status_code == 401
    transaction.begin()
    assert len(current_texts(agenda)) == 1


def test_names_are_for_those_who_may_see_readers(tracked, client):
    role = "Editor"
    tracked.manage_permission("slc: Manage Tracking", ["Manager", role], acquire=True)
    api.user.grant_roles(username="bob", roles=[role], obj=tracked)
    transaction.commit()
    bob = client("bob")
    known = bob.get(AUDIENCE).json()
    assert "items" not in known
    assert known["expected"] > 0
    assert bob.get(EXCEPTIONS).status_code == 401
    assert bob.post(EXCEPTIONS, user="alice", reason="x").status_code == 401
