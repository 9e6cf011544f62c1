"""A storage that records and lists, and has no figures: the report shows what it can."""

from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.memory import MemoryStorage
from tests.browser.report.exported import exported
from tests.browser.report.test_report import names_in
from tests.browser.report.test_report import REPORT
from tests.browser.report.test_report import text_of
from tests.browser.report.test_report_tabs import expect
from tests.browser.report.test_report_tabs import record
from tests.browser.report.test_report_tabs import tab
from tests.browser.report.test_report_tabs import tabs_in
from tests.storage.lists_only import ListsOnly
from zope.component import getGlobalSiteManager

import pytest


@pytest.fixture
def agenda(tracked):
    """Alice has read it, Bob an older version; Carol is expected to read it as well."""
    storage = ListsOnly(MemoryStorage())
    components = getGlobalSiteManager()
    components.registerUtility(storage, IClickStorage)
    expect(tracked.agenda, "alice", "bob", "carol")
    record(tracked.agenda, "alice", engaged=60_000)
    record(tracked.agenda, "bob", Version("", "of-an-older-text"))
    yield tracked.agenda
    components.unregisterUtility(storage, IClickStorage)


def test_the_report_has_its_lists_and_no_figures(agenda, visitor):
    manager = visitor("manager")
    answer = manager.get(REPORT)
    assert answer.status_code == 200
    assert tabs_in(answer) == {
        "Read": 1,
        "Not yet": 1,
        "Older version": 1,
        "Excused": 0,
    }
    assert names_in(answer) == ["Alice Anders"]
    assert "Engaged" in text_of(answer)
    assert names_in(tab(visitor, "older")) == ["Bob Berger"]
    assert names_in(tab(visitor, "absent")) == ["Carol Castillo"]
    for figure in ("In short", "New readers", "clicktracker-chart", "alert-danger"):
        assert figure not in answer.text


def test_what_leads_on_from_the_report_is_there_as_well(agenda, visitor):
    manager = visitor("manager")
    assert len(exported(manager.get("/board/agenda/@@who-read-this.csv")).rows) == 1
    assert "Alice Anders" in manager.get("/board/agenda/@@who-read-this-print").text
    history = manager.get("/board/agenda/@@who-read-this-reader?reader=alice")
    assert "Alice Anders" in text_of(history)
    assert names_in(manager.get("/board/@@who-read-this")) == [
        "Alice Anders",
        "Bob Berger",
    ]


@pytest.mark.parametrize(
    ("page", "unknown"),
    [
        ("/board/@@clicktracker-dashboard", "can't tell how far audiences are"),
        (
            "/board/@@clicktracker-dashboard-members",
            "can't tell what members have not opened",
        ),
        ("/@@clicktracker-deleted", "can't tell which documents it knows"),
        ("/board/agenda/@@clicktracker-minor-change", "does not know which version"),
        ("/@@clicktracker-settings", "Reads are recorded."),
    ],
)
def test_other_screens_say_what_is_not_known(agenda, visitor, page, unknown):
    answer = visitor("manager").get(page)
    assert answer.status_code == 200
    assert unknown in text_of(answer)
