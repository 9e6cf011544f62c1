"""Who may edit a page opens it to work on it: listed, and not counted as a reader."""

from plone import api
from plone.app.testing import SITE_OWNER_NAME
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.interfaces import IEvidenceSettings
from tests.audience.people import expect
from tests.both_doors import flush
from tests.browser.dashboard.dashboards import DASHBOARD
from tests.browser.dashboard.dashboards import documents
from tests.browser.dashboard.dashboards import MEMBERS
from tests.browser.dashboard.dashboards import members
from tests.browser.report.reports import evidence_in
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import rows_of
from tests.browser.report.reports import tabs_in
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on

import pytest
import re
import transaction


FOLDER = "/board/@@who-read-this?view=list"
CSV = "/board/agenda/@@who-read-this.csv"
MAY_EDIT = "may edit this, not counted"
NOT_COUNTED = "People who may edit this or manage its tracking are not counted."


@pytest.fixture
def edited(tracked):
    """The agenda, which Bob may edit as the board's editor; Alice has opened it, too."""
    tracked.manage_setLocalRoles("bob", ["Editor"])
    tracked.reindexObjectSecurity()
    transaction.commit()
    for user in ("alice", "bob"):
        record(tracked.agenda, user)
    return tracked.agenda


def test_who_saves_a_page_has_not_read_it(edited, visitor, chart_of_few):
    manager = visitor("manager")
    manager.post(CALLBACK, beacon(ticket_on(manager)))
    flush()
    answer = manager.get(REPORT)
    assert tabs_in(answer)["Read"] == 1
    assert names_in(answer) == [SITE_OWNER_NAME, "Alice Anders", "Bob Berger"]
    text = text_of(answer)
    assert text.count(MAY_EDIT) == 2
    assert NOT_COUNTED in text
    assert "One reader of the current version" in text
    assert evidence_in(answer) == {
        "Served": 1,
        "Opened": 1,
        "Engaged": 0,
        "Finished": 0,
    }
    assert re.search("Total readers .* 1 1", text)
    notes = {row[0]: row for row in rows_of(manager.get(CSV))}
    assert MAY_EDIT in notes["Bob Berger"]
    assert MAY_EDIT not in notes["Alice Anders"]


def test_nor_has_the_editor_of_a_folder_read_what_is_in_it(edited, visitor):
    answer = visitor("manager").get(FOLDER)
    assert names_in(answer) == ["Alice Anders", "Bob Berger"]
    text = text_of(answer)
    assert evidence_in(answer)["Opened"] == 1
    assert text.count(MAY_EDIT) == 1
    assert re.search("Total readings .* 1 1", text)


def test_an_editor_is_not_waited_for(edited, visitor):
    manager = visitor("manager")
    absent = names_in(manager.get(f"{REPORT}?tab=absent"))
    assert "Bob Berger" not in absent
    number = len(absent) + 1
    assert documents(manager.get(DASHBOARD))["Agenda"][0] == f"1 of {number}"
    assert "Bob Berger" not in str(members(manager.get(MEMBERS)))


def test_an_editor_who_is_expected_by_name_is_a_reader(edited, visitor):
    expect(edited, "alice", "bob")
    answer = visitor("manager").get(REPORT)
    assert tabs_in(answer)["Read"] == 2
    text = text_of(answer)
    assert MAY_EDIT not in text
    assert evidence_in(answer)["Opened"] == 2
    choose_audience(edited.aq_parent, None)
    expect(edited.aq_parent, "bob")
    assert evidence_in(visitor("manager").get(FOLDER))["Opened"] == 2


def test_a_site_can_count_editors(edited, visitor):
    name = f"{IEvidenceSettings.__identifier__}.editors_count"
    api.portal.set_registry_record(name, True)
    transaction.commit()
    answer = visitor("manager").get(REPORT)
    assert tabs_in(answer)["Read"] == 2
    text = text_of(answer)
    assert evidence_in(answer)["Opened"] == 2
    assert "not counted" not in text and NOT_COUNTED not in text
