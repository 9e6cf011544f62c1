"""A storage that lists readings may lack all else: screens show what there is."""

from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IReadDocuments
from slc.clicktracker.interfaces import IReadingFigures
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.memory import MemoryStorage
from tests.audience.people import expect
from tests.browser.report.exported import exported
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import tab
from tests.browser.report.reports import tabs_in
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record
from tests.storage.part_of import PartOf
from zope.component import getGlobalSiteManager

import pytest


DASHBOARD = "/board/@@clicktracker-dashboard"
MEMBERS = "/board/@@clicktracker-dashboard-members"
DELETED = "/@@clicktracker-deleted"
MINOR_CHANGE = "/board/agenda/@@clicktracker-minor-change"


@pytest.fixture
def with_storage(tracked):
    """Return a function: Alice has read the agenda, Bob an older version of it; Carol is
    expected to read it as well. The storage lists that, and can do what is named."""
    components = getGlobalSiteManager()
    used = []

    def use(*capabilities):
        storage = PartOf(MemoryStorage(), IAccessRecorder, IReadingLists, *capabilities)
        components.registerUtility(storage, IClickStorage)
        used.append(storage)
        expect(tracked.agenda, "alice", "bob", "carol")
        record(tracked.agenda, "alice", engaged=60_000)
        record(tracked.agenda, "bob", Version("", "of-an-older-text"))

    yield use
    for storage in used:
        components.unregisterUtility(storage, IClickStorage)


def test_the_report_has_its_lists_and_no_figures(with_storage, visitor):
    with_storage()
    answer = visitor("manager").get(REPORT)
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


def test_what_leads_on_from_the_report_is_there_as_well(with_storage, visitor):
    with_storage()
    manager = visitor("manager")
    assert len(exported(manager.get("/board/agenda/@@who-read-this.csv")).rows) == 1
    assert "Alice Anders" in manager.get("/board/agenda/@@who-read-this-print").text
    history = manager.get("/board/agenda/@@who-read-this-reader?reader=alice")
    assert "Alice Anders" in text_of(history)
    assert names_in(manager.get("/board/@@who-read-this?view=list")) == [
        "Alice Anders",
        "Bob Berger",
    ]


@pytest.mark.parametrize(
    ("page", "unknown"),
    [
        (DASHBOARD, "doesn't know the progress of audiences"),
        (MEMBERS, "doesn't know which documents members have not opened"),
        (DELETED, "doesn't know which documents were read"),
        (MINOR_CHANGE, "does not know which version"),
        ("/@@clicktracker-settings", "Reads are recorded."),
    ],
)
def test_other_screens_say_what_is_not_known(with_storage, visitor, page, unknown):
    with_storage()
    answer = visitor("manager").get(page)
    assert answer.status_code == 200
    assert unknown in text_of(answer)


def test_how_many_have_read_is_told_where_the_levels_are_not_known(
    with_storage, visitor
):
    with_storage(IAudienceProgress)
    answer = visitor("manager").get(REPORT)
    assert "One of 3 has opened or downloaded the current version." in text_of(answer)
    assert "Nothing is known of Carol Castillo." in text_of(answer)
    assert "Evidence for" not in text_of(answer)
    assert "clicktracker-chart" not in answer.text
    assert "Carol Castillo" in text_of(visitor("manager").get(MEMBERS))


def test_levels_are_told_where_it_is_not_known_how_many_have_read(
    with_storage, visitor, chart_of_few
):
    with_storage(IReadingFigures)
    answer = visitor("manager").get(REPORT)
    assert "Evidence for the current version" in text_of(answer)
    assert "have opened the" not in text_of(answer).partition("Evidence for")[0]
    assert "progress-stacked" not in answer.text
    assert "clicktracker-chart" in answer.text


def test_a_storage_that_knows_documents_knows_what_is_deleted(with_storage, visitor):
    with_storage(IReadDocuments)
    manager = visitor("manager")
    assert "storage of this site doesn't know" not in text_of(manager.get(DELETED))
    assert "does not know which version" not in text_of(manager.get(MINOR_CHANGE))


def test_the_dashboard_shows_how_far_audiences_are_and_not_what_was_opened_when(
    with_storage, visitor
):
    with_storage(IAudienceProgress)
    answer = visitor("manager").get(f"{DASHBOARD}?order=far")
    text = text_of(answer)
    assert "expected readings" in text
    assert "1 of 3" in text
    for unknown in (
        "storage of this site doesn't know",
        "Times opened",
        "Most opened",
        "Period",
    ):
        assert unknown not in text
    assert "clicktracker-chart" not in answer.text
