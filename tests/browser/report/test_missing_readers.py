"""The report tells who is missing by what the deadline asks for, and who is overdue."""

from datetime import timedelta
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.model import Version
from tests.audience.people import expect
from tests.browser.acknowledgements.acknowledging import say
from tests.browser.report.exported import exported
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import tab
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record
from tests.deadlines.deadlines import give_deadline
from tests.deadlines.deadlines import LATER

import json
import lxml.html
import pytest


OLD = Version("", "of-an-older-text")
YESTERDAY = utc_now() - timedelta(days=1)


def answer_on(page):
    """Return the sentences at the top."""
    (box,) = lxml.html.fromstring(page.text).cssselect(".clicktracker-summary > p")
    return " ".join(box.text_content().split())


def marked_in(answer):
    """Return those in a list who are marked."""
    rows = lxml.html.fromstring(answer.text).xpath("//tbody/tr[th[@scope='row']]")
    return [
        row.xpath("string((th/bdi|th/span)[1])").strip()
        for row in rows
        if "Overdue" in row.xpath("string(th)")
    ]


@pytest.fixture
def asked(agenda):
    """It has to be acknowledged. Alice has, Bob has only read it, Carol an older version.
    Nobody expects Dave."""
    for user in ("alice", "bob", "dave"):
        record(agenda, user, engaged=200_000, marks=Marks.ENDED)
    record(agenda, "carol", OLD)
    say(agenda, "alice")
    give_deadline(agenda, level=ACKNOWLEDGED)
    return agenda


def test_the_answer_is_by_what_is_asked_for(asked, visitor):
    manager = visitor("manager")
    page = manager.get(REPORT)
    assert "Evidence asked for: Acknowledged." in text_of(page)
    assert answer_on(page) == (
        "One of 3 has acknowledged the current version. One other has read it, but not "
        "acknowledged it. Carol Castillo has only opened an older version. One other "
        "person has opened it."
    )
    assert "?tab=read&missing=1#readers" in page.text.replace("&amp;", "&")
    say(asked, "carol", ATTESTED)
    assert answer_on(manager.get(REPORT)).startswith(
        "2 of 3 have acknowledged the current version, or are attested to have read it."
    )
    give_deadline(asked, level="finished")
    assert answer_on(manager.get(REPORT)).startswith(
        "All 3 expected readers are known to have read the current version as far as is "
        "asked for."
    )


def test_the_lists_can_be_of_those_alone_who_are_missing(asked, visitor):
    manager = visitor("manager")
    assert names_in(tab(visitor, "read")) == ["Alice Anders", "Bob Berger", "dave"]
    only = manager.get(f"{REPORT}?tab=read&missing=1")
    assert names_in(only) == ["Bob Berger"]
    assert "Only those who are missing" in text_of(only)
    assert "Filtered (1): only those who are missing ." in text_of(only)
    assert marked_in(only) == []
    assert names_in(manager.get(f"{REPORT}?tab=older&missing=1")) == ["Carol Castillo"]
    assert names_in(manager.get(f"{REPORT}?tab=absent&missing=1")) == []


def test_after_the_deadline_they_are_marked_as_overdue(asked, visitor):
    expect(asked, "alice", "bob", "carol", "erin")
    give_deadline(asked, YESTERDAY, level=ACKNOWLEDGED)
    manager = visitor("manager")
    assert marked_in(tab(visitor, "read")) == ["Bob Berger"]
    assert marked_in(tab(visitor, "older")) == ["Carol Castillo"]
    only = manager.get(f"{REPORT}?tab=read&missing=1")
    assert names_in(only) == ["Bob Berger"]
    assert "Filtered (1): only overdue ." in text_of(only)
    for ending in (".csv", ".json", ".xlsx"):
        found = exported(manager.get(f"{REPORT}{ending}?tab=read"))
        place = found.titles.index("Overdue")
        overdue = [row[0] for row in found.rows if row[place] in ("yes", True)]
        assert overdue == ["Bob Berger"]
    found = json.loads(manager.get(f"{REPORT}.json?tab=read&missing=1").text)
    assert [(row["user"], row["overdue"]) for row in found["rows"]] == [("bob", True)]
    assert found["about"]["only_missing"] is True
    found = json.loads(manager.get(f"{REPORT}.json?tab=read").text)
    said = {row["user"]: row["overdue"] for row in found["rows"]}
    assert said == {"alice": False, "bob": True, "dave": False}


def test_without_a_deadline_nobody_is_missing(agenda, visitor):
    record(agenda, "alice")
    manager = visitor("manager")
    asked = manager.get(f"{REPORT}?tab=read&missing=1")
    assert names_in(asked) == ["Alice Anders"]
    assert "missing" not in text_of(asked)


def test_where_all_have_read_it_those_are_shown_who_have_not_acknowledged_it(
    asked, visitor
):
    record(asked, "carol")
    manager = visitor("manager")
    found = manager.get(f"{REPORT}?tab=missing")
    assert names_in(found) == ["Bob Berger", "Carol Castillo"]
    say(asked, "bob")
    say(asked, "carol")
    assert names_in(manager.get(f"{REPORT}?tab=missing")) == []


def test_people_and_papers_tell_it_of_each_cell(tracked, asked, visitor):
    expect(tracked.budget, "alice", "bob")
    give_deadline(tracked.budget, LATER)
    give_deadline(asked, YESTERDAY, level=ACKNOWLEDGED)
    record(tracked.budget, "bob")
    answer = visitor("manager").get("/board/@@who-read-this")
    (table,) = lxml.html.fromstring(answer.text).xpath(
        "//table[contains(@class, 'clicktracker-matrix')]"
    )
    cells = {
        row.xpath("string(th/a)").strip(): [
            each.xpath("string(span[2])") for each in row.xpath("td")[1:]
        ]
        for row in table.xpath(".//tbody/tr")
    }
    assert cells == {
        "Alice Anders": ["Read", "not yet"],
        "Bob Berger": ["Read, but not as far as is asked for, Overdue", "Read"],
        "Carol Castillo": ["Older version, Overdue", "not expected"],
    }
    assert "1 of 3" in table.xpath("string(thead)")
    assert "!: overdue." in text_of(answer)
