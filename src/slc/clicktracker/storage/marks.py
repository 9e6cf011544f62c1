"""The marks of a page view: what its browser tells by yes or no."""

from collections.abc import Iterable
from enum import IntFlag
from functools import reduce
from operator import or_


class Marks(IntFlag):
    """The one table of marks, and any set of them.

    A browser tells a mark under its name in small letters. What was so once stays so:
    many sets are one by ``|``, in whatever order and however often they come. The
    numbers are in databases and spools, so none is ever given to another mark; there
    is room for fifteen. A set may hold numbers that a later release knows.
    """

    #: The end of the content came into view. Not that anything before it was read.
    ENDED = 1

    #: The page was printed, or a print was begun. Not that there is a sheet of paper.
    PRINTED = 2


NO_MARKS = Marks(0)

#: By the names that messages of browsers and files for programs have for them.
MARKS_BY_NAME = {mark.name.lower(): mark for mark in Marks}


def together(sets: Iterable[Marks]) -> Marks:
    """Return what is so by any of these sets."""
    return reduce(or_, sets, NO_MARKS)
