"""What was shown of documents: of which text each of their versions is."""

from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from slc.clicktracker.storage.labels import first_label
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.sets.bits import packed
from slc.clicktracker.storage.sets.document_values import DocumentValues
from slc.clicktracker.storage.sets.document_values import NO_VALUES
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from sqlalchemy import Row
from typing import NamedTuple


class ShownText(NamedTuple):
    """The text of a version: its ``name``, the last ``label`` that it had, how many
    milliseconds it ``needed``. ``place`` and ``behind`` are as in ``Listed.ranks``.

    Versions that showed the same, by digest or without one by label, are one text. It is
    as long as the longest of them, whoever read that one.
    """

    name: str
    label: str
    needed: int
    place: int
    behind: int


class Shown(NamedTuple):
    """A document, its ``number`` in the database, and its texts by the numbers of
    versions. ``urls`` are where it was read last, each with the set of those who did, as
    bytes."""

    number: int
    document: Document
    texts: Mapping[int, ShownText]
    urls: Sequence[tuple[str, bytes]]

    def url_of(self, place: int) -> str:
        """Return where a reader has read it last."""
        byte = place >> 3
        for url, readers in self.urls:
            if byte < len(readers) and readers[byte] >> (place & 7) & 1:
                return url
        return ""


def shown_of(
    documents: Iterable[Row],
    versions: Iterable[Row],
    values: Mapping[str, DocumentValues],
    rule: EngagementRule,
    ranks: Callable[[str], list[tuple[str, int]]],
) -> dict[str, Shown]:
    """Return what was shown of documents, by UID."""
    by_document: dict[int, list[Row]] = defaultdict(list)
    for version in versions:
        by_document[version.document].append(version)
    return {
        row.uid: Shown(
            row.id,
            Document(row.uid, row.path, row.title),
            _texts(by_document[row.id], rule, ranks(row.uid)),
            [
                (storable(url, LIMITS["url"]), packed(readers))
                for url, readers in values.get(row.uid, NO_VALUES).urls_of_readers
            ],
        )
        for row in documents
    }


def _texts(
    versions: Sequence[Row], rule: EngagementRule, ranks: list[tuple[str, int]]
) -> dict[int, ShownText]:
    by_name: dict[str, list[Row]] = defaultdict(list)
    for version in versions:
        by_name[version.text].append(version)
    places = {name: (place, behind) for place, (name, behind) in enumerate(ranks)}
    found = {}
    for name, its in by_name.items():
        label = first_label(each.label for each in its)
        needed = rule.needed(max(each.words for each in its))
        # What was read for the first time after the ranks were found comes last.
        place, behind = places.get(name, (len(places), len(places) + 1))
        text = ShownText(name, storable(label, LIMITS["label"]), needed, place, behind)
        found |= dict.fromkeys((each.id for each in its), text)
    return found
