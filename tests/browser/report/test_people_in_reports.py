"""People are counted once, and visits without a log-in are not people."""

from datetime import timedelta
from plone import api
from plone.app.textfield.value import RichTextValue
from slc.clicktracker.charts.depth_profile import FEWEST_READERS
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.versions.visible import visible_version
from tests.browser.report.readings import NOON
from tests.browser.report.reports import evidence_in
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import tabs_in
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record

import transaction


FOLDER = "/board/@@who-read-this?view=list"
LONG = "<h2>Berths</h2>" + "word " * 199 + "<h2>Crane</h2>" + "word " * 199


def write(content, text):
    """Give content a text, and return the version that it is in now."""
    with api.env.adopt_roles(["Manager"]):
        content.text = RichTextValue(text, "text/html", "text/x-html-safe")
        api.portal.get_tool("portal_repository").save(content)
    transaction.commit()
    return visible_version(content)


def test_three_visits_without_a_log_in_are_visits_and_not_a_reader(agenda, visitor):
    for minute in range(3):
        record(agenda, "", opened=NOON + timedelta(minutes=minute))
    record(agenda, "bob")
    answer = visitor("manager").get(REPORT)
    assert tabs_in(answer)["Read"] == 1
    assert names_in(answer) == ["Anonymous visitors", "Bob Berger"]
    text = text_of(answer)
    assert "One reader of the current version" in text
    assert evidence_in(answer)["Opened"] == 1
    assert "Visits without a log-in: 3. Nobody knows how many people made them" in text
    assert "Anonymous visitors visits, not readers" in text


def test_visits_alone_are_no_reader_at_all(agenda, visitor):
    record(agenda, "")
    answer = visitor("manager").get(REPORT)
    assert tabs_in(answer)["Read"] == 0
    text = text_of(answer)
    assert "Nobody in this list is counted as a reader" in text
    assert evidence_in(answer)["Opened"] == 0
    assert "Visits without a log-in: 1." in text


def test_what_a_folder_counts_are_readings_and_it_says_so(agenda, visitor):
    budget = agenda.aq_parent.budget
    record(agenda, "bob")
    record(budget, "bob")
    record(budget, "")
    text = text_of(visitor("manager").get(FOLDER))
    assert "These figures are readings: each member counts once for each item" in text
    assert "New readings" in text
    assert "Total readings" in text
    assert "Total readers" not in text
    assert "Visits without a log-in: 1." in text


def test_that_the_browser_has_not_reported_back_is_about_readers(agenda, visitor):
    budget = agenda.aq_parent.budget
    # Twice served and once reported back: one reader, of whom something is known.
    for item, user in ((agenda, "bob"), (agenda, "bob"), (budget, "bob")):
        record(item, user, origin=SERVED)
    record(agenda, "bob")
    manager = visitor("manager")
    assert (
        "The browsers of all readers who were served the page have reported back at "
        "least once." in text_of(manager.get(REPORT))
    )
    assert (
        "Items served, each counted once for each reader: 2. Of these, the reader's "
        "browser never reported back for 1:" in text_of(manager.get(FOLDER))
    )
    record(budget, "bob")
    assert (
        "The browsers of all readers have reported back at least once for each item "
        "that they were served." in text_of(manager.get(FOLDER))
    )


def test_who_presses_end_has_reached_all_parts_and_read_none(agenda, visitor):
    write(agenda, LONG)
    for user in ("alice", "bob", "carol"):
        record(agenda, user, depth=30)
    record(agenda, "dave", depth=100, marks=Marks.ENDED)
    assert "Furthest point" not in text_of(visitor("manager").get(REPORT))
    record(agenda, "eve", depth=100, marks=Marks.ENDED)
    text = text_of(visitor("manager").get(REPORT))
    assert "Furthest point reached" in text
    assert f"Readers who opened the current version: {FEWEST_READERS}." in text
    assert "Readers who jump to the end have reached all parts, whether" in text
    assert "Berths 0 to 50 % 5 2 Crane 50 to 100 % 2 2" in text
    assert "Furthest point" not in text_of(visitor("manager").get(FOLDER))


def test_of_a_short_text_everybody_sees_the_end(agenda, visitor):
    write(agenda, LONG.replace("word " * 199, "word " * 20))
    for number in range(FEWEST_READERS):
        record(agenda, f"user{number}", depth=100, marks=Marks.ENDED)
    assert "Furthest point" not in text_of(visitor("manager").get(REPORT))
