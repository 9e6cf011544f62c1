"""The text that readers see in blocks, as Volto keeps it."""

from typing import Any


#: What a block keeps besides, for the search.
_SAID_TWICE = frozenset({"plaintext"})


def text_in_blocks(found: Any) -> str:
    """Return the text in blocks, or in any part of them, its words between spaces.

    A text is a leaf: ``{"text": "…"}``. Everything else holds others: the nodes of a text,
    the cells of a table, blocks within blocks. What is not typed as text, such as the title
    in a teaser, is left out. Raises ``RecursionError`` where it is nested too deeply.
    """
    if isinstance(found, dict):
        text = found.get("text")
        if isinstance(text, str):
            return text
        found = [part for name, part in found.items() if name not in _SAID_TWICE]
    if not isinstance(found, list):
        return ""
    parts = [part for part in found if isinstance(part, dict | list)]
    # Beside a text, an element is in the same line: a link, or what is emphasised.
    is_line = any(map(_is_in_line, parts))
    return ("" if is_line else " ").join(map(text_in_blocks, parts))


def _is_in_line(part: Any) -> bool:
    # Where it has a type, it is a paragraph of an older kind.
    return isinstance(part, dict) and "text" in part and "type" not in part
