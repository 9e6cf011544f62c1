"""A deadline can ask that readers acknowledge what they have read."""

from datetime import timedelta
from slc.clicktracker.acknowledgements.asked import Choice
from slc.clicktracker.acknowledgements.asked import sentence_of
from slc.clicktracker.acknowledgements.asked import set_choice
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.deadlines.deadlines import end_deadline
from slc.clicktracker.reminders.announcements import announcements
from slc.clicktracker.reports.all_read import AllRead
from slc.clicktracker.reports.dated import dated_among
from slc.clicktracker.reports.dated import lacking_of
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.tracking.tracked import all_tracked
from tests.audience.people import expect
from tests.audience.people import give_role
from tests.browser.acknowledgements.acknowledging import AGENDA
from tests.browser.acknowledgements.acknowledging import below
from tests.browser.acknowledgements.acknowledging import choose_setting
from tests.browser.acknowledgements.acknowledging import click
from tests.browser.acknowledgements.acknowledging import hidden_in
from tests.browser.acknowledgements.acknowledging import opened
from tests.browser.dashboard.dashboards import DASHBOARD
from tests.browser.dashboard.dashboards import documents
from tests.browser.dashboard.dashboards import MEMBERS
from tests.browser.dashboard.dashboards import members
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record
from tests.deadlines.deadlines import give_deadline

import pytest
import transaction


DEADLINE = f"{AGENDA}/@@clicktracker-deadline"
CHOICE = f"{AGENDA}/@@clicktracker-acknowledgement"
ATTEST = f"{AGENDA}/@@clicktracker-attest"
FEED = "/@@my-deadlines.ics"
LIST = "/@@my-reading-list"


@pytest.fixture
def board(tracked, shown):
    """Alice and Bob are expected to read all that is in it, and to acknowledge it by a
    day. Bob has read the agenda to its end."""
    expect(tracked, "alice", "bob")
    give_role(tracked, "carol")
    give_deadline(tracked, level=ACKNOWLEDGED)
    record(tracked.agenda, "bob", engaged=3_600_000, marks=Marks.ENDED)
    return tracked


@pytest.fixture
def secretary(board, visitor):
    return visitor("carol")


def send(visitor, path, **fields):
    page = visitor.get(path).text
    answer = visitor.session.post(visitor.url_of(path), data=hidden_in(page) | fields)
    transaction.begin()
    return text_of(answer)


def lacking():
    """Return who is missing, by the title of what they lack: whom reminders go to."""
    return {
        each.dated.document.item.title: [reader.user for reader in each.missing]
        for each in lacking_of(dated_among(all_tracked()))
    }


def share(visitor):
    """Return how far the dashboard says that the readers of the agenda are."""
    return documents(visitor.get("/board" + DASHBOARD))["Agenda"][1][:6]


def test_whoever_has_read_it_is_missing_until_they_acknowledge_it(
    board, secretary, visitor
):
    both = ["alice", "bob"]
    assert lacking() == {"Agenda": both, "Budget": both}
    assert share(secretary) == "0 of 2"
    bob = visitor("bob")
    assert "To acknowledge: Agenda" in bob.get(FEED).text
    assert "To acknowledge" in text_of(bob.get("/@@my-reading-list-short"))
    assert "acknowledge it below the text" in text_of(bob.get(LIST))

    click(bob, opened(bob))
    assert lacking() == {"Agenda": ["alice"], "Budget": both}
    assert "Done: Agenda" in bob.get(FEED).text
    assert "Acknowledged" in text_of(bob.get(f"{LIST}?list=done"))
    assert not AllRead().of(board.agenda)

    send(secretary, ATTEST, attest="1", way="aloud", reason="read", readers="alice/")
    assert lacking() == {"Budget": both}
    assert AllRead().of(board.agenda)
    assert share(secretary) == "2 of 2"
    behind = members(secretary.get("/board" + MEMBERS))
    assert [row[1:] for row in behind] == [[1, 1, 2], [1, 1, 2]]


def test_content_rules_are_told_when_all_have_acknowledged_it(board, visitor):
    give_deadline(board.agenda, utc_now() - timedelta(days=1), level=ACKNOWLEDGED)

    def told():
        found = announcements(utc_now())
        return [each.name for each in found]

    assert told() == ["missed"]
    for user in ("alice", "bob"):
        reader = visitor(user)
        click(reader, opened(reader))
    assert told() == ["read"]


def test_a_deadline_asks_readers_below_the_text_of_everything_in_a_folder(
    board, visitor
):
    alice = visitor("alice")
    assert "I have read this document" in below(alice.get(AGENDA).text)
    set_choice(board.budget, Choice(False), "")
    set_choice(board, Choice(True, "I have seen it."), "")
    assert sentence_of(board.budget) is not None
    assert sentence_of(board.agenda).text == "I have seen it."
    give_deadline(board.budget, level="opened")
    assert sentence_of(board.budget) is None
    end_deadline(board.budget, "why")
    assert sentence_of(board.budget) is not None


def test_it_can_be_chosen_where_somebody_can_acknowledge(board, secretary):
    end_deadline(board, "why")
    transaction.commit()
    form = {"day": "2036-03-01", "time": "", "meeting": "", "reason": "", "set": "1"}
    choose_setting("acknowledgement", "off")
    said = send(secretary, DEADLINE, **form, level=ACKNOWLEDGED)
    assert "Nobody can acknowledge anything on this site at present" in said
    assert deadline_of(board.agenda) is None
    choose_setting("acknowledgement", "asked")
    send(secretary, DEADLINE, **form, level=ACKNOWLEDGED)
    assert deadline_of(board.agenda).level == ACKNOWLEDGED
    assert sentence_of(board.agenda) is not None
    choose_setting("acknowledgement", "off")
    said = text_of(secretary.get(DEADLINE))
    assert "readers stay missing until somebody vouches for them" in said


def test_whoever_asks_already_is_offered_that_first(board, secretary):
    end_deadline(board, "why")
    transaction.commit()

    def chosen():
        page = secretary.get(DEADLINE).text
        inputs = [each for each in page.split("<input") if 'name="level"' in each]
        return [each for each in inputs if "checked" in each.split(">")[0]]

    assert 'value="opened"' in chosen()[0]
    set_choice(board, Choice(True), "")
    transaction.commit()
    (only,) = chosen()
    assert 'value="acknowledged"' in only
    assert "is not missing, unless a deadline" in text_of(secretary.get(CHOICE))


def test_nobody_can_ask_for_it_and_not_ask(board, secretary):
    said = text_of(secretary.get(CHOICE))
    assert "whoever has not acknowledged it is missing" in said
    said = send(secretary, CHOICE, choice="leave", reason="why", sentence="")
    assert "The deadline asks for acknowledgement, so readers are asked." in said
    assert sentence_of(board.agenda) is not None
