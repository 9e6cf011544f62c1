"""Which versions lie between the current one and an earlier one that is chosen."""

from slc.clicktracker.reports.known_versions import KnownVersions
from slc.clicktracker.storage.activity import KnownText
from tests.collector.accesses import NOON

import pytest


def between(texts, current, earlier):
    """Return the texts between, for texts of a letter each, the newest first."""
    known = (KnownText("uid", text, "", NOON, NOON, 0) for text in texts)
    found = KnownVersions(tuple(known)).between(current, earlier)
    return "".join(each.text for each in found)


@pytest.mark.parametrize(
    ("texts", "current", "earlier", "found"),
    [
        ("dcba", "d", "c", "c"),
        ("dcba", "d", "a", "cba"),
        # Nobody was served the current one yet.
        ("cba", "d", "c", "c"),
        ("cba", "d", "a", "cba"),
        # It is an earlier one again: what came after it lies not between.
        ("dcba", "b", "a", "a"),
        ("dcba", "b", "c", "c"),
        ("dcba", "b", "d", "dc"),
    ],
)
def test_all_from_the_chosen_one_to_the_current_one(texts, current, earlier, found):
    assert between(texts, current, earlier) == found


def test_a_version_that_is_not_known_is_refused():
    with pytest.raises(ValueError):
        between("ba", "b", "x")
