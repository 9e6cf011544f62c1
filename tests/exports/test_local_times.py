"""Times in a file are those of the time zone, however fast they are found."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.exports.local_times import LocalTimes
from tests.nightly import examples
from zoneinfo import ZoneInfo

import pytest
import pytz


#: Whole hours and others, clocks that are turned by an hour, by half of one or never,
#: and at an hour that is none in UTC.
ZONES = (
    *("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "Africa/Monrovia"),
)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))

thorough = examples(50, nightly=2_000)


@pytest.mark.parametrize("zone", ZONES)
@thorough
@given(st.lists(MOMENTS, min_size=1, max_size=5))
@example([datetime(2026, 3, 29, hour, 59, 59, 999_999) for hour in range(4)])
@example([datetime(2026, 10, 25, hour, 30) for hour in range(4)])
@example([datetime(2026, 4, 4, 14, minute) for minute in (0, 29, 30, 59)])
@example([datetime(2011, 12, 30, 9, 59), datetime(2011, 12, 30, 10)])
def test_each_time_is_that_of_the_zone(zone, naive):
    for tz in (pytz.timezone(zone), ZoneInfo(zone)):
        times = LocalTimes(tz, " ", "")
        for moment in naive:
            moment = moment.replace(tzinfo=timezone.utc)
            # Twice, as it is another way when the day is known.
            for each in (moment, moment, moment + timedelta(hours=1)):
                exact = each.astimezone(tz).isoformat(" ", "seconds")
                assert times.text(each) == exact
                assert LocalTimes(tz, " ").text(each) == f'"{exact}"'


def test_times_of_other_zones_and_at_the_end_of_time_are_told_as_well():
    times = LocalTimes(timezone(timedelta(hours=-2)), quote="")
    elsewhere = datetime(2026, 5, 4, 12, tzinfo=timezone(timedelta(hours=3)))
    assert times.text(elsewhere) == "2026-05-04T07:00:00-02:00"
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone.utc)
    assert times.text(last) == "9999-12-31T21:59:59-02:00"


def test_more_days_than_are_remembered():
    times = LocalTimes(timezone.utc, quote="")
    for number in range(5000):
        moment = datetime(2000, 1, 1, 3, 4, 5, tzinfo=timezone.utc)
        moment += timedelta(days=number % 3000)
        assert times.text(moment) == moment.isoformat()
