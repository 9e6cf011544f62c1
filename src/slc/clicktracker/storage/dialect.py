"""What the SQL of one database does not share with the others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Dialect:
    """The few pieces that differ.

    ``listed``    a query for one column, from ``:documents``, which ``uids`` makes
                  of a list
    ``pairs``     a query for ``source`` and ``target``, from ``:readers``, a JSON
                  list of pairs of numbers
    ``expected``  a query for ``folder``, ``member``, ``name``, ``name_key`` and ``id_key``,
                  from ``:expected``, JSON lists of these texts
    ``contains``  the name of the function for the position of a text in another
    ``least``, ``greatest``  the names of the functions for one of two values
    ``any``       the name of the aggregate for truths
    ``elapsed``   the aggregate for whole milliseconds from the oldest ticket until
                  the last beacon of rows of clicktracker_reading ``g``
    ``moment``    a time for the database, ``datetime`` the way back (UTC)
    """

    listed: str
    uids: Callable[[list[str]], Any]
    pairs: str
    expected: str
    contains: str
    least: str
    greatest: str
    any: str
    elapsed: str
    moment: Callable[[datetime], Any]
    datetime: Callable[[Any], datetime]

    @property
    def parts(self) -> dict[str, str]:
        """What stands in the SQL for words in braces."""
        return {name: text for name, text in vars(self).items() if type(text) is str}
