"""The report on visitors: how many there were, beside the period before, and of what."""

from datetime import datetime
from datetime import timedelta
from lxml import html
from plone import api
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.permissions import VIEW_VISITORS
from slc.clicktracker.sites.looks import looks_at
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.storage.model import Reader
from tests.browser.visitors.october import looked_at
from tests.browser.visitors.october import OCTOBER
from tests.browser.visitors.october import october as october_at
from zoneinfo import ZoneInfo

import json
import pytest
import transaction


REPORT = "/@@clicktracker-visitors-report"
FILES = [f"{REPORT}.{ending}" for ending in ("csv", "xlsx", "json")]


def content_of(answer):
    assert answer.status_code == 200
    return html.fromstring(answer.text).get_element_by_id("content")


def words(element):
    return " ".join(element.text_content().split())


def text_of(answer):
    return words(content_of(answer))


def figures(answer):
    """Return the figures by title: of the period, of the one before, and the change."""
    rows = content_of(answer).xpath(
        ".//*[@aria-labelledby='clicktracker-figures']//tbody/tr"
    )
    return {
        words(row[0]).partition(" Page views left out")[0]: [
            words(cell) for cell in row[1:]
        ]
        for row in rows
    }


def listed(answer):
    """Return the rows of the list."""
    rows = content_of(answer).xpath(".//*[@id='clicktracker-list']//tbody/tr")
    return [[words(cell) for cell in row] for row in rows]


def links(answer):
    found = content_of(answer).xpath(".//a")
    return {words(a): a.get("href") for a in found}


def chart(answer):
    (canvas,) = content_of(answer).xpath(".//canvas")
    return json.loads(canvas.get("data-chart"))


def shown_days(answer):
    """Return the days of the fields."""
    found = content_of(answer)
    return [
        found.xpath(f".//input[@name='{name}']")[0].get("value")
        for name in ("since", "until")
    ]


def hide_names():
    api.portal.get().manage_permission(VIEW_READERS, [], acquire=0)
    transaction.commit()


@pytest.fixture
def report(october, visitor):
    """Return a function: the report of October for the manager."""
    manager = visitor("manager")

    def of(**more):
        asked = "".join(f"&{name}={value}" for name, value in more.items())
        return manager.get(f"{REPORT}?{OCTOBER}{asked}")

    return of


def test_the_figures_of_a_period_beside_those_before(report):
    found = figures(report())
    first = {title: cells[0] for title, cells in found.items()}
    assert first == {
        "Visits": "3",
        "Visits of members": "2",
        "Visits of guests with a cookie": "1",
        "Unique visitors": "2",
        "Members": "1",
        "Guests with a cookie": "1",
        "Return ratio Visits that were not their visitor's first in this period.": "33.3 %",
        "Time on site, mean": "5 min 0 s",
        "Time on site, median Half of the visits were not longer than this.": "4 min 0 s",
        "Pages per visit": "1.67",
        "Page views": "7",
        "In visits": "5",
        "Guests without a cookie, not joined": "2",
        "Reported by the browser": "5",
        "Answered by the server": "2",
        "Answered with an error (status 4xx or 5xx)": "1",
        "Unique page views Each page counts once in a visit, however often it was opened.": "4",
    }
    assert found["Visits"] == ["3", "1", "+200 %"]
    assert found["Visits of guests with a cookie"] == ["1", "0", ""]
    assert found["Answered by the server"] == ["2", "0", ""]


def test_both_periods_are_named_and_equally_long(report):
    assert (
        "Oct 01, 2026 – Oct 31, 2026, compared with the period before: Aug 31, 2026 – "
        "Sep 30, 2026"
    ) in text_of(report())


def test_what_cannot_be_joined_is_said_beside_what_leaves_it_out(report):
    rows = content_of(report()).xpath(
        ".//*[@aria-labelledby='clicktracker-figures']//tbody/tr"
    )
    said = [words(row[0]) for row in rows]
    left_out = [each for each in said if each.endswith("Page views left out: 2")]
    assert [each.split(" ")[0] for each in left_out] == [
        *("Visits", "Unique", "Return", "Time", "Time", "Pages", "Unique"),
    ]
    assert "can't be joined into visits, because nobody knows which" in text_of(
        report()
    )
    for kind in ("entry", "exit", "site", "browser", "system", "device"):
        found = content_of(report(list=kind)).get_element_by_id("clicktracker-list")
        assert "Page views left out: 2" in words(found)
    for kind in ("page", "time"):
        found = content_of(report(list=kind)).get_element_by_id("clicktracker-list")
        assert "outside of visits, which only count as page views: 2" in words(found)
    found = content_of(report(list="member")).get_element_by_id("clicktracker-list")
    assert "Page views outside" not in words(found)
    assert "left out" not in words(found)


def test_where_page_views_come_from_is_said(report, october, visitor):
    assert "The browser reported some page views; the server noted" in text_of(report())
    manager = visitor("manager")
    september = manager.get(f"{REPORT}?since=2026-09-01&until=2026-09-30")
    assert "The script in the page reported all page views." in text_of(september)
    assert "can't be joined" not in text_of(september)
    server = manager.get(f"{REPORT}?since=2026-10-07&until=2026-10-07")
    assert "The server noted all page views" in text_of(server)


@pytest.mark.parametrize(
    "kind, rows",
    [
        (
            "page",
            [
                ["House rules /rules", "3", "2", "6 min 0 s"],
                ["Agenda /board/agenda", "2", "2", "1 min 0 s"],
                ["Budget /board/budget", "1", "0", "0 s"],
                ["/nowhere", "1", "0", "0 s"],
            ],
        ),
        (
            "entry",
            [
                ["House rules /rules", "2", "4", "14 min 0 s"],
                ["Agenda /board/agenda", "1", "1", "1 min 0 s"],
            ],
        ),
        (
            "exit",
            [
                ["House rules /rules", "2", "4", "14 min 0 s"],
                ["Agenda /board/agenda", "1", "1", "1 min 0 s"],
            ],
        ),
        (
            "site",
            [
                ["no known site", "2", "2", "5 min 0 s"],
                ["news.example.org", "1", "3", "10 min 0 s"],
            ],
        ),
        (
            "browser",
            [
                ["Firefox", "2", "4", "11 min 0 s"],
                ["Mobile Safari", "1", "1", "4 min 0 s"],
            ],
        ),
        ("system", [["Linux", "2", "4", "11 min 0 s"], ["iOS", "1", "1", "4 min 0 s"]]),
        (
            "device",
            [["not known", "2", "4", "11 min 0 s"], ["iPhone", "1", "1", "4 min 0 s"]],
        ),
        ("member", [["Bob Berger", "2", "4", "11 min 0 s"]]),
    ],
)
def test_each_list_has_what_is_its(report, kind, rows):
    assert listed(report(list=kind)) == rows


def test_the_list_over_time_has_a_row_for_each_step(report):
    rows = listed(report(list="time", by="week"))
    assert [row[0] for row in rows] == [
        "Sep 28, 2026",
        "Oct 05, 2026",
        "Oct 12, 2026",
        "Oct 19, 2026",
        "Oct 26, 2026",
    ]
    assert rows[1] == ["Oct 05, 2026", "3", "2", "7", "4", "5 min 0 s"]
    assert rows[2] == ["Oct 12, 2026", "0", "0", "0", "0", "–"]


def test_a_member_leads_to_the_path_of_that_member(report, visitor):
    address = links(report(list="member"))["Bob Berger"]
    manager = visitor("manager")
    path = manager.get(address.removeprefix(manager.site_url))
    assert "The path of Bob Berger through this site" in text_of(path)


def test_a_page_leads_to_its_content_and_what_is_none_nowhere(report, visitor):
    found = links(report())
    assert found["House rules"].endswith("/plone/rules")
    assert "/nowhere" not in found


@pytest.mark.parametrize(
    "by, bars",
    [("day", 31), ("week", 5), ("month", 1), ("", 31), ("martian", 31)],
)
def test_the_chart_is_by_day_week_or_month(report, by, bars):
    answer = report(by=by)
    found = chart(answer)
    assert len(found["labels"]) == bars
    visits, visitors, views = found["series"]
    assert sum(visits["values"]) == 3
    assert max(visitors["values"]) == 2
    assert sum(views["values"]) == 7
    table = content_of(answer).xpath(".//figure//tbody/tr")
    assert len(table) == bars
    cut = "In the first and last step, only days within"
    assert (cut in text_of(answer)) == (by == "week")


@pytest.mark.parametrize(
    "since, bars", [("2026-10-01", 31), ("2026-08-01", 14), ("2025-11-01", 12)]
)
def test_steps_fit_the_period(october, visitor, since, bars):
    answer = visitor("manager").get(f"{REPORT}?since={since}&until=2026-10-31")
    assert len(chart(answer)["labels"]) == bars


def test_too_many_steps_are_larger_ones_and_it_is_said(october, visitor):
    manager = visitor("manager")
    asked = f"{REPORT}?since=2020-01-01&until=2026-10-31&by=day"
    found = manager.get(asked)
    assert len(chart(found)["labels"]) == 357
    assert "There would be too many steps of this size" in text_of(found)
    assert figures(found)["Visits"][0] == "4"
    everything = manager.get(f"{REPORT}?since=1970-01-02&until=9999-12-30&by=day")
    assert figures(everything)["Visits"][0] == "4"


def days_ago(number):
    return (datetime.now(ZoneInfo("UTC")).date() - timedelta(number)).isoformat()


@pytest.mark.parametrize(
    "query, field, said",
    [
        ("since=&until=", "since", "Enter a date like 2026-05-31."),
        ("since=&until=", "until", "Enter a date like 2026-05-31."),
        ("until=2026-10-01", "since", "Enter a date like 2026-05-31."),
        ("since=2026-10-31&until=2026-10-01", "until", "is before the first one"),
        ("since=31.10.2026&until=2026-11-01", "since", "Enter a date like"),
        ("since=2026-10-01&until=2026-02-30", "until", "Enter a date like"),
        ("since=9000-01-01&until=9000-01-02", "since", "This day is in the future."),
        ("since=%00&until=%ed%a0%80", "until", "Enter a date like"),
    ],
)
def test_days_that_cannot_be_used_are_told_and_the_usual_ones_shown(
    october, visitor, query, field, said
):
    looked_at(october.rules, datetime.now(ZoneInfo("UTC")), "bob")
    answer = visitor("manager").get(f"{REPORT}?{query}")
    found = content_of(answer).get_element_by_id(f"clicktracker-{field}")
    assert found.get("aria-invalid") == "true"
    problem = content_of(answer).get_element_by_id(found.get("aria-describedby"))
    assert said in words(problem)
    assert "You see the last 30 days instead." in text_of(answer)
    assert len(chart(answer)["labels"]) == 30
    # That period was not chosen.
    assert (
        content_of(answer).xpath(".//nav[@aria-label='Period']//*[@aria-current]") == []
    )


@pytest.mark.parametrize("until", ["&until=", ""])
def test_without_the_last_day_they_are_those_until_today(october, visitor, until):
    looked_at(october.rules, datetime.now(ZoneInfo("UTC")), "bob")
    answer = visitor("manager").get(f"{REPORT}?since={days_ago(9)}{until}")
    assert len(chart(answer)["labels"]) == 10
    field = content_of(answer).get_element_by_id("clicktracker-until")
    assert field.get("value") == days_ago(0)


def test_what_was_typed_stays_to_be_mended(october, visitor):
    answer = visitor("manager").get(f"{REPORT}?since=2026-10-31&until=2026-10-01")
    assert shown_days(answer) == ["2026-10-31", "2026-10-01"]


def test_without_days_it_is_the_last_thirty(october, visitor):
    answer = visitor("manager").get(REPORT)
    assert shown_days(answer) == [days_ago(29), days_ago(0)]
    assert "alert-warning" not in html.tostring(content_of(answer)).decode()


def test_days_to_come_are_left_out(october, visitor):
    looked_at(october.rules, datetime.now(ZoneInfo("UTC")), "bob")
    answer = visitor("manager").get(f"{REPORT}?since={days_ago(4)}&until=9000-01-01")
    assert len(chart(answer)["labels"]) == 5
    assert figures(answer)["Visits"][0] == "1"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_today_is_a_day_of_the_sites_clock(october, visitor, zone):
    """The two of them never have the same day."""
    api.portal.set_registry_record("plone.portal_timezone", zone)
    transaction.commit()
    today = datetime.now(ZoneInfo(zone)).date().isoformat()
    assert shown_days(visitor("manager").get(REPORT))[1] == today


def test_the_usual_periods_are_a_click_away(report, visitor):
    found = links(report(list="browser"))
    manager = visitor("manager")
    answer = manager.get(found["52 weeks"].removeprefix(manager.site_url))
    assert shown_days(answer) == [days_ago(363), days_ago(0)]
    assert listed(answer)[0][0] == "Firefox"
    assert found["30 days"].endswith(f"{REPORT}?list=browser")


def test_another_list_keeps_the_days_and_steps(report):
    found = links(report(by="week"))
    assert f"{OCTOBER}&by=week&list=exit" in found["Exit pages"]


def test_a_long_list_has_pages(october, visitor):
    for number in range(30):
        looked_at(f"/page-{number:02}", october_at(8, 9), session="somebody")
    manager = visitor("manager")
    first = manager.get(f"{REPORT}?{OCTOBER}")
    assert len(listed(first)) == 25
    second = manager.get(f"{REPORT}?{OCTOBER}&b_start:int=25")
    assert len(listed(second)) == 9
    assert listed(manager.get(f"{REPORT}?{OCTOBER}&b_start=999")) == listed(second)


@pytest.mark.parametrize("path", [REPORT, *FILES])
@pytest.mark.parametrize("name", [None, "bob"])
def test_it_is_for_nobody_else(october, visitor, path, name):
    answer = visitor(name).get(path)
    assert "/login" in answer.url or "insufficient-privileges" in answer.url


def test_not_for_who_looks_after_a_part_of_the_site(october, secretary):
    for path in (REPORT, *FILES):
        assert "insufficient-privileges" in secretary.get(path).url


def test_names_have_a_permission_of_their_own(report, october):
    assert "Members" in links(report())
    hide_names()
    assert "Members" not in links(report())
    assert listed(report(list="member")) == listed(report())
    assert "Berger" not in text_of(report(list="member"))
    assert "Only people who may see readers can see" in text_of(report())
    assert figures(report())["Visits of members"][0] == "2"


def test_a_look_at_names_is_recorded(report):
    report()
    transaction.begin()
    assert looks_at(Reader("bob")) == []
    assert "The site records that you look" not in text_of(report())
    assert "The site records that you look" in text_of(report(list="member"))
    transaction.begin()
    (look,) = looks_at(Reader("bob"))
    assert (look.by.user, look.what) == ("admin", "report")
    assert looks_at(Reader("carol")) == []


def test_a_page_that_the_viewer_may_not_view_is_not_named(october, visitor):
    october.manage_setLocalRoles("carol", ["Member"])
    october.manage_permission(VIEW_VISITORS, ["Manager", "Member"], acquire=0)
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(october.rules, "retract")
    transaction.commit()
    answer = visitor("carol").get(f"{REPORT}?{OCTOBER}")
    assert listed(answer)[0] == ["a page that you may not view", "3", "2", "6 min 0 s"]
    assert "ouse rules" not in text_of(answer)
    for path in FILES:
        assert b"ouse rules" not in visitor("carol").get(f"{path}?{OCTOBER}").content


def test_what_others_send_is_text_and_no_markup(october, visitor):
    evil = "<script>alert(1)</script>"
    looked_at(
        f"/{evil}",
        october_at(8, 9),
        session="x",
        agent=evil,
        referrer=f"https://{evil}/",
    )
    manager = visitor("manager")
    for kind in ("page", "entry", "site", "browser", evil):
        for path in (REPORT, *FILES):
            answer = manager.get(
                f"{path}?{OCTOBER}&list={kind}&by={evil}&b_start={evil}"
            )
            assert answer.status_code == 200
            if path == REPORT:
                assert evil not in answer.text
    answer = manager.get(f"{REPORT}?since={evil}&until={evil}")
    assert answer.status_code == 200
    assert evil not in answer.text


def test_where_nobody_was_it_says_what_to_do(october, visitor):
    answer = visitor("manager").get(f"{REPORT}?since=2020-01-01&until=2020-01-31")
    page = text_of(answer)
    assert "There are no known visits in this period. Choose another one" in page
    assert figures(answer) == {}
    assert "canvas" not in html.tostring(content_of(answer)).decode()


def test_where_visits_are_switched_off_it_says_so(report, october, visitor):
    api.portal.set_registry_record("enabled", False, IVisitorSettings)
    transaction.commit()
    answer = report()
    assert (
        "Visits are not recorded now. Everything shown was recorded earlier."
        in text_of(answer)
    )
    assert figures(answer)["Visits"][0] == "3"
    empty = visitor("manager").get(f"{REPORT}?since=2020-01-01&until=2020-01-31")
    assert "switch on recording in the settings" in text_of(empty)
    assert links(empty)["ClickTracker Settings"].endswith("/@@clicktracker-settings")


def test_a_storage_that_is_down_is_said(recorded, visitor):
    store_dsn("dbname=tracking host=127.0.0.1 port=1 user=plone password=s3cret-word")
    transaction.commit()
    manager = visitor("manager")
    for path in (REPORT, *FILES):
        answer = manager.get(path)
        assert answer.status_code == (200 if path == REPORT else 503)
        assert "The storage can't be reached now" in answer.text
        assert "s3cret-word" not in answer.text


def test_a_storage_without_statistics_says_so(two_methods, tracked, visitor):
    manager = visitor("manager")
    answer = manager.get(REPORT)
    assert "The storage of this site keeps no statistics of visits." in text_of(answer)
    assert [manager.get(path).status_code for path in FILES] == [503, 503, 503]


def test_the_screens_about_visitors_lead_to_each_other(report, visitor):
    manager = visitor("manager")
    for path in (REPORT, "/@@clicktracker-live", "/@@clicktracker-visits"):
        found = links(manager.get(path))
        for title in ("Live feed", "All visits", "Visitors report"):
            assert title in found, (path, title)


def test_the_menu_offers_it_where_visits_are_recorded(october, visitor):
    assert REPORT in visitor("manager").get("/rules").text
    assert REPORT not in visitor("bob").get("/rules").text


def test_no_cache_keeps_it(report):
    assert report().headers["Cache-Control"] == "private, no-store"
