"""Times in a sheet are those of the time zone, however fast they are found."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import from_excel
from slc.clicktracker.exports.sheet_times import SheetTimes
from tests.nightly import examples
from zoneinfo import ZoneInfo

import pytest
import pytz


#: Clocks that are turned by an hour, by half of one, by a day, or never.
ZONES = (
    "UTC",
    "Europe/Berlin",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))

thorough = examples(50, nightly=2_000)


@pytest.mark.parametrize("zone", ZONES)
@thorough
@given(st.lists(MOMENTS, min_size=1, max_size=5))
@example([datetime(2026, 3, 29, hour, 59, 59, 999_999) for hour in range(4)])
@example([datetime(2026, 4, 4, 14, minute) for minute in (0, 29, 30, 59)])
@example([datetime(2011, 12, 30, 9, 59), datetime(2011, 12, 30, 10)])
def test_each_time_is_that_of_the_zone(zone, naive):
    for tz in (pytz.timezone(zone), ZoneInfo(zone)):
        times = SheetTimes(tz, "<", ">")
        for moment in naive:
            moment = moment.replace(tzinfo=timezone.utc)
            elsewhere = moment.astimezone(timezone(timedelta(hours=3)))
            for each in (moment, elsewhere, moment + timedelta(minutes=7)):
                said = times.text(each)
                local = each.astimezone(tz).replace(tzinfo=None, microsecond=0)
                assert said[0] + said[-1] == "<>"
                assert from_excel(float(said[1:-1])) == local
