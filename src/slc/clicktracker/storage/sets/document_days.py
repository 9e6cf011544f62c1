"""``DocumentDays``: how often a document was opened on each day, as one whole number."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from slc.clicktracker.storage.activity import Activity

import struct


#: The accesses of a day take so many bits: those of all documents together fit in there.
_BITS = 32

_BYTES = _BITS // 8


@dataclass(frozen=True)
class DocumentDays:
    """``accesses`` has those of the day ``first``, an ordinal, in its last bits, and then
    those of each day that follows."""

    first: int
    accesses: int

    @classmethod
    def of(cls, days: Iterable[tuple[int, int]]) -> "DocumentDays":
        """Return those of a document, from ordinals of days with accesses."""
        found = dict(days)
        if not found:
            return cls(0, 0)
        first = min(found)
        listed = [0] * (max(found) + 1 - first)
        for day, accesses in found.items():
            listed[day - first] = accesses
        packed = struct.pack(f"<{len(listed)}I", *listed)
        return cls(first, int.from_bytes(packed, "little"))

    @property
    def last(self) -> int:
        """The ordinal of the last day with accesses."""
        return self.first + (self.accesses.bit_length() - 1) // _BITS

    def since(self, day: int) -> int:
        """Return the accesses of the days from one on, that in the last bits."""
        shift = _BITS * (self.first - day)
        return self.accesses << shift if shift > 0 else self.accesses >> -shift


def activity_of(
    documents: Mapping[str, DocumentDays], since: date, until: date
) -> Activity:
    """Return the activity of documents, by UID, between two days."""
    known = [each for each in documents.values() if each.accesses]
    start = max(since.toordinal(), min((each.first for each in known), default=0))
    end = min(until.toordinal(), max((each.last for each in known), default=0))
    size = max(end - start + 1, 0)
    total, by_document = 0, []
    period, halves = _lowest(size), _halves(size)
    for uid, days in documents.items():
        if accesses := days.since(start) & period:
            total += accesses
            for bits, lower in halves:
                accesses = (accesses >> bits) + (accesses & lower)
            by_document.append((uid, accesses))
    numbers = struct.unpack(f"<{size}I", total.to_bytes(_BYTES * size, "little"))
    return Activity(
        tuple(
            (date.fromordinal(start + place), number)
            for place, number in enumerate(numbers)
            if number
        ),
        tuple(sorted(by_document, key=lambda each: (-each[1], each[0]))),
    )


def _lowest(days: int) -> int:
    """Return the bits of the first so many days."""
    return (1 << _BITS * days) - 1


def _halves(days: int) -> list[tuple[int, int]]:
    """Return how so many days are added up, the later half to the earlier one until one is
    left: how many bits the earlier half has, and these. A division takes twice as long."""
    found = []
    while days > 1:
        days = (days + 1) // 2
        found.append((_BITS * days, _lowest(days)))
    return found
