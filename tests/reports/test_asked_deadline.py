"""A deadline as somebody types it, and what they are told where it can't be one."""

from datetime import date
from datetime import datetime
from datetime import timezone
from slc.clicktracker.reports.asked_deadline import AskedDeadline

import pytest
import pytz


NOW = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
BERLIN = pytz.timezone("Europe/Berlin")


def moment(day, time="", zone="Europe/Berlin", now=NOW):
    asked = AskedDeadline(day, time)
    found = asked.deadline(pytz.timezone(zone), now)
    assert not asked.problems
    return found.moment.strftime("%Y-%m-%d %H:%M")


def problems(day, time="", meeting="", level="opened", now=NOW, zone=BERLIN):
    """Return what is said, by the field; no deadline comes of it."""
    asked = AskedDeadline(day, time, meeting, level)
    assert (asked.deadline(zone, now) is None) is bool(asked.problems)
    return {name: str(message) for name, message in asked.problems.items()}


def test_a_day_without_a_time_is_until_its_end_in_the_zone_of_the_site():
    assert moment("2026-05-31") == "2026-05-31 22:00"
    assert moment("2026-12-31") == "2026-12-31 23:00"
    assert moment("2026-05-31", zone="UTC") == "2026-06-01 00:00"
    assert moment("2026-05-31", zone="America/New_York") == "2026-06-01 04:00"


def test_a_day_lasts_until_the_next_one_begins_where_clocks_are_set():
    # In Berlin at night, in Cairo and Beirut at midnight.
    assert moment("2026-10-24") == "2026-10-24 22:00"
    assert moment("2026-10-25") == "2026-10-25 23:00"
    assert moment("2027-03-28") == "2027-03-28 22:00"
    assert moment("2027-04-29", zone="Africa/Cairo") == "2027-04-29 22:00"
    assert moment("2026-10-24", zone="Asia/Beirut") == "2026-10-24 22:00"


def test_a_time_is_one_of_the_site():
    assert moment("2026-05-31", "18:30") == "2026-05-31 16:30"
    assert moment("2026-12-31", "00:00") == "2026-12-30 23:00"


def test_what_was_said_is_kept_as_it_was_said():
    found = AskedDeadline("2026-05-31", "18:30", "2026-06-02", "finished").deadline(
        BERLIN, NOW
    )
    assert (found.day, found.time, found.zone) == (
        date(2026, 5, 31),
        "18:30",
        "Europe/Berlin",
    )
    assert (found.meeting, found.level) == (date(2026, 6, 2), "finished")
    assert AskedDeadline.of(found) == AskedDeadline(
        "2026-05-31", "18:30", "2026-06-02", "finished"
    )


def test_in_the_night_when_clocks_are_set_a_time_may_be_there_not_at_all_or_twice():
    assert "no such time on that day" in problems("2027-03-28", "02:30")["time"]
    assert "there twice on that day" in problems("2026-10-25", "02:30")["time"]
    assert not problems("2027-03-28", "03:00")
    assert not problems("2026-10-25", "03:00")


def test_what_is_over_is_refused_at_the_field_that_says_so():
    assert "in the past" in problems("2026-05-03")["day"]
    assert "in the past" in problems("2026-05-03", "18:00")["day"]
    assert "in the past" in problems("2026-05-04", "13:59")["time"]
    # It is 14:00 in Berlin at that moment.
    assert "in the past" in problems("2026-05-04", "14:00")["time"]
    assert not problems("2026-05-04", "14:01")
    assert not problems("2026-05-04")


def test_the_day_of_today_is_that_of_the_site():
    late = datetime(2026, 5, 4, 22, 30, tzinfo=timezone.utc)
    assert "in the past" in problems("2026-05-04", now=late)["day"]
    assert not problems("2026-05-04", now=late, zone=pytz.utc)


@pytest.mark.parametrize(
    "day",
    [
        *("31.5.2026", "2026-02-30", "2026-13-01", "20260531", "2026-W20-1"),
        *("tomorrow", "0000-01-01", "٢٠٢٦-٠٥-٣١", "2026-05-31\0", "<b>", "99999-01-01"),
    ],
)
def test_a_day_that_is_none_is_told(day):
    assert "a date like 2026-05-31" in problems(day)["day"]
    assert "a date like 2026-05-31" in problems("2026-05-31", meeting=day)["meeting"]


@pytest.mark.parametrize("time", ["24:00", "6 pm", "18", "18:60", "18:00:00", "-1:00"])
def test_a_time_that_is_none_is_told(time):
    assert problems("2026-05-31", time) == {"time": "Enter a time like 18:30."}


def test_there_is_a_day():
    assert problems("") == {"day": "Say by which day."}
    assert list(problems("", "18:00")) == ["day"]


@pytest.mark.parametrize("level", ["", "served", "read", "opened "])
def test_only_what_readers_can_reach_is_asked_for(level):
    assert list(problems("2026-05-31", level=level)) == ["level"]


@pytest.mark.parametrize("level", ["opened", "engaged", "finished", "downloaded"])
def test_each_level_that_readers_can_reach_can_be_asked_for(level):
    assert not problems("2026-05-31", level=level)


def test_what_is_sent_twice_or_as_a_file_is_no_matter():
    form = {"day": ["x", " 2026-05-31 "], "time": object(), "level": "opened"}
    expected = AskedDeadline("2026-05-31", reminds=False)
    assert AskedDeadline.from_form(form) == expected


def test_a_new_one_reminds_unless_somebody_does_not_want_that():
    assert AskedDeadline.of(None).reminds
    asked = AskedDeadline.from_form({"reminds": "1", "level": "opened"})
    asked.day = "2026-05-31"
    assert asked.deadline(BERLIN, NOW).reminds
    asked.reminds = False
    found = asked.deadline(BERLIN, NOW)
    assert not found.reminds and not AskedDeadline.of(found).reminds


@pytest.mark.usefixtures("portal")
def test_days_that_are_too_far_away_are_told():
    for day in ("2036-05-05", "9999-12-31", "2016-05-03", "0001-01-01"):
        message = problems(day)["day"]
        assert "Enter a date between" in message
        assert "meeting" in problems("2026-05-31", meeting=day)
    assert not problems("2036-05-04")


@pytest.mark.usefixtures("portal")
def test_a_meeting_may_have_been_before():
    assert not problems("2026-05-31", meeting="2026-05-01")
    leap = datetime(2028, 2, 29, 12, tzinfo=timezone.utc)
    assert "day" in problems("2038-03-01", now=leap)
