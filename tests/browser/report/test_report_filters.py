"""The list narrowed to a level and to a time; what was entered stays and is told."""

from datetime import timedelta
from plone import api
from slc.clicktracker.storage.marks import Marks
from tests.audience.people import expect
from tests.browser.report.readings import NOON
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record

import html
import pytest
import re
import transaction


@pytest.fixture
def agenda(tracked):
    """Alice has finished it, Bob only opened it, two days later Carol engaged."""
    agenda = tracked.agenda
    minute = {"engaged": 60_000, "depth": 60}
    record(agenda, "alice", **minute | {"marks": Marks.ENDED, "depth": 100})
    record(agenda, "bob", engaged=1_000)
    later = NOON + timedelta(days=2)
    seen = later + timedelta(minutes=5)
    record(agenda, "carol", issued=later, opened=later, seen=seen, **minute)
    return agenda


@pytest.fixture
def listed(agenda, visitor):
    manager = visitor("manager")
    return lambda query: names_in(manager.get(f"{REPORT}?{query}"))


@pytest.mark.parametrize(
    "query, expected",
    [
        ("level=finished", ["Alice Anders"]),
        ("level=engaged", ["Carol Castillo"]),
        ("level=opened", ["Bob Berger"]),
        ("level=downloaded", []),
        ("since=2026-05-04", ["Alice Anders", "Bob Berger", "Carol Castillo"]),
        ("since=2026-05-05", ["Carol Castillo"]),
        ("until=2026-05-05", ["Alice Anders", "Bob Berger"]),
        ("until=2026-05-06&since=2026-05-06", ["Carol Castillo"]),
        ("until=2026-05-05&level=opened&reader=B", ["Bob Berger"]),
        ("until=2026-05-05&level=engaged", []),
    ],
)
def test_only_what_is_asked_for_is_listed(listed, query, expected):
    assert listed(query) == expected


@pytest.mark.parametrize("query", ["level=evil", "level=served", "level=a&level=b"])
def test_a_level_that_there_is_not_leaves_nobody_out(listed, query):
    assert len(listed(query)) == 3


@pytest.mark.parametrize(
    "value",
    [
        "x",
        "20261110",
        "2026-W46-1",
        "2026-2-3",
        "2026-02-30",
        "%00",
        "12345678901234567890123",
    ],
)
@pytest.mark.parametrize("name", ["since", "until"])
def test_what_is_no_day_is_told_at_its_field_and_leaves_nobody_out(
    agenda, visitor, name, value
):
    answer = visitor("manager").get(f"{REPORT}?{name}={value}")
    assert len(names_in(answer)) == 3
    field = answer.text.split(f'id="clicktracker-{name}"')[0].rsplit("<input", 1)[1]
    assert (
        "is-invalid" in field + answer.text.split(f'id="clicktracker-{name}"')[1][:200]
    )
    assert "Enter a date like 2026-05-31. It has no effect here" in text_of(answer)
    assert "Show all" in text_of(answer)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_no_calendar_reaches_is_not_said_to_be_typed_wrongly(
    agenda, visitor, day
):
    text = text_of(visitor("manager").get(f"{REPORT}?until={day}"))
    assert "This day is too far away. It has no effect here." in text
    assert "Enter a date like" not in text


@pytest.mark.parametrize(
    "query, expected",
    [
        ("reader=Alice&reader=Bob", ["Bob Berger"]),
        ("reader:list=Bob", ["Bob Berger"]),
        ("since=2026-05-04&since=2026-05-05", ["Carol Castillo"]),
    ],
)
def test_of_several_values_the_last_counts(listed, query, expected):
    assert listed(query) == expected


def test_a_filter_keeps_how_many_rows_a_page_has(agenda, visitor):
    field = re.compile(r'<input[^>]*name="b_size"[^>]*>')
    asked = f"{REPORT}?reader=a"
    found = field.findall(visitor("manager").get(f"{asked}&b_size=2").text)
    assert len(found) == 1 and 'value="2"' in found[0]
    assert not field.search(visitor("manager").get(asked).text)


@pytest.mark.parametrize("tab", ["read", "absent", "older", "excused"])
def test_an_empty_list_can_be_exported_too(tracked, visitor, tab):
    expect(tracked.agenda)
    answer = visitor("manager").get(f"{REPORT}?tab={tab}")
    assert names_in(answer) == []
    (link,) = re.findall(r'href="([^"]*@@who-read-this.csv[^"]*)"', answer.text)
    assert f"tab={tab}" in link


def test_a_last_day_before_the_first_is_told(agenda, visitor):
    answer = visitor("manager").get(f"{REPORT}?since=2026-05-06&until=2026-05-04")
    assert len(names_in(answer)) == 3
    assert "The last day is before the first one" in text_of(answer)
    assert 'value="2026-05-06"' in answer.text


def test_days_are_those_of_the_viewer(agenda, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.user.grant_roles(username="alice", roles=["Manager"])
        api.user.get(username="alice").setMemberProperties({"timezone": "Asia/Tokyo"})
    noon = NOON + timedelta(hours=6)
    record(agenda, "bob", issued=noon, opened=noon, seen=noon)
    transaction.commit()
    # Six in the evening in UTC is three in the morning of the fifth there.
    alice = visitor("alice")
    assert names_in(alice.get(f"{REPORT}?since=2026-05-05&until=2026-05-05")) == [
        "Bob Berger"
    ]


def test_what_leaves_readers_out_is_said(agenda, visitor):
    text = text_of(
        visitor("manager").get(
            f"{REPORT}?reader=a&level=finished&since=2026-05-01&until=2026-05-31"
        )
    )
    assert (
        "Filtered (1): name or user id contains “a”; level reached: "
        "Finished; last opened on May 01, 2026 or later; last opened on "
        "May 31, 2026 or earlier" in text
    )
    assert "All 3 expected readers have opened the current version." in text


def test_filters_stay_when_sorting_paging_and_exporting(agenda, visitor):
    for number in range(45):
        record(agenda, f"reader{number:02}")
    asked = "level=opened&since=2026-05-01"
    answer = visitor("manager").get(f"{REPORT}?{asked}")
    links = map(html.unescape, re.findall(r'href="([^"]*)"', answer.text))
    kept = [
        link
        for link in links
        if re.search(r"b_start|sort_on=count|who-read-this\.csv", link)
    ]
    assert len(kept) >= 3
    assert all("level=opened" in link and "since=2026-05-01" in link for link in kept)
    assert '<option value="opened" selected' in re.sub(r"\s+", " ", answer.text)


def test_the_other_lists_can_only_be_searched(agenda, visitor):
    answer = visitor("manager").get(f"{REPORT}?tab=absent&level=opened&since=x")
    assert 'name="level"' not in answer.text
    assert 'name="since"' not in answer.text
    assert "Enter a date" not in text_of(answer)


def test_a_folder_can_be_narrowed_too(agenda, visitor):
    answer = visitor("manager").get("/board/@@who-read-this?level=finished")
    assert names_in(answer) == ["Alice Anders"]
