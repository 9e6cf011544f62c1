"""In Volto, a manager has visits recorded, sees who is there, and keeps somebody out."""

from tests.functional.reading import open_and_report
from tests.functional.screen import looks_right
from tests.functional.waiting import wait_until

import re


AGENDA = "/board-meeting/agenda"
OWN = "198.51.100.7"
OF_ALICE = "203.0.113.9"

SCREEN = {"include": [["#page-own-reading"]]}


def from_(address):
    """As the proxy in front of a site says it."""
    return {"extra_http_headers": {"X-Forwarded-For": address}}


def test_a_manager_records_visits_sees_who_is_there_and_bans(volto, visit):
    page = visit("manager", **from_(OWN))
    page.goto(f"{volto.front}/controlpanel")
    page.get_by_role("link", name="ClickTracker Settings").click()
    page.get_by_text("secrets of services are not here").wait_for()
    # What the backend refuses is said at its field, in whatever tab that is.
    tab = page.locator(".formtabs .item")
    tab.filter(has_text="Content blockers").click()
    name = page.locator('[id="field-names.public_name"]')
    name.fill("clicks")
    tab.filter(has_text="Visitors").click()
    page.locator("#toolbar-save").click()
    page.get_by_text("Content blockers also take offence").wait_for()
    name.fill("")
    tab.filter(has_text="Visitors").click()
    page.get_by_text("Record visits", exact=True).click()
    page.locator("#toolbar-save").click()
    page.get_by_text("Changes saved.").wait_for()
    panel = volto.rest("GET", "/@controlpanels/clicktracker")["data"]
    assert panel["visitors.enabled"] is True
    assert not panel["names.public_name"]

    page.goto(f"{volto.front}/clicktracker-live")
    page.get_by_text("Nobody has opened a page within the last hour.").wait_for()
    alice = visit("alice", **from_(OF_ALICE))

    def alice_is_seen():
        assert open_and_report(alice, volto.front + AGENDA).status == 200
        return volto.rest("GET", "/@visitors-feed")["items"]

    # The filter hears of settings within some seconds.
    wait_until(alice_is_seen)
    # The feed asks by itself.
    row = page.locator("li", has_text="Alice Anders").first
    row.wait_for()
    assert row.get_by_role("link", name="Agenda").is_visible()
    looks_right(page, **SCREEN)

    row.get_by_role("link", name="Alice Anders").click()
    page.get_by_text("The path of Alice Anders").wait_for()
    looks_right(page, **SCREEN)
    page.get_by_role("link", name="Visitors report").click()
    figures = page.get_by_role("region", name="Figures")
    visits = figures.get_by_role("row", name=re.compile("^Visits")).first
    visits.wait_for()
    told = volto.rest("GET", "/@visitors-report")["figures"]
    assert visits.locator("td").first.inner_text() == str(told[0]["now"]) == "1"
    looks_right(page, **SCREEN)

    page.goto(f"{volto.front}/clicktracker-live")
    page.get_by_role("link", name=f"Ban {OF_ALICE}").first.click()
    network = page.get_by_label("Address or network", exact=True)
    assert network.input_value() == OF_ALICE
    network.fill(OWN)
    page.get_by_role("button", name="Ban", exact=True).click()
    page.get_by_text("This network contains your own address").first.wait_for()
    network.fill(OF_ALICE)
    page.get_by_role("button", name="Ban", exact=True).click()
    lift = page.get_by_role("button", name=f"Lift {OF_ALICE}")
    lift.wait_for()
    looks_right(page, **SCREEN)
    assert alice.goto(volto.front + AGENDA).status in (403, 500)
    lift.click()
    page.get_by_text("is no longer banned").first.wait_for()
