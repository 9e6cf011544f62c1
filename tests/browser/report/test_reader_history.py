"""What is known of one reader: versions, each time it was opened, who may see it."""

from datetime import timedelta
from plone import api
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from tests.audience.people import expect
from tests.browser.report.readings import NOON
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record

import html
import lxml.html
import pytest
import re
import transaction


ALL_READINGS = "/board/@@who-read-this?view=list"

HISTORY = "/board/agenda/@@who-read-this-reader"


def later(minutes):
    moment = NOON + timedelta(minutes=minutes)
    return {"issued": moment, "opened": moment, "seen": moment + timedelta(minutes=5)}


@pytest.fixture
def agenda(tracked):
    """Bob was served it, opened an older version, and then the current one, twice."""
    agenda = tracked.agenda
    expect(agenda, "bob")
    record(agenda, "bob", Version("3", "of-an-older-text"), depth=40)
    record(agenda, "bob", origin="served", **later(60))
    long = {"engaged": 120_000, "depth": 100, "marks": Marks.ENDED | Marks.PRINTED}
    record(agenda, "bob", origin="cache", **later(60), **long)
    record(agenda, "bob", **later(90))
    return agenda


@pytest.fixture
def of(agenda, visitor):
    """Return a function: the page about a reader, for the manager."""
    return lambda query: visitor("manager").get(f"{HISTORY}?{query}")


def cards(answer):
    return [
        " ".join(re.sub("<[^>]+>", " ", card.split("</tr>")[0]).split())
        for card in answer.text.split("clicktracker-version")[1:]
    ]


def accesses(answer):
    return answer.text.partition("Every opening")[2].count("<tr") - 1


def test_each_name_leads_there(agenda, visitor):
    page = visitor("manager").get(REPORT).text
    (link,) = re.findall(r'href="([^"]*who-read-this-reader[^"]*)"', page)
    answer = visitor("manager").get(html.unescape(link).partition("/plone")[2])
    assert "Bob Berger" in text_of(answer)


def test_each_version_says_what_is_known_of_it(of):
    answer = of("reader=bob")
    current, older = cards(answer)
    assert "current" in current
    assert "Finished" in current
    day = "May 04, 2026"
    assert f"Finished opened 2 times {day} {day} 2 min 0 s to the end" in current
    assert "printed" in current
    assert "The version first delivered on May 04, 2026 12:00 PM" in older
    assert "older version" in older
    assert "current" not in older
    assert "Opened opened once" in older
    meant = text_of(answer).partition("What these words mean")[2]
    assert meant.count("The page was in front of the reader.") == 1
    assert "up to 40 %" in older
    assert "served" not in older


def test_of_what_went_on_for_days_the_last_one_is_said(of, agenda):
    record(agenda, "bob", **later(3 * 24 * 60))
    current, _older = cards(of("reader=bob"))
    assert "May 04, 2026 until May 07, 2026" in current


def test_each_time_it_was_opened_is_listed_the_latest_first(of):
    text = text_of(of("reader=bob")).partition("Every opening")[2]
    times = re.findall(r"May 04, 2026 (\S+ [AP]M) last activity", text)
    assert times == ["01:30 PM", "01:00 PM", "12:00 PM"]
    assert text.count("2 min 0 s to the end printed") == 1
    assert text.count("printed") == 1
    assert text.count("The page came from a cache, from an earlier log-in.") >= 1


def test_many_accesses_are_on_several_pages(of, agenda):
    for minute in range(100, 143):
        record(agenda, "bob", **later(minute))
    first = of("reader=bob")
    assert accesses(first) == 20
    assert "b_start:int=20" in first.text
    assert re.search(r'href="[^"]*reader=bob[^"]*"', first.text)
    assert accesses(of("reader=bob&b_start=40")) == 6
    assert accesses(of("reader=bob&b_start=999999")) == 6


def test_many_versions_are_on_several_pages(of, agenda):
    for number in range(41):
        record(agenda, "bob", Version(str(number + 4), f"text-{number}"))
    first, last = of("reader=bob"), of("reader=bob&versions=40")
    assert len(cards(first)) == 20
    assert "versions:int=20" in first.text
    # Those with the times that something was opened are others.
    assert "b_start:int=20" in first.text
    assert len(cards(last)) == len(cards(of("reader=bob&versions=999999"))) == 3
    assert len(cards(of("reader=bob&versions=x"))) == 20


def test_whether_he_is_expected_is_said(of, agenda):
    assert "This person is expected to read this." in text_of(of("reader=bob"))
    record(agenda, "alice")
    assert "not among the expected readers" in text_of(of("reader=alice"))
    with api.env.adopt_roles(["Manager"]):
        excuse(agenda, Reader("bob"), "on leave until June")
    transaction.commit()
    text = text_of(of("reader=bob"))
    assert "excused from reading this: on leave until June" in text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "reader=",
        "reader=nobody",
        "reader=bob&generation=2",
        "reader=bob&generation=0",
        "reader=bob&generation=-1",
        "reader=bob&generation=abc",
        "reader=bob&folder=/x",
        "reader=alice",
        "reader=%ff%00",
        "reader=a&reader=b",
    ],
)
def test_somebody_unknown_is_not_found_and_that_is_said(of, query):
    answer = of(query)
    assert answer.status_code == 404
    assert "Nothing is known here about a reader with the id" in text_of(answer)
    assert "Berger" not in answer.text


def test_a_strange_place_in_the_list_is_its_beginning(of):
    answer = of("reader=bob&b_start=x")
    assert answer.status_code == 200
    assert len(cards(answer)) == 2


def test_what_is_asked_for_comes_back_escaped(of):
    assert "<script>alert" not in of("reader=<script>alert(1)</script>").text


def test_the_last_of_several_readers_is_shown(of):
    assert "Bob Berger" in text_of(of("reader=a&reader=bob"))


def test_who_has_another_name_now_is_shown_by_that(of):
    api.user.get("bob").setMemberProperties({"fullname": "Bob Miller"})
    transaction.commit()
    text = text_of(of("reader=bob"))
    assert "Bob Miller" in text and "Berger" not in text


def test_who_left_is_shown_by_id(of, agenda):
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
    transaction.commit()
    answer = of("reader=bob")
    assert "no longer a member" in text_of(answer)
    assert "Berger" not in answer.text
    assert "is expected" not in text_of(answer)


def test_a_folder_tells_its_documents_apart(agenda, visitor):
    record(agenda.aq_parent.budget, "bob")
    answer = visitor("manager").get("/board/@@who-read-this-reader?reader=bob")
    assert any(card.startswith('">') and "Agenda" in card for card in cards(answer))
    badges = [re.search(r"older version|current", card)[0] for card in cards(answer)]
    assert sorted(badges) == ["current", "current", "older version"]
    assert "is expected" not in text_of(answer)


def test_in_a_folder_what_is_missing_comes_first(agenda, visitor):
    """Bob has read the agenda, and is expected to read the budget as well."""
    board = agenda.aq_parent
    expect(board.budget, "bob")
    page = "/board/@@who-read-this-reader?reader=bob"
    text = text_of(visitor("manager").get(page))
    missing = text.partition("Not yet, as far as is known")[2].partition("Versions")[0]
    assert missing.strip() == "Budget"
    record(board.budget, "bob")
    assert "Not yet, as far" not in text_of(visitor("manager").get(page))


def test_the_way_back_from_a_list_of_all_readings_leads_to_that_list(agenda, visitor):
    record(agenda, "bob")
    manager = visitor("manager")
    page = lxml.html.fromstring(manager.get(ALL_READINGS).text)
    name, *_others = page.cssselect("#readers tbody th a")
    there = lxml.html.fromstring(manager.session.get(name.get("href")).text)
    (back,) = there.xpath("//a[normalize-space() = 'Back to the report']")
    assert back.get("href").endswith(ALL_READINGS)


def test_nobody_keeps_the_page(of):
    assert of("reader=bob").headers["Cache-Control"] == "private, no-store"


def test_without_the_permission_nobody_sees_it(agenda, visitor):
    answer = visitor("carol").get(f"{HISTORY}?reader=bob")
    assert "Berger" not in answer.text
    assert "insufficient-privileges" in answer.url
    answer = visitor().get(f"{HISTORY}?reader=bob")
    assert "Berger" not in answer.text


def test_readers_of_what_a_viewer_may_not_see_are_not_shown(agenda, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(agenda, "retract")
        api.user.grant_roles(username="carol", roles=["ClickTracker Manager"])
    site = api.portal.get()
    site.manage_permission("slc.clicktracker: View readers", ["Member", "Manager"])
    transaction.commit()
    answer = visitor("carol").get(f"{HISTORY}?reader=bob")
    assert "insufficient-privileges" in answer.url
    assert "Berger" not in answer.text


def test_anonymous_visitors_have_no_page(agenda, visitor):
    record(agenda, "")
    page = visitor("manager").get(f"{REPORT}?reader=&sort_on=name").text
    assert page.count("who-read-this-reader") == 1


def test_a_storage_that_is_down_is_no_empty_page(of, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=x")
    answer = of("reader=bob")
    assert "can't be reached now" in text_of(answer)
    assert "Nothing is known here" not in text_of(answer)
