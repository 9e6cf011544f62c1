"""Rows of files as texts, whose columns are gone through one by one."""

from operator import itemgetter
from slc.clicktracker.exports import row_texts
from slc.clicktracker.exports.row_texts import RowTexts
from slc.clicktracker.reports.columns import Column

import pytest


TEXT_OF = {str: repr, int: str, type(None): lambda cell: "-"}


def column(number, together="", like=""):
    value = itemgetter(number)
    return Column(f"c{number}", f"C{number}", 9, value, together=together, like=like)


def plain(row):
    return ";".join(TEXT_OF[type(cell)](cell) for cell in row)


@pytest.fixture(params=[1, 2, 20_000])
def remembered(request, monkeypatch):
    monkeypatch.setattr(row_texts, "REMEMBERED", request.param)


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize(
    "together", [("",) * 4, ("a", "a", "", "b"), ("a", "a", "b", "b"), ("a",) * 4]
)
def test_what_is_made_once_for_many_rows_is_as_if_made_for_each(together):
    rows = [(f"name {n % 3}", n % 2, None if n % 5 else 7, n) for n in range(40)]
    columns = [column(number, word) for number, word in enumerate(together)]
    made = RowTexts(columns, TEXT_OF, ";")
    assert made.of(rows[:7]) + made.of(rows[7:]) == list(map(plain, rows))


def test_what_another_column_has_is_not_made_again():
    made = []

    def text(cell):
        made.append(cell)
        return f"{cell}"

    first, other = "first", "other"
    columns = [column(0), column(1), column(2, like="c0")]
    texts = RowTexts(columns, {str: text, int: str}, ";")
    rows = [(first, 1, first), (first, 2, other)]
    assert texts.of(rows) == ["first;1;first", "first;2;other"]
    assert texts.of(rows[1:]) == ["first;2;other"]
    assert made == [first, first, other, first, other]


def test_a_cell_has_the_form_of_its_column():
    columns = [column(0, "a"), column(1, "a"), column(2)]
    made = RowTexts(columns, TEXT_OF, ", ", lambda each: f"{each.name} 100 %%: %s")
    assert made.of([("x", 1, None)]) == ["c0 100 %: 'x', c1 100 %: 1, c2 100 %: -"]


def test_no_rows_are_no_texts():
    assert RowTexts([column(0, "a"), column(1)], TEXT_OF, ";").of([]) == []
