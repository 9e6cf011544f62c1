"""New readers over time: the bars and their sum."""

from datetime import date
from datetime import timedelta
from slc.clicktracker.charts.readings_chart import PEOPLE
from slc.clicktracker.charts.readings_chart import readings_chart
from slc.clicktracker.charts.steps import MOST_BARS

import pytest


MAY_4 = date(2026, 5, 4)


@pytest.fixture
def shown(integration):
    """Return a function: labels and numbers of the chart."""

    def of(readers, today):
        chart = readings_chart("New", tuple(readers), today, PEOPLE)
        return chart.labels, *(series.values for series in chart.series)

    return of


def test_there_is_none_before_anybody_has_read():
    assert readings_chart("New", (), MAY_4, PEOPLE) is None


def test_days_without_anybody_are_there_up_to_today(shown):
    readers = [(MAY_4, 3), (MAY_4 + timedelta(2), 2)]
    labels, new, all_ = shown(readers, MAY_4 + timedelta(3))
    assert labels == ("May 04, 2026", "May 05, 2026", "May 06, 2026", "May 07, 2026")
    assert new == (3, 0, 2, 0)
    assert all_ == (3, 3, 5, 5)


def test_a_day_that_is_not_yet_today_here_is_shown(shown):
    assert shown([(MAY_4, 1)], MAY_4 - timedelta(1))[1:] == ((1,), (1,))


def test_a_long_time_is_shown_by_week_from_monday(shown):
    readers = [(MAY_4 + timedelta(1), 1), (MAY_4 + timedelta(6), 1)]
    labels, new, all_ = shown(readers, MAY_4 + timedelta(MOST_BARS + 1))
    assert labels[:2] == ("May 04, 2026", "May 11, 2026")
    assert (new[:2], all_[:2]) == ((2, 0), (2, 2))


def test_two_years_are_shown_by_month(shown):
    labels, new, _all = shown([(date(2024, 12, 31), 4)], MAY_4)
    assert labels[:3] == ("2024-12", "2025-01", "2025-02")
    assert labels[-1] == "2026-05"
    assert new[:2] == (4, 0)


def test_a_lifetime_is_shown_by_year(shown):
    labels, _new, all_ = shown([(date(1999, 1, 1), 4)], MAY_4)
    assert labels == tuple(map(str, range(1999, 2027)))
    assert all_[-1] == 4


@pytest.mark.parametrize("days", [0, 59, 60, 61, 400, 500, 1800, 2000])
def test_there_are_never_too_many_bars_and_nobody_is_lost(shown, days):
    readers = [(MAY_4 + timedelta(day), 1) for day in range(0, days + 1, 7)]
    _labels, new, all_ = shown(readers, MAY_4 + timedelta(days))
    assert len(new) <= MOST_BARS
    assert sum(new) == all_[-1] == len(readers)


def test_new_readers_and_all_of_them_are_on_one_scale(integration):
    assert readings_chart("New", ((MAY_4, 3),), MAY_4, PEOPLE).is_one_scale
