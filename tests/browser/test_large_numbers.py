"""Large numbers have the separators of the reader's language, on all screens."""

from slc.clicktracker.collector.process import collector
from slc.clicktracker.evidence.audience_rules import choose_audience
from slc.clicktracker.tracking import document_uid
from tests.browser.dashboards import DASHBOARD
from tests.browser.dashboards import documents
from tests.browser.dashboards import opened
from tests.browser.test_report import text_of
from tests.evidence.people import add_accounts
from tests.evidence.people import named

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
