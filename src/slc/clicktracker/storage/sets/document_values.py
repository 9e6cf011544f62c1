"""``DocumentValues``: what the readings of a document can be put in order by."""

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from functools import reduce
from itertools import compress
from operator import invert
from operator import itemgetter
from operator import or_
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.sets.bits import bits_of
from slc.clicktracker.storage.sets.bits import numbers_in
from slc.clicktracker.storage.sets.bits import packed
from slc.clicktracker.storage.sets.digits import added
from slc.clicktracker.storage.sets.digits import at_least
from slc.clicktracker.storage.sets.digits import digits_of
from slc.clicktracker.storage.sets.digits import joined
from slc.clicktracker.storage.sets.digits import numbers_of
from slc.clicktracker.storage.sets.digits import split
from slc.clicktracker.storage.sets.digits import TRUTHS
from slc.clicktracker.storage.sets.digits import width
from slc.clicktracker.storage.sets.reading_values import ReadingValues
from slc.clicktracker.storage.sets.reading_values import YEAR_1
from typing import NamedTuple

import json
import zlib


#: What a reading has one number of.
NUMBERS = ("first", "last", "count")

#: So few readers are found one by one.
_FEW = 20

#: There are millions of the same few numbers: so they are the same objects, too.
_SHARED: dict[int, int] = {}


class TextTimes(NamedTuple):
    """The rows of those who have read a text, and the digits of how long they were engaged
    with it."""

    rows: int
    engaged: bytes


@dataclass(frozen=True)
class DocumentValues:
    """``readers`` is the set of those who have read the document, by their places. Each has
    a row, in the order of these. ``numbers`` are the digits of each of ``NUMBERS``,
    ``urls`` and ``texts`` have what readers have of each, by URL and by name.
    """

    readers: int
    numbers: Mapping[str, bytes]
    urls: Mapping[str, int]
    texts: Mapping[str, TextTimes]

    @classmethod
    def of(cls, values: Mapping[int, ReadingValues]) -> "DocumentValues":
        """Return those of readers, by their place."""
        places = sorted(values)
        listed = [values[place] for place in places]
        urls: dict[str, list[int]] = {}
        texts: dict[str, list[int]] = {}
        for row, each in enumerate(listed):
            urls.setdefault(each.url, []).append(row)
            for name in each.engaged:
                texts.setdefault(name, []).append(row)
        return cls(
            bits_of(places),
            {
                name: digits_of([getattr(each, name) for each in listed])
                for name in NUMBERS
            },
            {url: bits_of(rows) for url, rows in sorted(urls.items())},
            {
                name: TextTimes(
                    bits_of(rows),
                    digits_of([each.engaged.get(name, 0) for each in listed]),
                )
                for name, rows in sorted(texts.items())
            },
        )

    @property
    def by_place(self) -> dict[int, ReadingValues]:
        """What ``of`` made it of."""
        places = list(numbers_in(self.readers))
        url_of = {
            row: url for url, rows in self.urls.items() for row in numbers_in(rows)
        }
        times: list[dict[str, int]] = [{} for _place in places]
        for name, text in self.texts.items():
            engaged = numbers_of(text.engaged, len(places))
            for row in numbers_in(text.rows):
                times[row][name] = engaged[row]
        numbers = [numbers_of(self.numbers[name], len(places)) for name in NUMBERS]
        return {
            place: ReadingValues(first, last, count, url_of[row], times[row])
            for row, (place, first, last, count) in enumerate(
                zip(places, *numbers, strict=True)
            )
        }

    def changed(
        self, touched: int, values: Mapping[int, ReadingValues]
    ) -> "DocumentValues":
        """Return what it is after something was recorded of the readers ``touched``, with
        all their values as they are now."""
        if not self.readers & ~touched:
            return self.of(values)
        kept = self.by_place
        for place in numbers_in(self.readers & touched):
            del kept[place]
        return self.of({**kept, **values})

    @cached_property
    def size(self) -> int:
        """How many bytes a set of rows takes."""
        return width(self.readers.bit_count())

    @cached_property
    def all_rows(self) -> int:
        return (1 << self.readers.bit_count()) - 1

    def rows_of(self, readers: int) -> int:
        """Return the rows of some readers, by their places."""
        if readers is self.readers:
            return self.all_rows
        some = readers & self.readers
        if some == self.readers:
            return self.all_rows
        if not some:
            return 0
        if some.bit_count() <= _FEW:
            return self._rows_of_few(some)
        # A text begins with the last place, and one more before it that is always there.
        by_place = bin(some | 1 << self.readers.bit_length())
        return int("".join(itemgetter(*self._from_end)(by_place)), 2)

    def _rows_of_few(self, readers: int) -> int:
        rows = 0
        while readers:
            reader = 1 << readers.bit_length() - 1
            rows |= 1 << (self.readers & reader - 1).bit_count()
            readers ^= reader
        return rows

    def readers_of(self, rows: int) -> int:
        """Return the places of the readers in some rows."""
        if rows.bit_count() <= _FEW:
            found = 0
            while rows:
                row = rows.bit_length() - 1
                found |= 1 << ~self._from_end[~row]
                rows ^= 1 << row
            return found
        of_each = f"{rows:0{len(self._from_end)}b}".encode().translate(TRUTHS)
        return bits_of(map(invert, compress(self._from_end, of_each)))

    @property
    def urls_of_readers(self) -> list[tuple[str, int]]:
        """The URLs, each with the set of its readers, by their places."""
        by_number = sorted(self.urls.items(), key=lambda each: each[1].bit_count())
        found, rest = [], self.readers
        for url, rows in by_number[:-1]:
            its = self.readers_of(rows)
            found.append((url, its))
            rest ^= its
        # Nearly all of them have been at the same, mostly.
        return [*((url, rest) for url, _rows in by_number[-1:]), *reversed(found)]

    def last_within(self, since: datetime | None, until: datetime | None) -> int:
        """Return the readers whose last time is not before ``since``, and before
        ``until``, where there is one."""
        rows = self.all_rows
        if since is not None:
            rows &= self._last_from(since)
        if until is not None:
            rows &= ~self._last_from(until)
        return self.readers_of(rows)

    def _last_from(self, moment: datetime) -> int:
        number = YEAR_1 + microseconds(moment)
        return at_least(self.numbers["last"], self.size, number, self.all_rows)

    @cached_property
    def _from_end(self) -> tuple[int, ...]:
        """Where the reader of each row is in a text that ends with the first place, those
        of the last row first."""
        places = [*map(invert, numbers_in(self.readers))]
        return tuple(_SHARED.setdefault(place, place) for place in reversed(places))

    def engaged(self, groups: Sequence[Collection[str]]) -> bytes:
        """Return the digits of how long each reader was engaged with those texts of which
        they have read any, of the first such group. Those of the last groups are kept."""
        if len(self.texts) == 1:
            (text,) = self.texts.values()
            return text.engaged
        # The same texts are mostly the current ones again.
        known, found = vars(self).get("_engaged", (None, b""))
        if known != groups:
            found = self._engaged_with(groups)
            vars(self)["_engaged"] = groups, found
        return found

    def _engaged_with(self, groups: Sequence[Collection[str]]) -> bytes:
        rest, found, length = self.all_rows, 0, 0
        for names in groups:
            texts = [self.texts[name] for name in names if name in self.texts]
            here = reduce(or_, (text.rows for text in texts), 0) & rest
            if here:
                rest ^= here
                digits = self._summed(texts)
                length = max(length, len(digits))
                # All digits at once: each has as many bytes.
                mask = here.to_bytes(self.size, "little") * (len(digits) // self.size)
                found |= _set(digits) & _set(mask)
        return found.to_bytes(length, "little")

    def _summed(self, texts: list[TextTimes]) -> bytes:
        """Return the digits of how long readers were engaged with all of the texts."""
        if len(texts) == 1:
            return texts[0].engaged
        found = added([split(text.engaged, self.size) for text in texts])
        return joined(found, self.size)

    def zero(self, digits: bytes) -> int:
        """Return the readers whose number is 0, by the digits of the numbers of all rows;
        kept for those of as many orders as there are."""
        found = self._zero.get(digits)
        if found is None:
            if len(self._zero) > len(NUMBERS):
                self._zero.clear()
            others = reduce(or_, split(digits, self.size), 0)
            found = self._zero[digits] = self.readers_of(self.all_rows ^ others)
        return found

    @cached_property
    def _zero(self) -> dict[bytes, int]:
        return {}

    def packed(self) -> bytes:
        """Return all of it for a database."""
        parts = [packed(self.readers), *(self.numbers[name] for name in NUMBERS)]
        for rows in self.urls.values():
            parts.append(packed(rows))
        for text in self.texts.values():
            parts += [packed(text.rows), text.engaged]
        head = [list(self.urls), list(self.texts), list(map(len, parts))]
        return zlib.compress(json.dumps(head).encode() + b"\n" + b"".join(parts), 1)

    @classmethod
    def unpacked(cls, found: bytes) -> "DocumentValues":
        """Return what ``packed`` made such bytes of."""
        head, _line, body = zlib.decompress(found).partition(b"\n")
        urls, texts, sizes = json.loads(head)
        parts, start = [], 0
        for size in sizes:
            parts.append(body[start : start + size])
            start += size
        each = iter(parts)
        return cls(
            _set(next(each)),
            {name: next(each) for name in NUMBERS},
            {url: _set(next(each)) for url in urls},
            {name: TextTimes(_set(next(each)), next(each)) for name in texts},
        )


#: Those of a document that nobody has read.
NO_VALUES = DocumentValues.of({})


def _set(found: bytes) -> int:
    return int.from_bytes(found, "little")
