"""Who read this: what managers see, sort, filter and download."""

from datetime import timedelta
from plone import api
from slc.clicktracker.reports import report
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from tests.both_doors import flush
from tests.browser.report.readings import many_readers
from tests.browser.report.readings import NOON
from tests.browser.report.readings import record
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import text_of
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on

import pytest
import re
import transaction


def test_who_opened_a_page_how_often_and_when(read, visitor):
    answer = visitor("manager").get(REPORT)
    text = text_of(answer)
    assert "Bob Berger bob Opened not reported not reported 2 May 05, 2026" in text
    assert "not reported 1 May 04, 2026" in text
    times = re.findall(r'<time [^>]*title="([^"]*)">([^<]*)</time>', answer.text)
    assert ("May 05, 2026 12:00 PM", "May 05, 2026") in times
    assert ("May 04, 2026 03:00 PM", "May 04, 2026") in times
    assert names_in(answer) == ["Bob Berger", "Carol Castillo"]


def test_what_a_member_does_in_the_browser_is_in_the_report(tracked, visitor):
    bob = visitor("bob")
    for _ in range(2):
        bob.post(CALLBACK, beacon(ticket_on(bob)))
    flush()
    bob.get("/rules")
    answer = visitor("manager").get(REPORT)
    assert names_in(answer) == ["Bob Berger"]
    assert "Bob Berger bob Opened" in text_of(answer)


def test_the_report_of_a_folder_lists_everything_below(read, visitor):
    answer = visitor("manager").get("/board/@@who-read-this?view=list")
    assert names_in(answer) == ["Alice Anders", "Bob Berger", "Carol Castillo"]
    assert "Budget" in text_of(answer)
    assert "3 entries: one for each reader and page." in text_of(answer)


def test_the_chart_of_a_folder_is_beside_the_whole_list_only(
    read, visitor, monkeypatch, chart_of_few
):
    manager = visitor("manager")
    folder = "/board/@@who-read-this"
    assert "<canvas" not in manager.get(folder).text
    assert "<canvas" in manager.get(f"{folder}?view=list").text
    assert "<canvas" in manager.get(f"{folder}?sort_on=count").text
    for query in ("reader=bob", "b_size=1&b_start=1"):
        answer = manager.get(f"{folder}?{query}")
        assert names_in(answer) == ["Bob Berger"]
        assert "<canvas" not in answer.text
        assert "There is no chart" not in answer.text
    monkeypatch.setattr(report, "MOST_CHARTED", 1)
    answer = manager.get(f"{folder}?view=list")
    assert names_in(answer) == ["Alice Anders", "Bob Berger", "Carol Castillo"]
    assert "<canvas" not in answer.text
    assert "There is no chart of readings over time" in text_of(answer)
    assert "There is no chart" not in manager.get(f"{folder}?reader=bob").text
    assert "<canvas" in manager.get(REPORT).text


def test_above_what_is_tracked_the_report_does_not_say_that_it_is_over(read, visitor):
    choose(read, Choice.INHERIT)
    choose(read.agenda, Choice.TRACK)
    transaction.commit()
    answer = visitor("manager").get("/board/@@who-read-this?view=list")
    assert "or those of items below it" in text_of(answer)
    assert "not tracked now" not in text_of(visitor("manager").get(REPORT))


def test_the_tracking_screen_holds_the_same_report(read, visitor):
    answer = visitor("manager").get("/board/agenda/@@tracking")
    assert names_in(answer) == ["Bob Berger", "Carol Castillo"]


def test_a_link_leads_to_the_content_not_to_what_a_browser_sent(read, visitor):
    record(read.agenda, "bob", NOON + timedelta(days=9), url="//evil.example.com")
    answer = visitor("manager").get("/board/@@who-read-this?view=list")
    assert "evil.example.com" in text_of(answer)
    assert not re.search(r'href="[^"]*evil', answer.text)


@pytest.mark.parametrize(
    "key, expected",
    [
        ("name", ["Bob Berger", "Carol Castillo"]),
        ("count", ["Carol Castillo", "Bob Berger"]),
        ("engaged", ["Bob Berger", "Carol Castillo"]),
        ("level", ["Bob Berger", "Carol Castillo"]),
        ("last", ["Carol Castillo", "Bob Berger"]),
    ],
)
def test_each_column_sorts_both_ways(read, visitor, key, expected):
    manager = visitor("manager")
    answer = manager.get(f"{REPORT}?sort_on={key}")
    assert names_in(answer) == expected
    assert 'aria-sort="ascending"' in answer.text
    answer = manager.get(f"{REPORT}?sort_on={key}&sort_order=reverse")
    if key not in ("engaged", "level"):
        assert names_in(answer) == expected[::-1]
    assert 'aria-sort="descending"' in answer.text


def test_the_page_is_a_column_where_there_are_several(read, visitor):
    manager = visitor("manager")
    answer = manager.get("/board/@@who-read-this?sort_on=url")
    assert names_in(answer) == ["Bob Berger", "Carol Castillo", "Alice Anders"]
    assert "/board/budget" in text_of(answer)
    assert "sort_on=url" not in manager.get(REPORT).text


def test_the_list_is_filtered_by_name_or_id(read, visitor):
    manager = visitor("manager")
    assert names_in(manager.get(f"{REPORT}?reader=CASTI")) == ["Carol Castillo"]
    assert names_in(manager.get(f"{REPORT}?reader=bob")) == ["Bob Berger"]
    answer = manager.get(f"{REPORT}?reader=%25")
    assert names_in(answer) == []
    assert "Nobody matches these filters: name or user id contains “%”" in text_of(
        answer
    )


def test_what_is_searched_for_comes_back_escaped(read, visitor):
    answer = visitor("manager").get(f"{REPORT}?reader=<script>alert(1)</script>")
    assert "<script>alert" not in answer.text


def test_twenty_are_on_a_page(tracked, visitor):
    many_readers(tracked.agenda)
    manager = visitor("manager")
    seen = []
    for start in (0, 20, 40):
        names = names_in(manager.get(f"{REPORT}?b_start={start}"))
        seen.extend(names)
    assert len(names_in(manager.get(REPORT))) == 20
    assert seen == [f"reader{number:02}" for number in range(45)]
    assert "45 readers" in text_of(manager.get(REPORT))


@pytest.mark.parametrize(
    "query, expected",
    [
        ("sort_on=evil", 20),
        ("sort_on=evil&sort_on=worse", 20),
        ("sort_order=sideways", 20),
        ("b_start=x", 20),
        ("b_start:float=inf", 20),
        ("b_size:float=nan", 20),
        ("b_start=-5", 20),
        ("b_start=40", 5),
        ("b_start=999999999999999999999999", 5),
        ("b_size=x", 20),
        ("b_size=0", 1),
        ("b_size=30", 30),
        ("b_size=999999", 45),
        ("reader=a&reader=b", 0),
    ],
)
def test_strange_parameters_are_the_defaults_or_bounded(
    tracked, visitor, query, expected
):
    many_readers(tracked.agenda)
    answer = visitor("manager").get(f"{REPORT}?{query}")
    assert answer.status_code == 200
    assert len(names_in(answer)) == expected


def test_the_pages_keep_order_and_filter(tracked, visitor):
    many_readers(tracked.agenda)
    answer = visitor("manager").get(f"{REPORT}?sort_on=last&reader=reader")
    links = re.findall(r'href="([^"]*b_start[^"]*)"', answer.text)
    assert links
    assert all("sort_on=last" in link and "reader=reader" in link for link in links)


def test_nobody_yet_is_not_did_not_read(tracked, visitor):
    text = text_of(visitor("manager").get("/board/@@who-read-this?view=list"))
    assert "Nobody is known to have opened this yet" in text
    assert "doesn't prove that nobody has read it" in text
    text = text_of(visitor("manager").get(REPORT))
    assert "Nobody is known to have opened the current version yet" in text
    assert "doesn't prove that nobody has read it" in text


def test_a_storage_that_is_down_is_no_empty_list(read, visitor, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=x")
    manager = visitor("manager")
    for path in (REPORT, "/board/agenda/@@tracking"):
        text = text_of(manager.get(path))
        assert "The storage for readings can't be reached now" in text
        assert "Nobody is known" not in text
    answer = manager.get("/board/agenda/@@who-read-this.csv")
    assert answer.status_code == 503
    assert "can't be reached" in answer.text


def test_switched_off_recording_is_said_and_is_no_empty_list(
    read, visitor, monkeypatch
):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    manager = visitor("manager")
    text = text_of(manager.get(REPORT))
    assert "switched off" in text
    assert "Nobody is known" not in text
    assert manager.get("/board/@@who-read-this.csv").status_code == 503


@pytest.mark.parametrize("search", ["%ff", "%ED%A0%80", "%00", "x" * 3000])
def test_broken_text_to_search_for_finds_nobody(read, visitor, search):
    answer = visitor("manager").get(f"{REPORT}?reader={search}")
    assert answer.status_code == 200
    assert names_in(answer) == []


def test_a_reader_who_left_is_shown_by_id(read, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
    transaction.commit()
    answer = visitor("manager").get(REPORT)
    assert names_in(answer) == ["bob", "Carol Castillo"]
    assert "no longer a member" in text_of(answer)
    assert "Berger" not in answer.text


def test_a_new_account_of_an_old_id_is_somebody_else(read, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
        transaction.commit()
        api.user.create(
            username="bob",
            email="bob@example.org",
            password="correct horse",
            properties={"fullname": "Dave"},
        )
    transaction.commit()
    bob = visitor("bob")
    bob.post(CALLBACK, beacon(ticket_on(bob)))
    flush()
    answer = visitor("manager").get(f"{REPORT}?sort_on=first")
    assert names_in(answer) == ["bob", "Carol Castillo", "Dave"]


def test_members_of_the_root_of_zope_are_told_apart(read, visitor):
    record(read.agenda, "admin", folder="/acl_users", name="")
    text = text_of(visitor("manager").get(REPORT))
    assert "admin" in text


def test_times_are_in_the_time_zone_of_the_viewer(read, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.user.grant_roles(username="alice", roles=["Manager"])
        api.user.get(username="alice").setMemberProperties({"timezone": "Asia/Tokyo"})
    transaction.commit()
    answer = visitor("alice").get(REPORT)
    assert 'title="May 05, 2026 12:00 AM">May 05, 2026<' in answer.text
    assert "Asia/Tokyo" in text_of(answer)


def test_moving_and_renaming_keep_the_readings(read, visitor):
    with api.env.adopt_roles(["Manager"]):
        moved = api.content.move(read.agenda, api.portal.get())
        api.content.rename(moved, "first-agenda")
        replacement = api.content.create(read, "Document", "agenda", "New agenda")
        api.content.transition(replacement, "publish")
    transaction.commit()
    manager = visitor("manager")
    answer = manager.get("/first-agenda/@@who-read-this")
    assert names_in(answer) == ["Bob Berger", "Carol Castillo"]
    assert names_in(manager.get(REPORT)) == []


def test_who_has_another_name_now_is_shown_by_that(read, visitor):
    """The storage has the name of the last reading, and is searched by it."""
    api.user.get("bob").setMemberProperties({"fullname": "Bob Miller"})
    transaction.commit()
    manager = visitor("manager")
    for path in (REPORT, f"{REPORT}.csv", f"{REPORT}-print", f"{REPORT}?reader=Berger"):
        text = manager.get(path).text
        assert "Bob Miller" in text and "Bob Berger" not in text


def test_who_has_no_name_now_has_the_last_one(read, visitor):
    api.user.get("bob").setMemberProperties({"fullname": ""})
    transaction.commit()
    assert "Bob Berger" in names_in(visitor("manager").get(REPORT))


def test_a_report_is_kept_by_no_cache(read, visitor):
    answer = visitor("manager").get(REPORT)
    assert "no-store" in answer.headers["Cache-Control"]
