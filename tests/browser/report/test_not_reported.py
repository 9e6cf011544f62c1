"""Where only the opening of a page was reported, no figures are made up."""

from datetime import timezone
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.columns import columns_of
from slc.clicktracker.reports.reported import has_figures
from slc.clicktracker.reports.tabs import TABS
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from types import SimpleNamespace

import pytest


SILENT = {"engaged": 0, "depth": 0, "marks": NO_MARKS}


def row(count=1, **more):
    return SimpleNamespace(of_text=SimpleNamespace(count=count), **(SILENT | more))


def cells(one, kind):
    words = Words(str, timezone.utc)
    columns = columns_of(TABS[0], knows_evidence=True)
    names = ("seconds", "percent", "ended", "printed")
    return [
        getattr(words, kind)(each.value(one)) for each in columns if each.name in names
    ]


def test_who_left_before_anything_could_be_told_has_no_figures():
    assert not has_figures(row())


@pytest.mark.parametrize(
    "more",
    [{"engaged": 1}, {"depth": 3}, *({"marks": mark} for mark in Marks)],
    ids=str,
)
def test_whatever_was_told_is_a_figure(more):
    assert has_figures(row(**more))


def test_a_list_for_people_says_not_reported():
    assert cells(row(), "plain") == ["not reported"] * 4


def test_a_list_for_programs_has_no_numbers_there():
    assert cells(row(), "data") == [None] * 4


def test_half_a_second_that_was_reported_is_a_zero():
    assert cells(row(engaged=500), "data") == [0, 0, False, False]


def test_who_has_only_downloaded_a_file_has_empty_cells():
    assert cells(row(count=0), "plain") == [None] * 4
