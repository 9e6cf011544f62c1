"""A page is at a place in the site or below it, part of the path by part."""

from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.visitors.paths import Paths
from tests.counted import steps
from tests.nightly import examples

import pytest


@pytest.mark.parametrize(
    "place, path",
    [
        ("/news", "/news"),
        ("/news", "/news/"),
        ("/news", "/news/x"),
        ("/news", "/news/x/@@view"),
        ("/news", "//news///x"),
        ("/news/", "/news"),
        ("/news/", "/news/x"),
        ("/news//x/", "/news/x/y"),
        ("/über-uns", "/%C3%BCber-uns"),
        ("/%C3%BCber-uns", "/über-uns/team"),
        ("/a b", "/a%20b"),
        ("/", "/"),
        ("/", "/anything"),
        ("/@@search", "/@@search"),
        ("/a.b*[c", "/a.b*[c/d"),
    ],
)
def test_a_place_holds_itself_and_what_is_below(place, path):
    assert Paths.of([place]).holder(path) == place


@pytest.mark.parametrize(
    "place, path",
    [
        ("/news", "/newsletter"),
        ("/news", "/new"),
        ("/news", "/"),
        ("/news", ""),
        ("/news", "/en/news"),
        ("/news", "/News"),
        ("/news/x", "/news"),
        ("/news/x", "/news/y"),
        ("/a.b", "/aXb"),
        ("/.*", "/news"),
        ("/x\0", "/x"),
        ("/x", "/x\0"),
        ("/x", "/x\ud800"),
    ],
    ids=ascii,
)
def test_what_is_beside_a_place_is_not_held(place, path):
    assert Paths.of([place]).holder(path) is None


def test_of_several_the_uppermost_is_told():
    paths = Paths.of(["/board/minutes/2026", "/board/minutes", "/news"])
    assert paths.holder("/board/minutes/2026/may") == "/board/minutes"
    assert paths.holder("/board/agenda") is None
    assert paths.holder("/news") == "/news"


def test_without_places_nothing_is_held():
    assert Paths().holder("/") is None


IDS = st.lists(st.sampled_from(["a", "ab", "b", "a-b"]), max_size=4)


@given(st.lists(IDS, max_size=6), IDS)
@examples(100, nightly=2000)
def test_the_answer_is_that_of_comparing_ids(places, page):
    paths = Paths.of("/" + "/".join(place) for place in places)
    holds = any(page[: len(place)] == place for place in places)
    assert (paths.holder("/" + "/".join(page)) is not None) is holds


@pytest.mark.parametrize("part", ["/", "/a", "%", "/%C3", "a"])
def test_a_path_of_twice_the_length_takes_no_more_than_twice_the_work(part):
    paths = Paths.of(["/" + "a/" * 100, "/b"])
    short, long = (f"/a{part * often}" for often in (1000, 2000))
    assert steps(paths.holder, long) < 2.1 * steps(paths.holder, short)


def test_among_thousands_of_places_a_path_takes_no_more_work_than_among_a_few():
    few, many = (
        Paths.of(f"/folder-{each}/page" for each in range(number))
        for number in (2, 2000)
    )
    for path in ("/folder-1/page/x", "/folder-1/other", "/elsewhere"):
        assert steps(many.holder, path) == steps(few.holder, path)


@given(st.text())
@examples(100, nightly=2000)
def test_no_path_is_too_odd(path):
    assert Paths.of(["/"]).holder(path) == "/"
