"""Many numbers in binary digits: a digit of all of them is one set.

The numbers are from 0, and each has a row, from 0 as well. Their digits are bytes: the set
of the rows whose number is odd, then that of the next digit, and so on, each in as
many whole bytes as it takes to have a bit for every row. So the smallest of many numbers are
found without a look at any of them, whatever set of rows is asked about.
"""

from collections.abc import Sequence
from functools import reduce
from itertools import zip_longest

import struct


#: For each digit of a byte: whether bytes have it, as the texts "0" and "1".
_HAS = tuple(
    bytes(ord("0") + (byte >> place & 1) for byte in range(256)) for place in range(8)
)

#: The same, as the numbers 0 and 1.
HAS = tuple(bytes(byte >> place & 1 for byte in range(256)) for place in range(8))

#: The numbers that the texts "0" and "1" are, for ``bytes.translate``.
TRUTHS = bytes.maketrans(b"01", b"\0\1")


def width(rows: int) -> int:
    """Return how many bytes a set of as many rows takes, at least one."""
    return (rows + 7) >> 3 or 1


def digits_of(numbers: Sequence[int]) -> bytes:
    """Return the digits of numbers of up to 64 digits."""
    size = width(len(numbers))
    length = max(numbers, default=0).bit_length()
    # A text begins with the digit that counts most: with the last of the rows.
    packed = struct.pack(f"<{len(numbers)}Q", *reversed(numbers))
    columns = (
        packed[place >> 3 :: 8].translate(_HAS[place & 7]) for place in range(length)
    )
    return b"".join(int(column, 2).to_bytes(size, "little") for column in columns)


def numbers_of(digits: bytes, rows: int) -> list[int]:
    """Return the numbers of all rows."""
    packed = bytearray(8 * rows)
    sets = split(digits, width(rows))
    for start in range(0, len(sets), 8):
        byte = 0
        for place, digit in enumerate(sets[start : start + 8]):
            of_each = f"{digit:0{rows}b}".encode().translate(TRUTHS)
            byte |= int.from_bytes(of_each, "big") << place
        packed[start >> 3 :: 8] = byte.to_bytes(rows, "little")
    return list(struct.unpack(f"<{rows}Q", packed))


def number_of(digits: bytes, size: int, row: int) -> int:
    """Return the number of one row, where a digit takes ``size`` bytes."""
    its = digits[row >> 3 :: size].translate(_HAS[row & 7])
    return int(its[::-1] or b"0", 2)


def split(digits: bytes, size: int) -> list[int]:
    """Return each digit as a set, where it takes ``size`` bytes."""
    return [
        int.from_bytes(digits[start : start + size], "little")
        for start in range(0, len(digits), size)
    ]


def joined(sets: Sequence[int], size: int) -> bytes:
    """Return what ``split`` made such sets of."""
    return b"".join(digit.to_bytes(size, "little") for digit in sets)


def at_least(digits: bytes, size: int, number: int, rows: int) -> int:
    """Return those of some rows whose number is not below another one, where a digit takes
    ``size`` bytes."""
    sets = split(digits, size)
    if number >> len(sets):
        return rows if number < 0 else 0
    more, same = 0, rows
    for place in reversed(range(len(sets))):
        if number >> place & 1:
            same &= sets[place]
        else:
            more |= same & sets[place]
            same &= ~sets[place]
    return more | same


def added(numbers: Sequence[Sequence[int]]) -> list[int]:
    """Return the digits of the sums of numbers in the same row, as sets."""
    return reduce(_sum, numbers, [])


def _sum(ones: Sequence[int], others: Sequence[int]) -> list[int]:
    found, carried = [], 0
    for one, other in zip_longest(ones, others, fillvalue=0):
        either = one ^ other
        found.append(either ^ carried)
        carried = one & other | either & carried
    return [*found, carried] if carried else found
