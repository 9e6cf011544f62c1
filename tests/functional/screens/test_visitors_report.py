"""The report on visitors in a browser: what members and guests did is what it counts."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.doors.visitor import guest_cookie
from slc.clicktracker.storage.sqlite import SQLiteStorage
from tests.demo_site import DemoSite
from tests.functional.reading import open_and_report
from tests.functional.screen import DESKTOP
from tests.functional.screen import looks_right
from tests.functional.screens.made_up_month import made_up_visits
from tests.functional.waiting import wait_until_stored
from tests.nightly import NIGHTLY

import pytest
import sqlite3


REPORT = "/@@clicktracker-visitors-report"
#: Tables that differ in what they have; at night all kinds.
LISTS = ("page", "entry", "site", "member", "time") if NIGHTLY else ("page", "member")


@pytest.fixture(scope="session")
def site_with_visits(made_site, zopes, tmp_path_factory, record_visits, log_in):
    """A copy of the demo site that records visits; whoever logs in has done so before."""
    site = DemoSite(tmp_path_factory.mktemp("visits"), made_site, zopes)
    site.start()
    for user in ("alice", "bob", "manager"):
        log_in(site.url, user)
    record_visits(site.url)
    yield site
    site.end()


@pytest.fixture(scope="session")
def counted(site_with_visits, browse_all_along):
    """Two members and a guest who had the cookie were there today, and many in the weeks
    before."""
    site = site_with_visits.url
    bob, alice, guest = (browse_all_along(site, who) for who in ("bob", "alice", None))
    open_and_report(bob, f"{site}/board-meeting/agenda")
    open_and_report(bob, f"{site}/board-meeting/budget")
    open_and_report(alice, f"{site}/board-meeting/agenda")
    manager = browse_all_along(site, "manager")
    wait_until_stored(manager, site)
    path = next(site_with_visits.instance.rglob("readings.sqlite"))
    with sqlite3.connect(path) as connection:
        ((uid,),) = connection.execute("SELECT uid FROM clicktracker_site")
    cookie = {"name": guest_cookie(uid), "value": 32 * "7", "url": site}
    guest.context.add_cookies([cookie])
    open_and_report(guest, f"{site}/house-rules")
    wait_until_stored(manager, site)
    SQLiteStorage(path, uid).record_views(list(made_up_visits(days=58)))
    return site


@pytest.fixture
def report(counted, browse):
    """Return a function: the report in the manager's browser."""

    def of(query="", viewport=DESKTOP):
        page = browse(counted, "manager", viewport=viewport, reports=False)
        page.goto(f"{counted}{REPORT}{query}")
        return page

    return of


def today():
    """Return the query for the days since yesterday, when nobody was there."""
    now = datetime.now(timezone.utc).date()
    return f"?since={now - timedelta(1)}&until={now + timedelta(1)}"


def figures(page):
    rows = page.locator("[aria-labelledby=clicktracker-figures] tbody tr").all()
    return {
        row.locator("th span").inner_text(): row.locator("td").first.inner_text()
        for row in rows
    }


def rows(page):
    return [
        each.inner_text().split()
        for each in page.locator("#clicktracker-list tbody tr").all()
    ]


def test_what_three_people_did_is_counted(report):
    page = report(today())
    found = figures(page)
    assert found["Visits"] == found["Unique visitors"] == "3"
    assert found["Visits of members"] == "2"
    assert found["Visits of guests with a cookie"] == "1"
    assert found["Page views"] == found["Reported by the browser"] == "4"
    assert found["Return ratio"] == "0 %"
    assert found["Pages per visit"] == "1.33"
    assert rows(page)[0][:4] == ["Agenda", "/board-meeting/agenda", "2", "2"]
    page.get_by_role("link", name="Members", exact=True).click()
    page.get_by_role("link", name="Bob Berger").click()
    page.get_by_text("The path of Bob Berger through this site").wait_for()


def test_the_course_is_drawn_and_told(report, shoot):
    page = report()
    page.locator("canvas").wait_for(state="visible")
    page.set_viewport_size({"width": 1280, "height": 1880})
    shoot(page, "visitors-report")
    page.select_option("#clicktracker-by", "week")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("Visits per week").first.wait_for()
    page.click("text=The figures as a table")
    assert page.locator("figure tbody tr").count() in (5, 6)


def test_days_in_the_wrong_order_are_told_at_the_field(report):
    page = report()
    page.fill("#clicktracker-since", "2026-02-01")
    page.fill("#clicktracker-until", "2026-01-01")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("You see the last 30 days instead.").wait_for()
    assert page.get_by_text("The last day is before the first one").is_visible()
    assert page.locator("#clicktracker-since").input_value() == "2026-02-01"


def test_a_list_is_a_file_as_well(report):
    page = report("?list=browser")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.startswith("visitors-browser-")
    text = download.value.path().read_text("utf-8-sig")
    assert text.startswith('"Browser","Visits","Page views","Time on site (seconds)"')
    assert '"Firefox"' in text


def test_the_report_is_accessible_and_fits(counted, report):
    page = report()
    for listed in LISTS:
        page.goto(f"{counted}{REPORT}?list={listed}")
        looks_right(page)
