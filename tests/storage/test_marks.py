"""Sets of marks are put together in whatever order, and however often they come."""

from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import MARKS_BY_NAME
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.marks import together


#: The largest number that all databases keep.
LARGEST = 2**15 - 1

#: A later release may know more of them.
sets = st.lists(st.builds(Marks, st.integers(0, LARGEST)), max_size=6)


@given(sets, st.data())
def test_neither_order_nor_repetition_makes_a_difference(some, data):
    again = data.draw(st.permutations([*some, *data.draw(st.permutations(some))]))
    assert together(again) == together(some)


@given(sets, sets)
def test_sums_of_sums_are_the_same(some, others):
    at_once = together([*some, *others])
    assert together([together(some), together(others)]) == at_once


@given(sets)
def test_exactly_what_any_of_them_says_is_so(some):
    for mark in Marks:
        assert (mark in together(some)) == any(mark in each for each in some)


def test_of_none_nothing_is_so():
    assert together([]) == NO_MARKS
    assert not NO_MARKS


def test_the_numbers_in_databases_and_spools_are_those_of_always():
    given_away = {"ended": 1, "printed": 2}
    assert given_away.items() <= MARKS_BY_NAME.items()


def test_each_mark_is_one_bit_that_all_databases_have_room_for():
    numbers = [int(mark) for mark in Marks]
    assert sum(numbers) == together(Marks) <= LARGEST
    assert all(number.bit_count() == 1 for number in numbers)
