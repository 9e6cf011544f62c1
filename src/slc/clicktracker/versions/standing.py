"""What has to be read: which documents and texts stand for content."""

from collections.abc import Iterable
from dataclasses import dataclass
from slc.clicktracker.sites.evidence import any_translation_counts
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.catalogued import Catalogued
from slc.clicktracker.tracking.unchanged import while_unchanged
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.file_digest import reading_little
from slc.clicktracker.versions.minor_changes import current_texts
from slc.clicktracker.versions.translations import translations_of_each
from slc.clicktracker.versions.visible import has_lasting_version
from typing import Any


@dataclass(frozen=True)
class Standing:
    """Who has read one of these texts of one of these documents has read it.

    ``documents`` are UIDs, that of the content first; ``current`` is as in a
    ``ReadingQuery``.
    """

    documents: tuple[str, ...]
    current: tuple[str, ...]


def standing_of(content: Any) -> Standing:
    """Return what stands for a document: its translations where any of them counts,
    and of each the current text and those that are the same in substance.

    Raises ``DigestUnknown``.
    """
    (standing,) = standings_of([content])
    if standing is None:
        raise DigestUnknown
    return standing


def documents_standing_for(content: Any) -> tuple[str, ...]:
    """Return the UIDs of a ``Standing``, which are known whatever its texts are."""
    (items,) = _items_of_each([content])
    return tuple(map(document_uid, items))


def standings_of(contents: Iterable[Any]) -> list[Standing | None]:
    """Return the same for each of many documents, with one question to the catalog.

    None where the version of one that stands for it is not known yet, as files are to
    be read for that: see ``reading_little``.
    """
    return [standing for standing, _lasts in _found_of_each(list(contents))]


def standings_of_items(items: Iterable[Catalogued]) -> list[Standing | None]:
    """Return the same for each of many items, which is remembered."""
    listed, known = list(items), while_unchanged("standings")
    new = [item for item in listed if known.get(item.rid) is None]
    here = {}
    found = _found_of_each([item.content for item in new])
    for item, (standing, lasts) in zip(new, found, strict=True):
        here[item.rid] = standing
        if lasts:
            known.keep(item.rid, standing)
    return [known.get(item.rid) or here[item.rid] for item in listed]


def _found_of_each(contents: list[Any]) -> list[tuple[Standing | None, bool]]:
    """Return what stands for each, and whether that lasts while nothing is changed."""
    items_of_each = _items_of_each(contents) if contents else []
    texts: dict[str, tuple[str, ...] | None] = {}
    with reading_little():
        return [
            (_standing(items, texts), all(map(has_lasting_version, items)))
            for items in items_of_each
        ]


def texts_of_each(contents: Iterable[Any]) -> list[tuple[str, ...] | None]:
    """Return the texts that count as the current one of each item by itself, None where
    they are not known yet."""
    with reading_little():
        return [_known_texts(content) for content in contents]


def _items_of_each(contents: list[Any]) -> list[tuple[Any, ...]]:
    """Return each content, then its translations where any of them counts."""
    if not any_translation_counts():
        return [(content,) for content in contents]
    others = translations_of_each(contents)
    return [(content, *its) for content, its in zip(contents, others, strict=True)]


def _standing(
    items: tuple[Any, ...], texts: dict[str, tuple[str, ...] | None]
) -> Standing | None:
    """Return what stands for the first item; ``texts`` has what was found already."""
    documents = tuple(map(document_uid, items))
    for uid, item in zip(documents, items, strict=True):
        if uid not in texts:
            texts[uid] = _known_texts(item)
    if any(texts[uid] is None for uid in documents):
        return None
    current = dict.fromkeys(text for uid in documents for text in texts[uid])
    return Standing(documents, tuple(current))


def _known_texts(item: Any) -> tuple[str, ...] | None:
    try:
        return current_texts(item)
    except DigestUnknown:
        return None
