"""Large numbers have the separators of the reader's language, on all screens."""

from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.doors.process import collector
from slc.clicktracker.sites.uids import document_uid
from tests.audience.people import add_accounts
from tests.audience.people import named
from tests.browser.dashboard.dashboards import DASHBOARD
from tests.browser.dashboard.dashboards import documents
from tests.browser.dashboard.dashboards import opened
from tests.browser.report.reports import text_of

import transaction


def test_on_the_dashboard(tracked, visitor):
    add_accounts(1_200, Everybody=range(1_200))
    choose_audience(tracked, named(groups=["Everybody"]))
    transaction.commit()
    opened(tracked.agenda, "member00007")
    answer = visitor("manager").get(DASHBOARD)
    assert documents(answer)["Agenda"][0] == "1 of 1,200"
    assert "1 of 2,400 expected readings known" in text_of(answer)


def test_in_the_boxes_of_the_control_panel(box, site):
    for _ in range(1_200):
        collector().counters.count(document_uid(site), "ticket-forged")
    text = box("collector").text
    assert " 1,200 " in text.partition("ticket-forged")[2]
