"""Rates, shares and ratios of a known population."""

from slc.clicktracker.activities.activities import activities_of
from slc.clicktracker.activities.comparison import comparison_of
from slc.clicktracker.activities.rule_line import rule_of
from slc.clicktracker.reports.activities.columns import COLUMNS
from slc.clicktracker.reports.activities.rows import raw_rows_of
from slc.clicktracker.reports.activities.rows import rows_of
from tests.activities.events import event
from tests.activities.events import in_order
from tests.activities.population import MEMBERS
from tests.activities.population import Population
from tests.activities.population import RULES

import pytest


def compared(events, smallest=5, **values):
    activities = activities_of(map(rule_of, RULES))
    return comparison_of(events, activities, gap=30, smallest=smallest, **values)


def cells(rows):
    """Return what a file has in each row, by the names of its columns."""
    return [
        {
            column.name: value
            for column in COLUMNS
            if (value := column.value(row)) is not None
        }
        for row in rows
    ]


def test_rates_shares_and_ratios_are_those_of_the_population():
    people = Population(7)
    found = compared(people.events, created=people.created)
    bulk, updating, rest = rows_of(found)
    done = {group: people.expected[group] for group in MEMBERS}
    for habit, row in (("bulk", bulk), ("updating", updating)):
        rates = {group: done[group][habit] / MEMBERS[group] for group in MEMBERS}
        assert (row.followed.rate, row.sample.rate) == (
            rates["followed"],
            rates["sample"],
        )
        assert row.ratio == rates["followed"] / rates["sample"]
        for group in MEMBERS:
            of, all_ = getattr(row, group), sum(done[group].values())
            assert of.share == done[group][habit] / all_
            assert of.runs == people.runs[group][habit] / MEMBERS[group]
    assert rest.is_unclassified
    for group in MEMBERS:
        shares = [getattr(row, group).share for row in (bulk, updating, rest)]
        assert sum(shares) == pytest.approx(1)


def test_a_file_has_all_that_is_raw_as_well():
    people = Population(7)
    found = compared(people.events, created=people.created)
    rows = cells([*rows_of(found), *raw_rows_of(found)])
    assert [row["activity"] for row in rows[:4]] == [
        "Bulk submitting",
        "Updating",
        "Unclassified",
        "Event of a page",
    ]
    follow = rows[3]
    assert (follow["part_of"], follow["kind"], follow["detail"]) == (
        "Unclassified",
        "event",
        "follow",
    )
    assert follow["followed_events"] == people.expected["followed"]["following"]
    raw = sum(row["sample_events"] for row in rows[3:])
    assert raw == rows[2]["sample_events"]


def test_of_a_group_that_is_too_small_no_figure_is_anywhere():
    few = [event(n, "added", reader=f"f{n}") for n in range(4)]
    more = [
        event(90 + n, "added", reader=f"s{n}", cohort="sample", portal_type="File")
        for n in range(5)
    ]
    found = compared(in_order([*few, *more]))
    rows = cells([*rows_of(found), *raw_rows_of(found)])
    assert not [name for row in rows for name in row if name.startswith("followed")]
    assert not [row for row in rows if "ratio" in row]
    assert [row["sample_events"] for row in rows] == [0, 0, 5, 5]


def test_what_the_sample_never_does_has_no_ratio():
    members = [event(n, "commented", reader=f"f{n}") for n in range(5)]
    others = [
        event(90 + n, "edited", reader=f"s{n}", cohort="sample") for n in range(5)
    ]
    _bulk, updating, rest = rows_of(compared(in_order([*members, *others])))
    assert (updating.followed.rate, updating.sample.rate, updating.ratio) == (
        1,
        0,
        None,
    )
    assert rest.ratio == 0
