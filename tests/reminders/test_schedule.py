"""On which days people are reminded, whatever the clocks do."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import timezone
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.reminders.schedule import LATEST
from slc.clicktracker.reminders.schedule import Schedule
from slc.clicktracker.reports.asked import beginning_of

import pytest
import pytz


BERLIN = pytz.timezone("Europe/Berlin")
DAY = timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=timezone.utc)

#: As a site has it at first.
USUAL = Schedule.of((7, 1), (1,), BERLIN)


def end_of(day, zone=BERLIN):
    """Return a deadline until the end of a day."""
    return Deadline(beginning_of(day + DAY, zone), day, zone.zone)


def at(day, hour=7, zone=BERLIN):
    return zone.localize(datetime.combine(day, time(hour))).astimezone(timezone.utc)


def steps(deadline, days, schedule=USUAL, since=LONG_AGO, hour=7):
    """Return the step on each of some days."""
    return {day: schedule.step(deadline, since, at(day, hour)) for day in days}


def test_it_is_on_its_days_and_waits_for_a_run_that_comes_late():
    last = date(2036, 5, 20)
    found = steps(end_of(last), [last + n * DAY for n in range(-9, 12)])
    by_distance = {(day - last).days: step for day, step in found.items()}
    assert [n for n, step in by_distance.items() if step == -7] == list(range(-7, -1))
    # The day after, it is too late for the one before.
    assert [n for n, step in by_distance.items() if step == -1] == [-1, 0]
    assert [n for n, step in by_distance.items() if step == 1] == list(range(1, 8))
    assert by_distance[-8] is None and by_distance[8] is None


def test_a_deadline_with_a_time_is_over_at_that_time():
    day = date(2036, 5, 20)
    deadline = Deadline(at(day, 18), day, "Europe/Berlin", "18:00")
    assert USUAL.step(deadline, LONG_AGO, at(day, 17)) == -1
    assert USUAL.step(deadline, LONG_AGO, at(day, 19)) is None
    assert USUAL.step(deadline, LONG_AGO, at(day + DAY)) == 1


def test_midnight_leaves_no_time_on_the_day_that_begins():
    day = date(2036, 5, 20)
    deadline = Deadline(at(day, 0), day, "Europe/Berlin", "00:00")
    assert deadline.last_day(BERLIN) == day - DAY
    assert USUAL.step(deadline, LONG_AGO, at(day)) == 1


def test_what_is_declared_late_has_only_the_steps_that_are_left():
    last = date(2036, 5, 20)
    since = at(last - 3 * DAY, 12)
    found = steps(end_of(last), [last + n * DAY for n in range(-3, 2)], since=since)
    assert list(found.values()) == [None, None, -1, -1, 1]
    # On the very day there is still time for it.
    assert USUAL.step(end_of(last), at(last - DAY, 9), at(last - DAY, 12)) == -1


def test_of_what_was_over_when_it_was_declared_nobody_is_reminded():
    last = date(2036, 5, 20)
    for since in (at(last + DAY), at(last + 3 * DAY)):
        days = [last + n * DAY for n in range(1, 20)]
        assert set(steps(end_of(last), days, since=since).values()) == {None}


def test_the_zone_of_the_site_counts_and_not_that_in_which_it_was_said():
    """The end of 20 May in Berlin is still the afternoon of that day in New York."""
    deadline = end_of(date(2036, 5, 20))
    york = Schedule.of((0,), (1,), pytz.timezone("America/New_York"))
    assert deadline.last_day(york.zone) == date(2036, 5, 20)
    auckland = pytz.timezone("Pacific/Auckland")
    assert deadline.last_day(auckland) == date(2036, 5, 21)


CHANGES = (date(2036, 3, 30), date(2036, 10, 26))


@pytest.mark.parametrize("night", CHANGES, ids=["forward", "back"])
def test_in_the_night_when_clocks_change_days_are_days(night):
    for last in (night - DAY, night, night + DAY):
        for hour in (0, 1, 4, 23):
            found = steps(
                end_of(last), [last + n * DAY for n in (-8, -7, -1, 0, 1)], hour=hour
            )
            assert list(found.values()) == [None, -7, -1, -1, 1]


ZONES = [pytz.timezone(name) for name in ("UTC", "Europe/Berlin", "Pacific/Apia")]
moments = st.datetimes(
    datetime(2011, 1, 1), datetime(2040, 1, 1), timezones=st.just(timezone.utc)
)


@given(
    zone=st.sampled_from(ZONES),
    moment=moments,
    before=st.sets(st.integers(0, 30), max_size=4),
    after=st.sets(st.integers(1, 30), max_size=4),
    late=st.integers(0, 60),
    since=st.timedeltas(timedelta(0), timedelta(days=60)),
)
def test_each_step_is_for_its_day_and_none_is_missed(
    zone, moment, before, after, late, since
):
    schedule = Schedule.of(before, after, zone)
    deadline = Deadline(moment, moment.astimezone(zone).date(), zone.zone, "12:00")
    declared = moment - since
    now = moment + timedelta(days=30 - late)
    step = schedule.step(deadline, declared, now)
    today, last = schedule.today(now), deadline.last_day(zone)
    if step is None:
        # It is no step's day, unless that came before anybody knew of it, or is over.
        distance = (today - last).days
        if distance in schedule.steps:
            assert (
                today < schedule.today(declared)
                or deadline.has_passed(declared)
                or (distance <= 0 and deadline.has_passed(now))
            )
    else:
        day = last + timedelta(days=step)
        assert step in schedule.steps
        assert 0 <= (today - day).days < LATEST
        assert day >= schedule.today(declared)
        assert step > 0 or not deadline.has_passed(now)
