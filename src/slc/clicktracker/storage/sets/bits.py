"""Sets of small whole numbers, each as the bits of one whole number.

So thousands of readers are in as many bits, and what two sets have in common is found at
once. ``&``, ``|``, ``& ~`` and ``bit_count`` are all that is needed besides.
"""

from collections.abc import Iterable
from collections.abc import Iterator


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

    All numbers are counted at once, as in a column of additions: the first of ``digits``
    has those whose count is odd, and so on.
    """
    digits: list[int] = []
    for numbers, times in sets:
        for first in range(times.bit_length()):
            if times >> first & 1:
                _add(digits, numbers, first)
    found = [0] * size
    for place, digit in enumerate(digits):
        for number in numbers_in(digit):
            found[number] += 1 << place
    return found


def _add(digits: list[int], carried: int, place: int) -> None:
    """Count the numbers in a set, from a place among the digits on."""
    while carried:
        digits.extend([0] * (place + 1 - len(digits)))
        digit = digits[place]
        digits[place] = digit ^ carried
        carried &= digit
        place += 1
