"""What somebody is shown of a text that has changed: the change, and a little around it."""

from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.acknowledgements.changed_text import changed_text
from slc.clicktracker.acknowledgements.changed_text import lines_as_html

import lxml.html
import re
import time


def paragraphs(*numbers, **changed):
    return "".join(f"<p>Paragraph {changed.get(f'p{n}', n)}</p>" for n in numbers)


def shown(parts):
    """Return the words that are shown, and of what is folded how many blocks these are."""
    return [part.unchanged or words_of(part.html) for part in parts]


def words_of(html):
    return " ".join(re.sub(r"<(?!/?(ins|del)>)[^>]*>", " ", html).split())


def test_a_change_is_shown_with_what_is_beside_it_and_all_else_is_folded():
    before, after = paragraphs(*range(20)), paragraphs(*range(20), p10="X")
    assert shown(changed_text(before, after)) == [
        9,
        "Paragraph 9",
        "Paragraph <del>10 </del> <ins>X </ins>",
        "Paragraph 11",
        8,
    ]


def test_lines_that_an_editor_has_broken_anew_are_no_change():
    before = (
        "<p>A long line that was\nbroken</p>\n<ul>\n<li>One\nitem</li>\n</ul>"
        "<table><tr><th>Who</th><td>Bob</td></tr></table>"
    )
    after = (
        "<p>A long line that was broken</p><ul><li>One item</li></ul>"
        "<table>\n<tr>\n<th>Who</th>\n<td>Bob</td>\n</tr>\n</table>"
    )
    told = changed_text(before, f"{after}<p>new</p>")
    assert shown(told) == [2, "Who Bob", "<ins>new </ins>"]
    program = "<pre>a\n b</pre>" * 2
    assert 2 not in shown(changed_text(program, program.replace("\n", "")))


def test_what_is_folded_is_all_there():
    before = paragraphs(*range(20))
    parts = changed_text(before, before + "<p>new</p>")
    assert parts[0].unchanged == 19
    assert parts[0].html == paragraphs(*range(19))


def test_a_single_paragraph_is_not_folded():
    before, after = paragraphs(*range(3)), paragraphs(*range(3), p2="X")
    assert 1 not in shown(changed_text(before, after))


def test_paragraphs_that_came_or_went_are_marked_as_a_whole():
    parts = changed_text(paragraphs(1, 2), paragraphs(1, 3, 2))
    assert "<ins>Paragraph 3 </ins>" in parts[1].html
    parts = changed_text(paragraphs(1, 2), paragraphs(2))
    assert "<del>Paragraph 1 </del>" in parts[0].html


def test_items_of_lists_and_what_is_in_divisions_are_compared_one_by_one():
    items = [f"<li>Item {n}</li>" for n in range(9)]
    before = f"<div>First words<ul>{''.join(items)}</ul></div>"
    after = before.replace("Item 8", "Item eight")
    assert shown(changed_text(before, after)) == [
        8,
        "Item 7",
        "Item <del>8 </del> <ins>eight </ins>",
    ]
    (folded, *_rest) = changed_text(before, after)
    assert folded.html.startswith(
        "<p>First words</p><ul><li>Item 0</li><li>Item 1</li>"
    )


def test_items_keep_their_numbers_and_are_one_list_with_all_that_it_has():
    items = [f"<li>Item {n}</li>" for n in range(3, 9)]
    before = f'<ol class="rules" start="3">{"".join(items)}</ol>'
    first, second, last = changed_text(before, before.replace("Item 8", "Item eight"))
    assert first.html == f'<ol class="rules" start="3">{"".join(items[:4])}</ol>'
    assert second.html == f'<ol class="rules" start="7">{items[4]}</ol>'
    assert last.html.startswith('<ol class="rules" start="8"> <li> Item')
    # What has only got another number says the same.
    more = before.replace("<li>Item 3", "<li>New</li><li>Item 3")
    assert [part.unchanged for part in changed_text(before, more)] == [0, 0, 5]
    two = "<ol><li>a</li></ol><ol><li>b</li></ol>"
    assert changed_text(two, two)[0].html == two


def test_plain_text_is_compared_line_by_line_and_is_no_markup():
    before, after = "One\n<b>two</b>\nthree", "One\n<b>2</b>\nthree"
    parts = changed_text(lines_as_html(before), lines_as_html(after))
    assert shown(parts) == [
        "One",
        "<del>&lt;b&gt;two&lt;/b&gt; </del> <ins>&lt;b&gt;2&lt;/b&gt; </ins>",
        "three",
    ]


def test_a_long_text_takes_no_time():
    """The book of the budget, with a word changed: comparing all words takes minutes."""
    words = " ".join(f"word{n % 97}" for n in range(60))
    before = "".join(f"<p>{n} {words}</p>" for n in range(2000))
    after = before.replace("<p>1000 word0", "<p>1000 another")
    begin = time.process_time()
    assert shown(changed_text(before, after))[0] == 999
    assert time.process_time() - begin < 2


_TYPED = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "&lt;",
            '"',
            "'",
            "img src=x onerror=a",
            "/p",
            "!--",
            "-->",
            "x",
            " ",
            "\n",
        ]
    ),
    max_size=12,
).map("".join)


@given(_TYPED, _TYPED)
def test_what_somebody_has_typed_is_never_markup(before, after):
    """Neither as text, nor in an attribute of what was cleaned."""
    plain = lines_as_html(before), lines_as_html(after)
    holders = lxml.html.Element("p"), lxml.html.Element("p")
    for holder, typed in zip(holders, (before, after), strict=True):
        holder.set("title", typed)
        holder.text = typed
    titled = [lxml.html.tostring(holder, encoding="unicode") for holder in holders]
    for texts in (plain, titled):
        for part in changed_text(*texts):
            for element in lxml.html.fromstring(f"<div>{part.html}</div>").iter():
                assert element.tag in ("div", "p", "ins", "del"), part
                assert set(element.keys()) <= {"title"}, part
