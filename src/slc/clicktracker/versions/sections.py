"""The sections of a text: which share of it stands before each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from lxml import etree
from lxml import html
from slc.clicktracker.versions.word_count import word_count


#: Sections of a text. Where there are more, the deepest headings are left out.
MOST_SECTIONS = 20

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOT_SHOWN = {"script", "style", "template"}


@dataclass(frozen=True)
class Section:
    """A part of a text, from ``begins`` to ``ends``, both in percent of its words.

    ``title`` is that of its heading, "" for what stands before the first one and for
    the parts of a text without headings; ``level`` is 1 for the highest there.
    """

    title: str
    level: int
    begins: int
    ends: int


@dataclass(frozen=True)
class _Heading:
    title: str
    level: int
    words_before: int


def sections_of(text: str) -> tuple[Section, ...]:
    """Return the sections of some HTML, in order, none for a text without words.

    A heading counts to its section. With too many of the highest, several that follow
    one another make one section. A text without headings has four parts of the same
    length.
    """
    headings, total = _counted(text)
    if not total:
        return ()
    kept = _highest(headings)
    if not kept:
        return tuple(Section("", 1, part, part + 25) for part in range(0, 100, 25))
    if kept[0].words_before:
        kept = [_Heading("", kept[0].level, 0), *kept]
    begins = [100 * heading.words_before // total for heading in kept]
    levels = sorted({heading.level for heading in kept})
    return tuple(
        Section(heading.title, levels.index(heading.level) + 1, begin, end)
        for heading, begin, end in zip(kept, begins, [*begins[1:], 100], strict=True)
    )


def _highest(headings: list[_Heading]) -> list[_Heading]:
    """Return as many levels of headings as there is room for."""
    room = MOST_SECTIONS - 1
    for deepest in sorted({heading.level for heading in headings}, reverse=True):
        kept = [heading for heading in headings if heading.level <= deepest]
        if len(kept) <= room:
            return kept
    return _together(kept, room) if headings else []


def _together(headings: list[_Heading], room: int) -> list[_Heading]:
    """Return as many groups of headings that follow one another as there is room for,
    named after the first and the last of them."""
    size = -(-len(headings) // room)
    groups = [headings[at : at + size] for at in range(0, len(headings), size)]
    return [replace(group[0], title=_spanning(group)) for group in groups]


def _spanning(group: list[_Heading]) -> str:
    ends = dict.fromkeys((group[0].title, group[-1].title))
    return " – ".join(ends)


def _counted(text: str) -> tuple[list[_Heading], int]:
    """Return the headings of a text and how many words it has."""
    headings, words = [], 0
    for element, part in _parts(text):
        level = _HEADINGS.get(element.tag) if element is not None else None
        if level is None:
            words += word_count(part)
            continue
        title = " ".join(element.text_content().split())
        if title:
            headings.append(_Heading(title, level, words))
    return headings, words


def _parts(text: str) -> Iterator[tuple[html.HtmlElement | None, str]]:
    """Yield what is read, in order: the beginning of each heading, and texts (with None
    for the element)."""
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return
    hidden = None
    for event, element in etree.iterwalk(
        root, events=("start", "end", "comment", "pi")
    ):
        if event == "start":
            if element.tag in _NOT_SHOWN and hidden is None:
                hidden = element
            if hidden is None:
                if element.tag in _HEADINGS:
                    yield element, ""
                yield None, element.text or ""
            continue
        if hidden is element:
            hidden = None
        if hidden is None and element is not root:
            yield None, element.tail or ""
