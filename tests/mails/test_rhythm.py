"""How often a summary comes: by the calendar of the site, whatever its clock does."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from hypothesis import given
from hypothesis import strategies
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.due import days_late
from slc.clicktracker.mails.due import is_due
from slc.clicktracker.mails.due import occasion_of
from slc.clicktracker.mails.rhythm import DAILY
from slc.clicktracker.mails.rhythm import rhythm_of
from slc.clicktracker.mails.rhythm import RHYTHMS
from slc.clicktracker.mails.rhythm import WEEKLY
from slc.clicktracker.mails.subscription import Subscription

import pytest
import pytz


BERLIN = pytz.timezone("Europe/Berlin")
AUCKLAND = pytz.timezone("Pacific/Auckland")
KIRITIMATI = pytz.timezone("Pacific/Kiritimati")
LONG_AGO = datetime(2020, 1, 1, tzinfo=timezone.utc)


def utc(*values):
    return datetime(*values, tzinfo=timezone.utc)


def subscription(rhythm, since=LONG_AGO):
    return Subscription("id", "alice", "uid", rhythm, since, "")


def sent_by(rhythm, moments, zone, since=LONG_AGO):
    """Return at which moments a run sends something."""
    wanted, delivery, found = subscription(rhythm, since), Delivery(), []
    for moment in moments:
        if is_due(wanted, delivery, moment, zone):
            occasion = occasion_of(wanted, moment, zone)
            delivery = Delivery(occasion=occasion, done=occasion)
            found.append(moment)
    return found


def each_hour(start, hours):
    return [start + timedelta(hours=number) for number in range(hours)]


def test_a_week_begins_on_monday():
    assert WEEKLY.period(utc(2026, 11, 29, 12), pytz.utc) == date(2026, 11, 23)
    assert WEEKLY.period(utc(2026, 11, 30, 12), pytz.utc) == date(2026, 11, 30)
    assert WEEKLY.after(date(2026, 11, 25)) == date(2026, 11, 30)


@pytest.mark.parametrize(
    "start",
    [utc(2026, 3, 28), utc(2026, 10, 24)],
    ids=["the night of 23 hours", "the night of 25 hours"],
)
def test_in_the_night_when_clocks_change_a_day_has_one_summary(start):
    sent = sent_by(DAILY, each_hour(start, 24 * 4), BERLIN)
    days = [moment.astimezone(BERLIN).date() for moment in sent]
    assert len(days) == len(set(days)) == 4 + 1
    # The first run after midnight sends it.
    assert all(moment.astimezone(BERLIN).hour == 0 for moment in sent[1:])


def test_a_day_is_one_of_the_site():
    evening = utc(2026, 11, 29, 12)
    assert DAILY.period(evening, AUCKLAND) == date(2026, 11, 30)
    assert DAILY.period(evening, BERLIN) == date(2026, 11, 29)


def test_a_run_at_the_same_hour_each_morning_sends_each_day():
    """Also where that hour is a quarter to early by UTC."""
    mornings = [
        BERLIN.localize(datetime(2026, 10, day, 7)).astimezone(timezone.utc)
        for day in range(20, 31)
    ]
    assert sent_by(DAILY, mornings, BERLIN) == mornings


def test_a_run_that_comes_late_sends_what_was_missed_once():
    moments = [utc(2026, 11, 23, 6), utc(2026, 12, 3, 6), utc(2026, 12, 4, 6)]
    assert sent_by(WEEKLY, moments, pytz.utc) == moments[:2]


def test_who_subscribes_gets_the_first_one_in_the_next_period():
    friday = utc(2026, 11, 27, 10)
    hours = each_hour(friday, 24 * 5)
    (monday,) = sent_by(WEEKLY, hours, pytz.utc, friday)
    assert monday == utc(2026, 11, 30, 0)
    assert sent_by(DAILY, hours, pytz.utc, friday)[0] == utc(2026, 11, 28, 0)


def test_whoever_changes_from_daily_to_weekly_gets_no_second_one_in_that_week():
    done = Delivery(done="2026-11-25")
    assert not is_due(subscription(WEEKLY), done, utc(2026, 11, 29, 12), pytz.utc)
    assert is_due(subscription(WEEKLY), done, utc(2026, 11, 30, 12), pytz.utc)


@given(
    strategies.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1)),
    strategies.lists(strategies.integers(0, 60 * 24 * 30), min_size=1),
    strategies.sampled_from(RHYTHMS),
    strategies.sampled_from([BERLIN, AUCKLAND, KIRITIMATI]),
)
def test_no_period_has_two_and_none_that_has_a_run_is_left_out(
    start, minutes, rhythm, zone
):
    start = start.replace(tzinfo=timezone.utc)
    moments = [start + timedelta(minutes=each) for each in sorted(minutes)]
    sent = sent_by(rhythm, moments, zone)
    periods = [rhythm.period(each, zone) for each in sent]
    assert len(periods) == len(set(periods))
    assert set(periods) == {rhythm.period(each, zone) for each in moments}


def test_it_is_known_how_late_it_is():
    wanted, done = subscription(WEEKLY), Delivery(done="2026-11-23")
    assert days_late(wanted, done, utc(2026, 11, 29, 12), pytz.utc) == -1
    assert days_late(wanted, done, utc(2026, 11, 30, 12), pytz.utc) == 0
    assert days_late(wanted, done, utc(2026, 12, 2, 12), pytz.utc) == 2


def test_a_rhythm_has_a_name():
    assert [rhythm_of(each.name) for each in RHYTHMS] == list(RHYTHMS)
    assert rhythm_of("hourly") is rhythm_of(["weekly"]) is rhythm_of(None) is None
