"""How many words a reader of Volto's blocks has to read."""

from slc.clicktracker.versions.words_in_blocks import text_in_blocks


def paragraph(*children):
    return {
        "@type": "slate",
        "plaintext": "twice",
        "value": [{"children": [*children]}],
    }


def words(blocks):
    return text_in_blocks(blocks).split()


def test_a_text_is_said_once_and_what_is_emphasised_in_it_stands_in_its_words():
    bold = {"type": "strong", "children": [{"text": "berth"}]}
    line = paragraph({"text": "The "}, bold, {"text": "s are full."})
    assert words({"1": {"@type": "title"}, "2": line}) == [
        "The",
        "berths",
        "are",
        "full.",
    ]


def test_items_of_lists_cells_and_blocks_are_apart():
    items = [{"type": "li", "children": [{"text": each}]} for each in ("one", "two")]
    listed = {"@type": "slate", "value": [{"type": "ul", "children": items}]}
    cells = [{"value": [{"children": [{"text": each}]}]} for each in ("3", "4")]
    table = {"@type": "slateTable", "table": {"rows": [{"cells": cells}]}}
    inner = {"@type": "columns", "data": {"blocks": {"a": paragraph({"text": "five"})}}}
    blocks = {"1": listed, "2": table, "3": inner}
    assert words(blocks) == ["one", "two", "3", "4", "five"]


def test_older_text_blocks_count_and_settings_do_not():
    lines = [{"text": each, "type": "unstyled"} for each in ("old", "one")]
    draft = {"@type": "text", "text": {"blocks": lines}}
    listing = {"@type": "listing", "variation": "summary", "query": [1, None, True]}
    assert words({"1": draft, "2": listing}) == ["old", "one"]
