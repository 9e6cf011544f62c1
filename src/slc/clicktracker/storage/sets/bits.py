"""Sets of small whole numbers, each as the bits of one whole number.

So thousands of readers are in as many bits, and what two sets have in common is found at
once. ``&``, ``|``, ``& ~`` and ``bit_count`` are all that is needed besides.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from slc.clicktracker.storage.sets.digits import joined
from slc.clicktracker.storage.sets.digits import numbers_of
from slc.clicktracker.storage.sets.digits import width


#: Every number, for ``&``.
EVERYTHING = -1

#: The numbers in a byte.
_IN_A_BYTE = tuple(
    tuple(place for place in range(8) if byte >> place & 1) for byte in range(256)
)


def bits_of(numbers: Iterable[int]) -> int:
    """Return the set of numbers, from 0."""
    listed = list(numbers)
    if not listed:
        return 0
    found = bytearray((max(listed) >> 3) + 1)
    for number in listed:
        found[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(found, "little")


def numbers_in(bits: int) -> Iterator[int]:
    """Yield the numbers in a set, in ascending order."""
    for place, byte in enumerate(packed(bits)):
        if byte:
            start = place << 3
            for number in _IN_A_BYTE[byte]:
                yield start + number


def packed(bits: int) -> bytes:
    """Return a set as bytes; ``int.from_bytes(…, "little")`` is the way back."""
    return bits.to_bytes((bits.bit_length() + 7) >> 3, "little")


def counts(sets: Iterable[tuple[int, int]], size: int) -> list[int]:
    """Return for each number below ``size`` in how many of the sets it is, each of which
    comes with how often it counts.

    All numbers are counted at once, as in the columns of an addition: what is in the sets
    of the first one counts once, what is in those of the next one twice, and so on.
    """
    columns: list[list[int]] = []
    for numbers, times in sets:
        columns += [[] for _new in range(len(columns), times.bit_length())]
        for place in range(times.bit_length()):
            if times >> place & 1:
                columns[place].append(numbers)
    digits, carried = [], []
    while columns or carried:
        column = [*carried, *(columns.pop(0) if columns else ())]
        digit, carried = _added(column)
        digits.append(digit)
    return numbers_of(joined(digits, width(size)), size)


def _added(column: list[int]) -> tuple[int, list[int]]:
    """Return the numbers that are in an odd number of sets, and sets that have all others as
    often as half of that."""
    carried = []
    while len(column) > 1:
        column = [*column, *[0] * (-len(column) % 3)]
        odd = []
        for one, other, third in zip(*(column[n::3] for n in range(3)), strict=True):
            either = one ^ other
            odd.append(either ^ third)
            carried.append(one & other | either & third)
        column = odd
    return sum(column), carried
