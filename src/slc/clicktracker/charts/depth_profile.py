"""The furthest point of the current text that its readers reached, section by section."""

from dataclasses import dataclass
from plone.app.textfield.interfaces import IRichText
from plone.app.textfield.interfaces import IRichTextValue
from plone.dexterity.utils import iterSchemata
from slc.clicktracker.versions.sections import Section
from slc.clicktracker.versions.sections import sections_of
from slc.clicktracker.versions.visible import visible_version
from typing import Any
from zope.schema import getFieldsInOrder


#: Of fewer readers a share says nothing.
FEWEST_READERS = 5

#: The words that are on a screen at once, more or less: of a shorter text everybody
#: gets to the end by opening it.
FEWEST_WORDS = 300


@dataclass(frozen=True)
class SectionRow:
    """A section, how many readers got as far as its beginning, and as far as its end.

    Whoever jumps to the end of the page has got as far as everything before it.
    """

    section: Section
    begun: int
    ended: int


@dataclass(frozen=True)
class DepthProfile:
    """The sections of a text for its ``readers``, who have opened it.

    ``is_by_headings`` is False for the parts of a text without any.
    """

    rows: tuple[SectionRow, ...]
    readers: int

    @property
    def is_by_headings(self) -> bool:
        return any(row.section.title for row in self.rows)

    def share(self, readers: int) -> int:
        """Return readers in percent of all."""
        return 100 * readers // self.readers


def depth_profile(
    content: Any, depths: tuple[tuple[int, int], ...]
) -> DepthProfile | None:
    """Return the profile for the ``depths`` of a storage, which are (percent, readers).

    None where there are too few readers, or too short a text, for it to say anything.
    """
    readers = _as_far(depths, 0)
    if readers < FEWEST_READERS or visible_version(content).words < FEWEST_WORDS:
        return None
    sections = sections_of(_rich_text(content))
    if not sections:
        return None
    rows = (
        SectionRow(each, _as_far(depths, each.begins), _as_far(depths, each.ends))
        for each in sections
    )
    return DepthProfile(tuple(rows), readers)


def _as_far(depths: tuple[tuple[int, int], ...], percent: int) -> int:
    return sum(readers for depth, readers in depths if depth >= percent)


def _rich_text(content: Any) -> str:
    """Return the rich text of content as HTML, that of all fields one after the other."""
    values = (
        getattr(schema(content, None), name, None)
        for schema in iterSchemata(content)
        for name, field in getFieldsInOrder(schema)
        # To adapt to others may be a write: Dublin Core names a creator.
        if IRichText.providedBy(field)
    )
    return "\n".join(map(_as_html, filter(IRichTextValue.providedBy, values)))


def _as_html(value: Any) -> str:
    # What makes HTML safe takes long, and only words are taken from it here.
    return value.raw if value.mimeType == "text/html" else value.output
