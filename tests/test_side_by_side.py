"""The processes of the tests don't all wait at the same time, and later all compute."""

from tests.side_by_side import LONGEST_FIRST
from tests.side_by_side import woven


BROWSER = LONGEST_FIRST.index("browser")


def test_some_of_what_computes_comes_between_what_waits():
    turns = {"site": 0, "faults": 2, **dict.fromkeys("abcdefgh", BROWSER)}
    assert woven(turns) == ["site", *"abc", "faults", *"defgh"]


def test_where_there_is_one_kind_alone_all_stay_in_their_order():
    waiting, computing = {"site": 0, "faults": 2}, dict.fromkeys("abcdefgh", BROWSER)
    assert woven(waiting) == [*waiting]
    assert woven(computing) == [*computing]
