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
    ``contains``  the name of the function for the position of a text in another
    ``moment``    a time for the database, ``datetime`` the way back (UTC)
    """

    listed: str
    uids: Callable[[list[str]], Any]
    pairs: str
    contains: str
    moment: Callable[[datetime], Any]
    datetime: Callable[[Any], datetime]
