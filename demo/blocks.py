"""What Volto shows of a page: the blocks that a text of ``papers`` amounts to."""

from itertools import count
from lxml import html
from lxml.html import HtmlElement
from typing import Any


#: Volto calls them what HTML does.
_INLINE = {"em", "strong"}


def blocks_of(text: str) -> dict[str, Any]:
    """Return ``blocks`` and ``blocks_layout`` of a page with title, description and a text
    in HTML."""
    found = [{"@type": "title"}, {"@type": "description"}]
    found += [_block(element) for element in html.fragments_fromstring(text)]
    names = [f"block-{number}" for number in range(len(found))]
    return {
        "blocks": dict(zip(names, found, strict=True)),
        "blocks_layout": {"items": names},
    }


def _block(element: HtmlElement) -> dict[str, Any]:
    if element.tag == "table":
        return {"@type": "slateTable", "table": _table(element)}
    return {
        "@type": "slate",
        "plaintext": " ".join(element.text_content().split()),
        "value": [_node(element)],
    }


def _table(element: HtmlElement) -> dict[str, Any]:
    numbers = count()
    rows = [
        {
            "key": f"row-{next(numbers)}",
            "cells": [
                {
                    "key": f"cell-{next(numbers)}",
                    "type": "header" if cell.tag == "th" else "data",
                    "value": [{"type": "p", "children": _children(cell)}],
                }
                for cell in row
            ],
        }
        for row in element.iter("tr")
    ]
    return {"rows": rows, "basic": True, "celled": True, "fixed": False}


def _node(element: HtmlElement) -> dict[str, Any]:
    if element.tag in ("ul", "ol"):
        return {"type": element.tag, "children": [_node(each) for each in element]}
    return {"type": element.tag, "children": _children(element)}


def _children(element: HtmlElement) -> list[dict[str, Any]]:
    found = [_text(element.text)]
    for each in element:
        assert each.tag in _INLINE, each.tag
        found += [{"type": each.tag, "children": _children(each)}, _text(each.tail)]
    return found


def _text(text: str | None) -> dict[str, str]:
    return {"text": (text or "").replace("\n", " ")}
