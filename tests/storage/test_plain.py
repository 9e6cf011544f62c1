"""Accesses as plain values: the way there and back."""

from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.plain import accesses
from slc.clicktracker.storage.plain import plain
from slc.clicktracker.storage.visits.plain import page_views
from slc.clicktracker.storage.visits.plain import plain_view
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visits import visit

import json
import pytest


moments = st.datetimes(
    datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.timezones()
)
texts = st.text(max_size=300)


@given(
    st.lists(
        st.builds(
            Access,
            key=texts,
            issued=moments,
            opened=moments,
            seen=moments,
            document=st.builds(Document, texts, texts, texts),
            reader=st.builds(Reader, texts, texts, texts),
            url=texts,
            version=st.builds(Version, texts, texts, st.integers(0, 2**60)),
            origin=texts,
            engaged=st.integers(0, 2**60),
            depth=st.integers(0, 100),
            marks=st.builds(Marks, st.integers(0, sum(Marks))),
        ),
        max_size=5,
    )
)
def test_an_access_survives_the_way_through_json(sent):
    rows = json.loads(json.dumps([plain(access) for access in sent]))
    assert accesses(rows) == sent


def test_a_row_of_an_earlier_release_knows_less():
    sent = visit(1, version=Version("3", "d1", 200), marks=Marks.ENDED)
    (access,) = accesses([plain(sent)[:15]])
    assert access == replace(sent, version=Version("3"), marks=NO_MARKS)


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("printed", [False, True])
def test_a_row_with_a_truth_for_each_mark_is_understood(ended, printed):
    marks = Marks.ENDED * ended | Marks.PRINTED * printed
    sent = visit(1, version=Version("3", "d1", 200), marks=marks)
    row = [*plain(sent)[:15], ended, printed, "d1", 200]
    assert accesses(json.loads(json.dumps([row]))) == [sent]


def test_a_mark_that_only_a_later_release_knows_is_not_lost():
    row = plain(visit(1))._replace(marks=1 << 14 | Marks.ENDED)
    (access,) = accesses([row])
    assert Marks.ENDED in access.marks
    assert plain(access) == row


def test_what_is_read_is_normalised_like_everything():
    row = plain(visit(1))._replace(user="b\0b", title="x" * 999, name="\ud800")
    (access,) = accesses([row])
    assert access.reader == Reader("b\ufffdb", name="\ufffd")
    assert access.document.title == "x" * 255


@pytest.mark.parametrize(
    "row",
    [
        (),
        plain(visit(1))[1:],
        (*plain(visit(1)), "more"),
        plain(visit(1))._replace(issued="2026-01-01"),
        plain(visit(1))._replace(opened=2**62),
        plain(visit(1))._replace(url=7),
        plain(visit(1))._replace(marks="1"),
        (*plain(visit(1))[:15], "true", False, "", 0),
    ],
)
def test_a_row_that_is_no_access_is_refused(row):
    with pytest.raises((ValueError, TypeError, OverflowError)):
        accesses([row])


@given(moments)
def test_times_are_exact_to_the_microsecond(moment):
    assert from_microseconds(microseconds(moment)) == utc(moment)


def test_a_page_view_is_as_it_was_and_of_an_earlier_release_it_is_by_utc():
    sent = view(1, 5, stay=2, query="b_start=20", ahead=timedelta(hours=-3))
    rows = json.loads(json.dumps([plain_view(sent)]))
    assert page_views(rows) == [sent]
    before = [row[:-1] for row in rows]
    assert page_views(before) == [replace(sent, ahead=timedelta(0))]
