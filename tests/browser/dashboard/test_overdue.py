"""The dashboard and the files of the report say by when, and what is overdue."""

from datetime import timedelta
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.model import utc_now
from tests.audience.people import expect
from tests.audience.people import give_role
from tests.browser.acknowledgements.acknowledging import say
from tests.browser.dashboard.dashboards import DASHBOARD
from tests.browser.dashboard.dashboards import documents
from tests.browser.dashboard.dashboards import opened
from tests.browser.report.reports import text_of
from tests.deadlines.deadlines import give_deadline
from tests.deadlines.deadlines import LATER

import json
import lxml.html
import pytest


@pytest.fixture
def over():
    return utc_now() - timedelta(days=3)


def rows(answer):
    found = lxml.html.fromstring(answer.text).xpath("//tbody/tr[th/a]")
    return {row.xpath("string(th/a)").strip(): row for row in found}


def cell(row):
    """Return what stands in the column of deadlines."""
    return " ".join(row.xpath("td")[1].text_content().split())


def test_without_deadlines_there_is_no_column(board, visitor):
    answer = visitor("manager").get(DASHBOARD)
    assert "clicktracker-only" not in answer.text
    assert "order=deadline" not in answer.text


def test_what_is_overdue_is_marked_and_can_be_listed_alone(board, visitor, over):
    give_deadline(board.agenda, over)
    give_deadline(board.budget, LATER)
    manager = visitor("manager")
    found = rows(manager.get(DASHBOARD))
    assert cell(found["Agenda"]).endswith("(UTC) Overdue")
    assert cell(found["Budget"]) == "Mar 01, 2036 05:30 PM (UTC)"
    assert list(rows(manager.get(f"{DASHBOARD}?only=overdue"))) == ["Agenda"]
    for user in ("alice", "bob"):
        opened(board.agenda, user)
    assert cell(rows(manager.get(DASHBOARD))["Agenda"]).endswith("(UTC)")
    answer = manager.get(f"{DASHBOARD}?only=overdue")
    assert rows(answer) == {}
    assert "Nothing here is overdue." in text_of(answer)


def test_the_level_that_is_asked_for_counts(board, visitor, over):
    give_deadline(board.agenda, over, level="finished")
    for user in ("alice", "bob"):
        opened(board.agenda, user)
    found = rows(visitor("manager").get(DASHBOARD))
    assert cell(found["Agenda"]).endswith("Overdue Evidence asked for: Finished.")


def test_it_is_sorted_by_deadline(board, visitor, over):
    give_deadline(board.budget, LATER)
    manager = visitor("manager")
    assert list(rows(manager.get(f"{DASHBOARD}?order=deadline"))) == [
        "Budget",
        "Agenda",
    ]
    give_deadline(board.agenda, over)
    answer = manager.get(f"{DASHBOARD}?order=deadline&only=overdue")
    assert list(documents(answer)) == ["Agenda"]
    assert "only=overdue" in answer.text


def test_what_would_tell_of_single_people_does_not_say_so(board, visitor, over):
    """Carol may track here, but not see readers; two people are named."""
    board.manage_permission("slc.clicktracker: View readers", ["Manager"], acquire=0)
    expect(board, "alice", "bob")
    give_role(board, "carol")
    give_deadline(board.agenda, over)
    found = rows(visitor("carol").get("/board/@@clicktracker-dashboard"))
    assert "Overdue" not in cell(found["Agenda"])


def test_the_report_and_its_files_say_by_when_and_whether_it_is_overdue(
    board, visitor, over
):
    manager = visitor("manager")

    def about():
        answer = manager.get("/board/agenda/@@who-read-this.json?tab=absent")
        facts = json.loads(answer.text)
        return facts.get("about", facts)

    assert about()["overdue"] is None
    give_deadline(board.agenda, over, level="finished")
    assert about()["overdue"] is True
    assert about()["deadline"].startswith(over.isoformat()[:16])
    assert about()["evidence_asked_for"] == "finished"
    give_deadline(board.agenda, LATER)
    assert about()["overdue"] is False
    shown = text_of(manager.get("/board/agenda/@@who-read-this"))
    assert "To be read by: Mar 01, 2036 05:30 PM (UTC)" in shown


def test_each_of_what_is_asked_for_and_known_can_be_listed_alone(board, visitor, over):
    for user in ("alice", "bob"):
        opened(board.agenda, user)
        opened(board.budget, user)
    give_deadline(board.agenda, over, level=ACKNOWLEDGED)
    manager = visitor("manager")

    def only(name):
        return list(documents(manager.get(f"{DASHBOARD}?only={name}")))

    assert [only(each) for each in ("deadline", "overdue", "to_acknowledge")] == [
        ["Agenda"]
    ] * 3
    assert only("acknowledged") == only("attested") == []
    say(board.budget, "alice")
    say(board.agenda, "bob", ATTESTED)
    assert (only("acknowledged"), only("attested")) == (["Budget"], ["Agenda"])
    assert only("overdue") == ["Agenda"]
    say(board.agenda, "alice")
    assert only("overdue") == []
    asked = manager.get(f"{DASHBOARD}?only=attested&search=budget")
    assert "Nothing here matches these filters." in text_of(asked)


def test_who_may_not_see_readers_can_not_ask_who_has_acknowledged(board, visitor):
    board.manage_permission("slc.clicktracker: View readers", ["Manager"], acquire=0)
    give_role(board, "carol")
    say(board.agenda, "alice")
    carol = visitor("carol").get("/board/@@clicktracker-dashboard?only=acknowledged")
    assert documents(carol) == {}
