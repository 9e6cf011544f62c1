"""``DocumentSets``: who has read each text of a document, and how far they got."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from functools import reduce
from itertools import count
from itertools import groupby
from operator import attrgetter
from operator import itemgetter
from operator import or_
from operator import sub
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import KINDS
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.sets.bits import bits_of
from slc.clicktracker.storage.sets.bits import EVERYTHING
from slc.clicktracker.storage.sets.bits import packed
from slc.clicktracker.storage.sets.text_state import TextState
from typing import Any
from typing import NamedTuple

import json
import zlib


class TextSets(NamedTuple):
    """Sets of readers of one text, by their places; who ``finished`` it was ``engaged``, too,
    and has ``opened`` it. Who has ``acknowledged`` it, or is ``attested`` to have read it,
    may be in any of the others."""

    served: int = 0
    downloaded: int = 0
    opened: int = 0
    engaged: int = 0
    finished: int = 0
    acknowledged: int = 0
    attested: int = 0

    @property
    def declared(self) -> int:
        return self.acknowledged | self.attested

    @property
    def read(self) -> int:
        """Who is known to have read it, in whatever way: here it is decided that an
        acknowledgement is as good as any level."""
        return self.downloaded | self.opened | self.declared

    def as_far_as(self, asked: str) -> int:
        """Return who is known to have read it as far as is asked for: one of
        ``READING_LEVELS``, or ``ACKNOWLEDGED``."""
        if asked == LEVELS[0]:
            return self.read
        return (0 if asked == ACKNOWLEDGED else getattr(self, asked)) | self.declared

    def of_declared(self, kind: str) -> int:
        """Return those of a kind of acknowledgement, everybody where there is none."""
        return getattr(self, kind) if kind in KINDS else EVERYTHING

    def __or__(self, other: "TextSets") -> "TextSets":
        return TextSets(*map(or_, self, other))

    def within(self, readers: int) -> "TextSets":
        """Return what is so of some of the readers."""
        return TextSets(*(each & readers for each in self))

    @property
    def numbers(self) -> tuple[int, ...]:
        """How many are in each."""
        return tuple(each.bit_count() for each in self)

    @classmethod
    def of(cls, states: list[TextState]) -> "TextSets":
        return cls(
            bits_of(each.place for each in states if each.served),
            bits_of(each.place for each in states if each.downloaded),
            *(
                bits_of(each.place for each in states if each.level >= level)
                for level in range(3)
            ),
            bits_of(each.place for each in states if each.acknowledged is not None),
            bits_of(each.place for each in states if each.attested is not None),
        )


def united(sets: Sequence[TextSets]) -> TextSets:
    """Return what is known of several texts together."""
    # Mostly it is one, of which nothing has to be made.
    return sets[0] if len(sets) == 1 else reduce(or_, sets, TextSets())


@dataclass(frozen=True)
class Text:
    """A text that somebody was served; ``newest`` and ``visits`` as in ``TextState``, of
    all readers."""

    name: str
    newest: int | None
    visits: int
    sets: TextSets


class Levels(NamedTuple):
    """Readers by what they reached, each in one of the sets: from the least level to the
    furthest, as in ``LISTED_LEVELS``."""

    declared: int
    downloaded: int
    opened: int
    engaged: int
    finished: int

    @classmethod
    def of(cls, sets: TextSets) -> "Levels":
        return cls(
            sets.declared & ~(sets.opened | sets.downloaded),
            sets.downloaded & ~sets.opened,
            sets.opened & ~sets.engaged,
            sets.engaged & ~sets.finished,
            sets.finished,
        )


class DocumentSets:
    """The texts of one document, with the newest first."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self.texts = sorted(texts, key=_age, reverse=True)
        #: What was asked of ``newest_levels`` last, and its answer.
        self._newest: tuple[Any, Levels] = None, Levels(0, 0, 0, 0, 0)

    @cached_property
    def together(self) -> TextSets:
        """What is known of all texts together."""
        return united([text.sets for text in self.texts])

    @cached_property
    def readers(self) -> int:
        """Who has read any of the texts."""
        return self.together.read

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        return self.together.numbers

    def numbers_without(self, uncounted: int) -> tuple[int, ...]:
        """Return how many are in each of the sets of ``together``, but for some of them."""
        here = uncounted & (self.together.served | self.readers)
        if not here:
            return self._numbers
        few = self.together.within(here).numbers
        return tuple(map(sub, self._numbers, few))

    def levels(self, declared: str = "") -> Levels:
        """Return how far readers got with that of the texts that each got furthest with; of
        one kind of acknowledgement alone, if there is a name."""
        if not declared:
            return self._levels
        sets = self.together
        return Levels.of(sets.within(sets.of_declared(declared)))

    @cached_property
    def _levels(self) -> Levels:
        return Levels.of(self.together)

    def of_texts(self, names: Collection[str]) -> TextSets:
        """Return what is known of some of the texts."""
        return united([text.sets for text in self.texts if text.name in names])

    def read(self, names: Collection[str]) -> int:
        """Return who has read some of the texts, any of them without a name."""
        found = 0
        for text in self.texts:
            if not names or text.name in names:
                found |= text.sets.read
        return found

    def visits(self, names: Collection[str]) -> int:
        """Return the accesses of visitors to some of the texts, to all without a name."""
        return sum(
            text.visits for text in self.texts if not names or text.name in names
        )

    def newest_levels(self, current: Collection[str], declared: str = "") -> Levels:
        """Return how far each reader got with the newest text that they have read: with
        the ``current`` ones, which stand for one another, or with one of the others.
        ``declared`` is as in ``levels``, of that text."""
        if len(self.texts) == 1:
            return self.levels(declared)
        # The same texts are mostly the current ones again.
        asked = frozenset(current), declared
        known, found = self._newest
        if known != asked:
            found = self._levels_with(current, declared)
            self._newest = asked, found
        return found

    def _levels_with(self, current: Collection[str], declared: str) -> Levels:
        rest = self.together.read
        found = Levels(0, 0, 0, 0, 0)
        for _behind, its in groupby(self.ranked(current), itemgetter(1)):
            sets = united([text.sets for text, _behind in its])
            here = sets.read & rest
            shown = here & sets.of_declared(declared)
            found = Levels(*map(or_, found, Levels.of(sets.within(shown))))
            rest &= ~here
        return found

    def ranked(self, current: Collection[str]) -> list[tuple[Text, int]]:
        """Return the texts, the ``current`` ones first and then the newest, each with how
        many are newer, of those that aren't current."""
        first = [(text, 0) for text in self.texts if text.name in current]
        others = (text for text in self.texts if text.name not in current)
        return [*first, *zip(others, count(1), strict=False)]

    def changed(
        self,
        touched: int,
        states: Iterable[TextState],
        visitor: int | None,
    ) -> "DocumentSets":
        """Return what it is after something was recorded of the readers ``touched``, with
        all their states as they are now.

        ``visitor`` is the place of those without a log-in. What was newest before stays so.
        """
        by_name = sorted(states, key=attrgetter("text"))
        news = {name: list(its) for name, its in groupby(by_name, attrgetter("text"))}
        before = {text.name: text for text in self.texts}
        counted_anew = visitor is not None and bool(touched >> visitor & 1)
        found = []
        for name in before.keys() | news.keys():
            old, its = before.get(name), news.get(name, [])
            kept = old.sets.within(~touched) if old else TextSets()
            times = [each.newest for each in its] + ([old.newest] if old else [])
            visits = sum(each.visits for each in its)
            if old and not counted_anew:
                visits = old.visits
            sets = kept | TextSets.of(its)
            if any(sets):
                newest = max(filter(None, times), default=None)
                found.append(Text(name, newest, visits, sets))
        return DocumentSets(found)

    def dated(self, newest: Mapping[str, int | None]) -> "DocumentSets":
        """Return the same with other times of what was newest, by name of the text."""
        return DocumentSets(
            Text(text.name, newest.get(text.name), text.visits, text.sets)
            for text in self.texts
        )

    def packed(self) -> bytes:
        """Return all of it for a database."""
        sets = [list(map(packed, text.sets)) for text in self.texts]
        head = [
            [text.name, text.newest, text.visits, *map(len, its)]
            for text, its in zip(self.texts, sets, strict=True)
        ]
        body = b"".join(each for its in sets for each in its)
        return zlib.compress(json.dumps(head).encode() + b"\n" + body, 1)

    @classmethod
    def unpacked(cls, found: bytes) -> "DocumentSets":
        """Return what ``packed`` made such bytes of."""
        head, _line, body = zlib.decompress(found).partition(b"\n")
        texts, start = [], 0
        for name, newest, visits, *sizes in json.loads(head):
            sets = []
            for size in sizes:
                sets.append(int.from_bytes(body[start : start + size], "little"))
                start += size
            texts.append(Text(name, newest, visits, TextSets(*sets)))
        return cls(texts)


def _age(text: Text) -> tuple[bool, int, str]:
    return text.newest is not None, text.newest or 0, text.name
