"""``SiteSets``: answers about the readers of many documents, from sets of them."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from functools import reduce
from operator import or_
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.progress import by_name
from slc.clicktracker.storage.progress import Expectation
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.storage.progress import MemberProgress
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import most_behind
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.storage.sets.bits import counts
from slc.clicktracker.storage.sets.document_days import DocumentDays
from slc.clicktracker.storage.sets.document_sets import DocumentSets
from slc.clicktracker.storage.sets.document_sets import TextSets
from slc.clicktracker.storage.sets.document_sets import united
from slc.clicktracker.storage.sets.document_values import DocumentValues
from slc.clicktracker.storage.sets.listed import Listed
from slc.clicktracker.storage.sets.people import People
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable


@dataclass(frozen=True)
class SiteSets:
    """The people of a site, and sets of them for ``documents`` by UID: for all that were
    asked for and are known. ``values`` of these, and ``days``, are there where they were
    asked for."""

    people: People
    documents: Mapping[str, DocumentSets] = field(default_factory=dict)
    values: Mapping[str, DocumentValues] = field(default_factory=dict)
    days: Mapping[str, DocumentDays] = field(default_factory=dict)

    def listed(self, query: ReadingQuery) -> Listed:
        """Return what matches a query, but for its times."""
        return Listed(self.people, self.documents, self.values, query)

    def coverage(
        self, current: Sequence[str], as_one: bool, left_out: Sequence[Reader]
    ) -> Coverage:
        """Return how far readers of the documents got; see ``IReadingFigures``."""
        uncounted = self.people.visitors | self.people.present(left_out)
        documents = self.documents.values()
        if current or as_one:
            found = [
                sets.of_texts(current) if current else sets.together
                for sets in documents
            ]
            if as_one:
                found = [united(found)]
            numbers = [sets.within(~uncounted).numbers for sets in found]
        else:
            numbers = [sets.numbers_without(uncounted) for sets in documents]
        sums = map(sum, zip((0,) * len(TextSets._fields), *numbers, strict=True))
        visits = sum(sets.visits(current) for sets in documents)
        return Coverage(**dict(zip(TextSets._fields, sums, strict=True)), visits=visits)

    def progress(self, query: ProgressQuery) -> tuple[int, ...]:
        """Return how many have read each item; see ``IAudienceProgress``."""
        audiences = self.people.audiences(query.audiences).sets
        return tuple(
            (self._read(item) & audiences[item.audience]).bit_count()
            for item in query.items
        )

    def lacking(self, query: ProgressQuery) -> tuple[tuple[Reader, ...], ...]:
        """Return who has not read each item; see ``IAudienceProgress``."""
        audiences = self.people.audiences(query.audiences)
        return tuple(
            audiences.without(item.audience, self._read(item)) for item in query.items
        )

    def levels(self, query: ProgressQuery) -> tuple[LevelNumbers, ...]:
        """Return how far readers of each item got; see ``IAudienceProgress``."""
        audiences = self.people.audiences(query.audiences).sets
        return tuple(
            _level_numbers(self._texts_of(item), audiences[item.audience])
            for item in query.items
        )

    def behind(
        self, query: ProgressQuery, search: str, start: int, size: int | None
    ) -> MemberProgressPage:
        """Return one page of members; see ``IAudienceProgress``."""
        audiences = self.people.audiences(query.audiences)
        sets, numbers = audiences.sets, Counter(item.audience for item in query.items)
        expected = counts(
            ((sets[place], number) for place, number in numbers.items()), audiences.size
        )
        opened = counts(
            ((self._read(item) & sets[item.audience], 1) for item in query.items),
            audiences.size,
        )
        members = (
            MemberProgress(reader, expected[place], opened[place])
            for reader, place in audiences.members
        )
        return most_behind(members, search, start, size)

    def absent(self, query: AbsenceQuery) -> tuple[list[Reader], int]:
        """Return those on one page who have read none of the documents, and how many there
        are in total; see ``IReadingLists``."""
        read = reduce(or_, (its.together.read for its in self.documents.values()), 0)
        found = self.people.audiences((query.expected,)).without(0, read)
        if part := folded(storable(query.search, LIMITS["name"])):
            found = tuple(
                reader
                for reader in found
                if part in name_key(reader) or part in id_key(reader)
            )
        if query.size == 0:
            # Who only asks how many there are needs no order.
            return [], len(found)
        start = max(query.start, 0)
        end = None if query.size is None else start + max(query.size, 0)
        return sorted(found, key=by_name)[start:end], len(found)

    def _read(self, item: Expectation) -> int:
        """Return who has read what an item is about, as far as it asks for."""
        if item.asks_for != LEVELS[0]:
            return self._texts_of(item).as_far_as(item.asks_for)
        found = 0
        for uid in item.documents:
            if uid in self.documents:
                found |= self.documents[uid].read(item.current)
        return found

    def _texts_of(self, item: Expectation) -> TextSets:
        """Return what is known of the texts together that an item is about."""
        names = item.current
        found = [self.documents[uid] for uid in item.documents if uid in self.documents]
        return united([its.of_texts(names) if names else its.together for its in found])


def _level_numbers(sets: TextSets, members: int) -> LevelNumbers:
    """Return how many of some members have reached what, each of them once.

    Whoever has finished a text is among those who were engaged, and they have opened it:
    so they are counted together, and taken away. To make sets of each first takes three
    times as long, and a dashboard asks about thousands of documents.
    """
    acknowledged = sets.acknowledged & members
    attested = sets.attested & members & ~acknowledged
    rest = members ^ acknowledged ^ attested
    downloaded = sets.downloaded & rest
    opened = (sets.opened & rest).bit_count()
    engaged = (sets.engaged & rest).bit_count()
    finished = (sets.finished & rest).bit_count()
    return LevelNumbers(
        downloaded=downloaded.bit_count() - (downloaded & sets.opened).bit_count(),
        opened=opened - engaged,
        engaged=engaged - finished,
        finished=finished,
        attested=attested.bit_count(),
        acknowledged=acknowledged.bit_count(),
    )
