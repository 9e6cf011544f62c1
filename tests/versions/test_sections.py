"""Where the sections of a text begin and end, by the number of words."""

from hypothesis import given
from hypothesis import strategies as st
from itertools import pairwise
from slc.clicktracker.versions.sections import MOST_SECTIONS
from slc.clicktracker.versions.sections import Section
from slc.clicktracker.versions.sections import sections_of
from tests.counted import steps

import pytest


def words(number):
    return "<p>" + "word " * number + "</p>"


def test_each_heading_begins_a_section_with_its_share_of_the_words():
    text = f"<h2>Berths</h2>{words(49)}<h2>The crane</h2>{words(148)}"
    assert sections_of(text) == (
        Section("Berths", 1, 0, 25),
        Section("The crane", 1, 25, 100),
    )


def test_what_stands_before_the_first_heading_is_a_part_without_a_title():
    text = f"{words(50)}<h2>Berths</h2>{words(49)}"
    assert sections_of(text) == (Section("", 1, 0, 50), Section("Berths", 1, 50, 100))


def test_a_lower_heading_is_a_section_of_its_own_one_level_down():
    text = f"<h2>A</h2>{words(49)}<h3>B</h3>{words(49)}<h4>C</h4>{words(99)}"
    assert sections_of(text) == (
        Section("A", 1, 0, 25),
        Section("B", 2, 25, 50),
        Section("C", 3, 50, 100),
    )


def test_levels_are_counted_from_the_highest_that_there_is():
    assert [s.level for s in sections_of("<h3>A</h3><h5>B</h5><h3>C</h3>")] == [1, 2, 1]


def test_a_text_without_headings_has_four_parts():
    parts = sections_of(words(3))
    assert [(p.title, p.begins, p.ends) for p in parts] == [
        ("", 0, 25),
        ("", 25, 50),
        ("", 50, 75),
        ("", 75, 100),
    ]


@pytest.mark.parametrize("text", ["", "  ", "<p></p>", "<!-- no -->", "<img src='x'>"])
def test_no_words_are_no_sections(text):
    assert sections_of(text) == ()


def test_deep_headings_are_left_out_where_there_are_too_many():
    chapter = "<h2>Chapter</h2>" + f"<h3>Section</h3>{words(5)}" * 9
    assert [s.title for s in sections_of(chapter * 3)] == ["Chapter"] * 3


def test_where_there_are_too_many_of_the_highest_several_are_one_section():
    text = "".join(f"<h2>Item {n}</h2><p>{words(9)}</p>" for n in range(1, 101))
    sections = sections_of(text)
    assert len(sections) <= MOST_SECTIONS
    assert sections[0].title == "Item 1 – Item 6"
    assert sections[-1].title == "Item 97 – Item 100"
    assert (sections[0].begins, sections[-1].ends) == (0, 100)
    assert all(section.title for section in sections)
    one_more = sections_of(f"<p>{words(9)}</p>{text}")
    assert len(one_more) <= MOST_SECTIONS
    assert one_more[0].title == ""


def test_headings_within_other_elements_and_marked_up_headings_count():
    text = f"<div><h2>The <em>winter</em>\n berths</h2>{words(7)}</div>{words(10)}"
    assert sections_of(text) == (Section("The winter berths", 1, 0, 100),)


def test_empty_headings_and_what_is_not_shown_do_not_count():
    text = (
        f"<style>a b c</style>{words(2)}<h2> </h2><script>d e f</script> and more"
        f"<!-- g h i --><h2>Berths</h2>{words(3)}"
    )
    assert [(s.title, s.begins) for s in sections_of(text)] == [("", 0), ("Berths", 50)]


def test_broken_html_is_read_as_far_as_it_goes():
    assert [s.title for s in sections_of("<h2>A<p>b</h2></div><h2>C")][-1] == "C"


def test_a_text_of_twice_the_length_takes_no_more_than_twice_the_work():
    chapter = f"<h2>Chapter</h2><h3>Section</h3>{words(10)}"
    short, long = chapter * 50, chapter * 100
    assert len(sections_of(long)) <= MOST_SECTIONS
    assert steps(sections_of, long) < 2.1 * steps(sections_of, short)


_parts = st.sampled_from(
    [
        "<h1>a</h1>",
        "<h2>b c</h2>",
        "<h3>d</h3>",
        "<p>e f g</p>",
        "<h4></h4>",
        "h",
        "<br>",
    ]
)


@given(st.lists(_parts, max_size=60))
def test_sections_lie_end_to_end_from_nothing_to_all(parts):
    sections = sections_of(" ".join(parts))
    assert len(sections) <= MOST_SECTIONS
    if sections:
        assert (sections[0].begins, sections[-1].ends) == (0, 100)
    for before, after in pairwise(sections):
        assert before.begins <= before.ends == after.begins
