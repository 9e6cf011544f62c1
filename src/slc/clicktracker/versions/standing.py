"""What has to be read: which documents and texts stand for content."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from slc.clicktracker.sites.evidence import any_translation_counts
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.catalogued import Catalogued
from slc.clicktracker.tracking.lasting import known_of_items
from slc.clicktracker.tracking.lasting import state_of_types
from slc.clicktracker.tracking.unchanged import Known
from slc.clicktracker.tracking.unchanged import while_unchanged
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.file_digest import reading_little
from slc.clicktracker.versions.minor_changes import current_texts
from slc.clicktracker.versions.minor_changes import uids_with_minor_changes
from slc.clicktracker.versions.primary_file import has_files
from slc.clicktracker.versions.texts_ahead import texts_ahead
from slc.clicktracker.versions.translations import may_have_translations
from slc.clicktracker.versions.translations import translations_of_each
from slc.clicktracker.versions.visible import number_of_failures
from typing import Any
from typing import TypeVar


Found = TypeVar("Found")


@dataclass(frozen=True)
class Standing:
    """Who has read one of these texts of one of these documents has read it.

    ``documents`` are UIDs, that of the content first; ``current`` is as in a
    ``ReadingQuery``.
    """

    documents: tuple[str, ...]
    current: tuple[str, ...]

    @cached_property
    def sorted(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The same in an order: each translation names itself first, and all are one
        item all the same."""
        return tuple(sorted(self.documents)), tuple(sorted(self.current))


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
    items_of_each = _items_of_each(list(contents))
    declared = uids_with_minor_changes()
    texts: dict[str, tuple[str, ...] | None] = {}
    listed = [each for items in items_of_each for each in items]
    with texts_ahead(listed), reading_little():
        return [_standing(items, texts, declared) for items in items_of_each]


def standings_of_items(items: Iterable[Catalogued]) -> list[Standing | None]:
    """Return the same for each of many items, which is remembered."""
    of_others = any_translation_counts() and may_have_translations()
    return _remembered(items, _Remembered("standings", of_others), standings_of)


def texts_of_items(items: Iterable[Catalogued]) -> list[tuple[str, ...] | None]:
    """Return what ``texts_of_each`` does for each of many items, which is remembered."""
    return _remembered(items, _Remembered("texts"), texts_of_each)


def _remembered(
    items: Iterable[Catalogued],
    known: "_Remembered",
    find: Callable[[Iterable[Any]], list[Found | None]],
) -> list[Found | None]:
    """Return what a function finds of many contents, of which it is asked for those alone of
    which nothing is known yet."""
    listed = list(items)
    found = [known.get(item) for item in listed]
    new = [item for item, its in zip(listed, found, strict=True) if its is None]
    if not new:
        return found
    before = number_of_failures()
    here = find(item.content for item in new)
    # A file that is missing now may be there later, and nothing in the database says so.
    if number_of_failures() == before:
        for item, its in zip(new, here, strict=True):
            if its is not None:
                known.keep(item, its)
    others = iter(here)
    return [next(others) if its is None else its for its in found]


class _Remembered:
    """What is known of items about a subject: as long as each stays the same, where nothing
    but its own fields decides; else, and where all is ``of_others``, as long as the database
    does."""

    def __init__(self, subject: str, of_others: bool = False) -> None:
        self._declared = uids_with_minor_changes()
        self._all = while_unchanged(subject)
        self._of_own = self._all
        if not of_others:
            self._of_own = known_of_items(subject, state_of_types())

    def get(self, item: Catalogued) -> Any:
        return self._known_of(item).get(item.rid)

    def keep(self, item: Catalogued, found: Any) -> None:
        self._known_of(item).keep(item.rid, found)

    def _known_of(self, item: Catalogued) -> Known[int, Any]:
        of_others = item.uid in self._declared or item.ask(has_files)
        return self._all if of_others else self._of_own


def texts_of_each(contents: Iterable[Any]) -> list[tuple[str, ...] | None]:
    """Return the texts that count as the current one of each item by itself, None where
    they are not known yet."""
    declared, listed = uids_with_minor_changes(), list(contents)
    with texts_ahead(listed), reading_little():
        return [_known_texts(content, declared) for content in listed]


def _items_of_each(contents: list[Any]) -> list[tuple[Any, ...]]:
    """Return each content, then its translations where any of them counts."""
    if not any_translation_counts():
        return [(content,) for content in contents]
    others = translations_of_each(contents)
    return [(content, *its) for content, its in zip(contents, others, strict=True)]


def _standing(
    items: tuple[Any, ...],
    texts: dict[str, tuple[str, ...] | None],
    declared: Set[str],
) -> Standing | None:
    """Return what stands for the first item; ``texts`` has what was found already."""
    documents = tuple(map(document_uid, items))
    for uid, item in zip(documents, items, strict=True):
        if uid not in texts:
            texts[uid] = _known_texts(item, declared)
    if any(texts[uid] is None for uid in documents):
        return None
    current = dict.fromkeys(text for uid in documents for text in texts[uid])
    return Standing(documents, tuple(current))


def _known_texts(item: Any, declared: Set[str]) -> tuple[str, ...] | None:
    try:
        return current_texts(item, declared)
    except DigestUnknown:
        return None
