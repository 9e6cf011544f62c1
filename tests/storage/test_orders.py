"""Lists of readings in any order are found with digits of their values."""

from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.storage.sets import document_values
from slc.clicktracker.storage.sets import ordered
from slc.clicktracker.storage.sets.bits import bits_of
from slc.clicktracker.storage.sets.bits import numbers_in
from slc.clicktracker.storage.sets.digits import added
from slc.clicktracker.storage.sets.digits import at_least
from slc.clicktracker.storage.sets.digits import digits_of
from slc.clicktracker.storage.sets.digits import joined
from slc.clicktracker.storage.sets.digits import number_of
from slc.clicktracker.storage.sets.digits import numbers_of
from slc.clicktracker.storage.sets.digits import split
from slc.clicktracker.storage.sets.digits import width
from slc.clicktracker.storage.sets.document_values import DocumentValues
from slc.clicktracker.storage.sets.ordered import Column
from slc.clicktracker.storage.sets.ordered import Ordered
from slc.clicktracker.storage.sets.reading_values import ReadingValues

import pytest


numbers = st.lists(st.one_of(st.integers(0, 9), st.integers(0, 2**64 - 1)), max_size=40)
times = st.one_of(st.just(0), st.integers(0, 2**57))
values = st.builds(
    ReadingValues,
    times,
    times,
    st.integers(0, 3),
    st.sampled_from(("", "/a", "/b?ü")),
    st.dictionaries(st.sampled_from(("", "1", "a")), times, min_size=1),
)
documents = st.dictionaries(st.integers(0, 60), values, max_size=12)


@given(numbers)
def test_digits_give_back_their_numbers(some):
    digits, rows = digits_of(some), len(some)
    assert numbers_of(digits, rows) == some
    assert joined(split(digits, width(rows)), width(rows)) == digits
    assert [number_of(digits, width(rows), row) for row in range(rows)] == some


@given(st.lists(st.lists(st.integers(0, 2**60), min_size=9, max_size=9), max_size=4))
def test_numbers_in_a_row_are_added(terms):
    size = width(9)
    found = joined(added([split(digits_of(its), size) for its in terms]), size)
    assert (
        numbers_of(found, 9) == [sum(its) for its in zip(*terms, strict=True)]
        or [0] * 9
    )


@given(numbers, st.one_of(st.integers(-2, 10), st.integers(0, 2**65)))
def test_those_that_are_not_below_a_number_are_found(some, least):
    size = width(len(some))
    found = at_least(digits_of(some), size, least, (1 << len(some)) - 1)
    assert list(numbers_in(found)) == [
        row for row, number in enumerate(some) if number >= least
    ]


@given(documents)
def test_everybody_is_at_one_url(some):
    found = DocumentValues.of(some).urls_of_readers
    assert {place: url for url, its in found for place in numbers_in(its)} == {
        place: its.url for place, its in some.items()
    }
    assert sum(its.bit_count() for _url, its in found) == len(some)


@given(documents)
def test_a_document_gives_back_its_values(some):
    made = DocumentValues.of(some)
    assert made.by_place == some
    assert DocumentValues.unpacked(made.packed()) == made


@pytest.fixture(params=[0, 3, 500])
def few(request, monkeypatch):
    """How few readings are put in order, or found, one by one."""
    monkeypatch.setattr(ordered, "_FEW", request.param)
    monkeypatch.setattr(document_values, "_FEW", request.param)


@pytest.mark.usefixtures("few")
@given(documents, st.frozensets(st.integers(0, 60)))
def test_rows_are_those_of_some_readers(some, readers):
    made = DocumentValues.of(some)
    rows = made.rows_of(bits_of(readers))
    places = sorted(some)
    assert {places[row] for row in numbers_in(rows)} == readers & some.keys()
    assert set(numbers_in(made.readers_of(rows))) == readers & some.keys()


@given(documents, documents, st.frozensets(st.integers(0, 60)))
def test_what_changes_takes_the_place_of_what_was(before, news, gone):
    touched = bits_of({*news, *gone})
    kept = {place: its for place, its in before.items() if not touched >> place & 1}
    made = DocumentValues.of(before).changed(touched, news)
    assert made == DocumentValues.of({**kept, **news})


@given(documents)
def test_who_has_read_a_newer_text_is_engaged_with_that_alone(some):
    made = DocumentValues.of(some)
    groups = (("1",), ("a", "never shown", ""))
    expected = [
        its.engaged["1"] if "1" in its.engaged else sum(its.engaged.values())
        for _place, its in sorted(some.items())
    ]
    assert numbers_of(made.engaged(groups), len(some)) == expected


@given(documents)
def test_what_is_kept_of_one_question_does_not_answer_another(some):
    made = DocumentValues.of(some)
    for groups in ((("1",), ("a", "")), (("a",), ("1", "")), (("1",), ("a", ""))):
        digits = made.engaged(groups)
        assert digits == DocumentValues.of(some).engaged(groups)
        numbers = zip(sorted(some), numbers_of(digits, len(some)), strict=True)
        zero = {place for place, number in numbers if not number}
        assert set(numbers_in(made.zero(digits))) == zero


@pytest.mark.usefixtures("few")
@given(
    st.lists(st.tuples(documents, st.frozensets(st.integers(0, 60))), max_size=4),
    st.sampled_from(("last", "count", "url")),
    st.booleans(),
    st.integers(0, 50),
)
def test_the_rest_of_a_list_is_found(asked, sort, reverse, start):
    columns, rows = [], []
    for number, (some, left_out) in enumerate(asked):
        values_of, uid = DocumentValues.of(some), f"uid-{number}"
        kept = {place: its for place, its in some.items() if place not in left_out}
        digits = values_of.numbers.get(sort, b"")
        columns.append(Column.of(uid, values_of, bits_of(kept), digits))
        rows += [(getattr(its, sort), uid, place) for place, its in kept.items()]
    made = Ordered(columns, reverse)
    found = made.by_url(start) if sort == "url" else made.by_number(start)
    value_of = {row[1:]: row[0] for row in rows}
    listed = []
    for same, before in found:
        its = [(uid, place) for uid, readers in same for place in numbers_in(readers)]
        assert len({value_of[row] for row in its}) == 1
        assert before < len(its)
        listed += [value_of[row] for row in its[before:]]
    assert listed == sorted((row[0] for row in rows), reverse=reverse)[start:]
