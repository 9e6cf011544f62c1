"""``changed_text``: what has changed in a text, with a little of what stands around it."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from lxml import etree
from lxml.etree import ParserError
from lxml.html import fragment_fromstring
from lxml.html import HtmlElement
from lxml.html import tostring
from Products.CMFDiffTool.libs.htmldiff import NoTagHTMLMatcher

import re


#: Unchanged blocks that are shown before and after a change.
_AROUND = 1

#: Fewer of them are not worth a click.
_WORTH_FOLDING = 2

#: Elements that are part of a line; all others are blocks.
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "button",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)

#: Blocks that only hold others, and those whose items are compared one by one.
_HOLDERS = frozenset(["article", "body", "div", "main", "section"])
_LISTS = frozenset(("ul", "ol"))

#: A tag in a block before and after which no browser shows a space.
_AROUND_TAG = re.compile(
    r" ?(</?(?:blockquote|caption|d[dlt]|h[1-6]|li|ol|p|t(?:able|body|d|foot|h|head|r)|ul)\b"
    r"[^>]*>) ?"
)


@dataclass(frozen=True)
class TextPart:
    """A part of the two texts: safe ``html``, where what was safe was compared. Of what is
    ``unchanged``, and needs not be shown, it says how many blocks these are, else 0."""

    html: str
    unchanged: int = 0


def changed_text(before: str, after: str) -> list[TextPart]:
    """Return what has become of some HTML, block by block: paragraphs, headings, tables,
    items of lists. Within those that were changed, words that were taken out are in
    ``<del>``, those that were added in ``<ins>``.

    Words are only compared where blocks differ, so a long text takes little longer.
    """
    old, new = _blocks_of(before), _blocks_of(after)
    matcher = SequenceMatcher(None, _seen(old), _seen(new), autojunk=False)
    opcodes = matcher.get_opcodes()
    last = len(opcodes) - 1
    parts: list[TextPart] = []
    for place, (kind, i1, i2, j1, j2) in enumerate(opcodes):
        if kind == "equal":
            parts += _folded(new[j1:j2], place > 0, place < last)
        else:
            parts.append(TextPart(_compared(_joined(old[i1:i2]), _joined(new[j1:j2]))))
    return parts


def lines_as_html(text: str) -> str:
    """Return plain text as HTML, with a paragraph for each line."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line)


class _Item(str):
    """An item of a list, in a list of its own, with its ``number`` in the one that it is of.
    Where that is another one, it says the same."""

    number: int

    @classmethod
    def of(cls, item: HtmlElement, around: HtmlElement, number: int) -> "_Item":
        alone = around.makeelement(around.tag, dict(around.attrib))
        alone.attrib.pop("start", None)
        alone.append(copy(item))
        made = cls(_written(alone))
        made.number = number
        return made

    @property
    def _start(self) -> str:
        """The tag of the list, without its end."""
        return self[: self.index(">")]

    @property
    def numbered(self) -> str:
        """The same, in a list that begins with its number."""
        is_counted = self.startswith("<ol") and self.number != 1
        start = f'{self._start} start="{self.number}"' if is_counted else self._start
        return start + self.removeprefix(self._start)

    def follows(self, other: str) -> bool:
        """Is it the next one of the same list?"""
        return (
            isinstance(other, _Item)
            and other._start == self._start
            and other.number + 1 == self.number
        )

    def apart(self) -> tuple[str, str]:
        """Return it without the start of its list, and the end of that."""
        return self.removeprefix(f"{self._start}>"), self[self.rindex("</") :]


class _Words(NoTagHTMLMatcher):
    """Tells words that changed, and not the tags around them, by what a program that reads
    it aloud tells as well."""

    def startInsertText(self) -> str:
        return "<ins>"

    def endInsertText(self) -> str:
        return "</ins> "

    def startDeleteText(self) -> str:
        return "<del>"

    def endDeleteText(self) -> str:
        return "</del> "


def _compared(before: str, after: str) -> str:
    return _Words(before, after).htmlDiff()


def _folded(blocks: list[str], follows: bool, precedes: bool) -> Iterator[TextPart]:
    """Yield unchanged blocks that follow and precede a change, or only one of both."""
    start = _AROUND if follows else 0
    end = max(len(blocks) - (_AROUND if precedes else 0), start)
    hidden = blocks[start:end]
    if len(hidden) < _WORTH_FOLDING:
        yield TextPart(_joined(blocks))
        return
    if start:
        yield TextPart(_joined(blocks[:start]))
    yield TextPart(_joined(hidden), unchanged=len(hidden))
    if end < len(blocks):
        yield TextPart(_joined(blocks[end:]))


def _seen(blocks: list[str]) -> list[str]:
    """Return blocks as readers see them. An editor breaks all lines of a text anew that was
    written elsewhere, when it is saved there for the first time."""
    return [
        block if "<pre" in block else _AROUND_TAG.sub(r"\1", " ".join(block.split()))
        for block in blocks
    ]


def _joined(blocks: list[str]) -> str:
    """Return blocks as they were; items that follow one another are one list again."""
    parts: list[str] = []
    before = ""
    for block in blocks:
        if not isinstance(block, _Item):
            parts.append(block)
        elif block.follows(before):
            item, end = block.apart()
            parts[-1] = parts[-1].removesuffix(end)
            parts.append(item)
        else:
            parts.append(block.numbered)
        before = block
    return "".join(parts)


def _blocks_of(html: str) -> list[str]:
    try:
        root = fragment_fromstring(html, create_parent="div")
    except (ParserError, ValueError):
        return [html]
    return list(_blocks_in(root))


def _blocks_in(holder: HtmlElement) -> Iterator[str]:
    """Yield the blocks in an element; what stands between them is a paragraph."""
    line = escape(holder.text or "")
    for child in holder:
        if not isinstance(child.tag, str):
            # A comment.
            line += escape(child.tail or "")
            continue
        if child.tag in _INLINE:
            line += tostring(child, encoding="unicode")
            continue
        if line.strip():
            yield f"<p>{line.strip()}</p>"
        yield from _of_block(child)
        line = escape(child.tail or "")
    if line.strip():
        yield f"<p>{line.strip()}</p>"


def _of_block(block: HtmlElement) -> Iterator[str]:
    if block.tag in _HOLDERS:
        yield from _blocks_in(block)
    elif block.tag in _LISTS:
        items = block.iterchildren(tag=etree.Element)
        for number, item in enumerate(items, _first_number(block)):
            yield _Item.of(item, block, number)
    else:
        yield _written(block)


def _first_number(block: HtmlElement) -> int:
    try:
        return int(block.get("start", "1"))
    except ValueError:
        return 1


def _written(block: HtmlElement) -> str:
    return tostring(block, encoding="unicode", with_tail=False).strip()
