"""What is seen of some HTML, the same however an editor writes it."""

from lxml.etree import iterwalk
from lxml.etree import ParserError
from lxml.html import fragment_fromstring
from lxml.html import HtmlElement
from slc.clicktracker.versions.link_target import link_target
from typing import Any
from unicodedata import normalize

import re


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Elements within a line; all others begin and end one.
_INLINE = _names(
    "a abbr acronym audio b bdi bdo big br button canvas cite code del dfn em embed "
    "font i iframe img input ins kbd label mark object picture progress q rp rt ruby "
    "s samp select small source span strike strong sub sup svg textarea time track tt "
    "u var video wbr"
)

#: Seen although nothing is in them; a cell moves those beside it.
_SEEN_EMPTY = _names(
    "audio button canvas embed hr iframe img input object progress select svg td "
    "textarea th video"
)

_NOT_SEEN = _names("script style template")

#: Not seen without attributes: only that a paragraph ends where it ends.
_BARE = _names("a div font p span tbody")

#: Names for one thing, of which editors prefer the second.
_ALIASES = {"b": "strong", "i": "em", "strike": "s"}

_ATTRIBUTES_NOT_SEEN = _names(
    "crossorigin decoding fetchpriority hreflang id loading name ping referrerpolicy "
    "rel role scope spellcheck tabindex target"
)

#: The caption of an image, which is shown below it.
_SHOWN_DATA = "data-captiontext"

#: As good as missing where they are empty.
_MAY_BE_EMPTY = _names("alt class style title")

_ADDRESSES = _names("href poster src")

_SPACE_IN_STYLE = re.compile(r"\s*([:;,()])\s*")

#: What stands between two texts, which are never numbers.
_NO_SPACE, _NEW_PARAGRAPH, _NEW_LINE = 0, 1, 2


def shown_html(raw: str) -> list[Any]:
    """Return what is seen of HTML: a list, ready for JSON, of texts and tags.

    What makes no difference to a reader is left out or said in one way: spaces,
    comments, attributes for machines, empty elements, breaks at an end, ``<tbody>``,
    ``<span>`` without attributes, and whether text is in a ``<p>``.
    """
    try:
        root = fragment_fromstring(raw, create_parent="div")
    except (ParserError, ValueError):
        return [folded(raw)]
    walk = _Walk()
    walk.text(root.text)
    hidden = None
    for event, node in iterwalk(root, events=("start", "end", "comment", "pi")):
        if node is root:
            continue
        if event == "start":
            if hidden is None and node.tag in _NOT_SEEN:
                hidden = node
            if hidden is None:
                walk.begin(node)
                walk.text(node.text)
            continue
        if hidden is None and event == "end":
            walk.end(node)
        if hidden is node:
            hidden = None
        if hidden is None:
            walk.text(node.tail)
    return walk.found()


def folded(text: str) -> str:
    """Return text with single spaces, its characters composed."""
    return normalize("NFC", " ".join(text.split()))


class _Walk:
    """Goes through HTML in the order in which it is read.

    Tags and breaks are written down once something is seen behind them.
    """

    def __init__(self) -> None:
        self._shown: list[Any] = []
        #: Pieces of the text that comes next.
        self._text: list[str] = []
        #: The tags that are open, None for one that isn't seen.
        self._open: list[list[Any] | None] = []
        self._written = 0
        self._breaks = 0
        self._is_new_paragraph = False
        self._is_after_block = True
        self._is_spaced = True

    def begin(self, node: HtmlElement) -> None:
        """Go into an element."""
        tag = _ALIASES.get(node.tag, node.tag)
        if tag not in _INLINE:
            self._end_paragraph()
        if tag == "br":
            self._breaks += 1
            self._is_spaced = True
            self._open.append(None)
            return
        attributes = _attributes(node)
        is_seen = attributes or tag not in _BARE
        self._open.append([tag, *attributes] if is_seen else None)
        if tag in _SEEN_EMPTY or (attributes and tag != "a"):
            self._write_down()

    def end(self, node: HtmlElement) -> None:
        """Go out of the element again."""
        if node.tag not in _INLINE:
            self._end_paragraph()
        tag = self._open.pop()
        if len(self._open) < self._written:
            self._written = len(self._open)
            if tag is not None:
                self._write_tag([f"/{tag[0]}"], tag[0])

    def text(self, text: str | None) -> None:
        """Go through text between tags."""
        if not text:
            return
        words = " ".join(text.split())
        is_spaced = self._is_spaced or text[0].isspace()
        self._is_spaced = is_spaced
        if not words:
            return
        self._write_down()
        if self._text:
            self._text.append(" " if is_spaced else "")
        elif not is_spaced:
            self._shown.append(_NO_SPACE)
        self._text.append(words)
        self._is_after_block = False
        self._is_spaced = text[-1].isspace()

    def found(self) -> list[Any]:
        """Return all that is seen."""
        self._write_text()
        return self._shown

    def _end_paragraph(self) -> None:
        self._breaks = 0
        self._is_new_paragraph = self._is_spaced = True

    def _write_down(self) -> None:
        """Write down what stands before something that is seen."""
        if self._is_new_paragraph and not self._is_after_block:
            self._write_text()
            self._shown.append(_NEW_PARAGRAPH)
        self._is_new_paragraph = False
        if self._breaks:
            self._write_text()
            self._shown += [_NEW_LINE] * self._breaks
            self._breaks = 0
        for tag in self._open[self._written :]:
            if tag is not None:
                self._write_tag(tag, tag[0])
        self._written = len(self._open)

    def _write_tag(self, tag: list[Any], name: str) -> None:
        self._write_text()
        self._shown.append(tag)
        self._is_after_block = name not in _INLINE

    def _write_text(self) -> None:
        if self._text:
            self._shown.append(normalize("NFC", "".join(self._text)))
            self._text = []


def _attributes(node: HtmlElement) -> list[list[str]]:
    """Return the attributes that are seen, in one order."""
    found = []
    for name, value in sorted(node.items()):
        is_data = name.startswith("data-") and name != _SHOWN_DATA
        if is_data or name in _ATTRIBUTES_NOT_SEEN:
            continue
        value = _attribute(name, value)
        if value or name not in _MAY_BE_EMPTY:
            found.append([name, value])
    return found


def _attribute(name: str, value: str) -> str:
    if name in _ADDRESSES:
        return link_target(value)
    if name == "class":
        return " ".join(sorted(set(value.split())))
    value = folded(value)
    if name == "style":
        return _SPACE_IN_STYLE.sub(r"\1", value).strip("; ")
    # A switch may be written in two ways.
    return "" if value.lower() == name else value
