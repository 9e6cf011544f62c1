"""What the SQL of one database does not share with the others."""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Dialect:
    """The few pieces that differ.

    ``listed``    a query for one column, from ``:documents``, which ``uids`` makes
                  of a list; ``currents`` the same from ``:current``
    ``among_keys``  a condition: the column ``key`` is one of ``:keys``, which ``uids`` makes
                  of a list; a database goes by an index then
    ``pairs``     a query for ``source`` and ``target``, from ``:readers``, a JSON
                  list of pairs of numbers
    ``expected``  a query for ``folder``, ``member``, ``name``, ``name_key`` and ``id_key``,
                  from ``:expected``, JSON lists of these texts
    ``rows``      makes a query for columns, by their names and kinds, from a parameter of
                  the name, JSON lists of the values of each row. Kinds are "text",
                  "number", "moment" and "truth"
    ``found``     makes what follows ``FROM ... x`` in a query of a table, what it is called
                  there, and the name of a block: joins the rows of the table for which the
                  block holds, looked up for each ``x`` by itself
    ``no_compiling``  a statement that keeps the database from compiling the next ones of
                  the transaction, empty where it wouldn't
    ``in_order``  a statement that has the database read the many rows that the next ones of
                  the transaction find by an index in their order on the disk, empty where
                  it can't
    ``for_update``  what locks the rows of a query, in their order
    ``contains``  the name of the function for the position of a text in another
    ``least``, ``greatest``  the names of the functions for one of two values
    ``all_marks``  the aggregate for all that rows have in their column ``marks``
    ``newest_us``  the aggregate for when rows of clicktracker_reading ``g`` were last
                  served, opened or downloaded, by the times of the tickets, or
                  acknowledged or attested, in whole microseconds since 1970; null where
                  none of them is known
    ``first_us``, ``last_us``  the aggregates for when rows of clicktracker_reading ``g``
                  were first and last opened or downloaded, likewise; null where they
                  never were
    ``acknowledged_us``, ``attested_us``  the aggregates for when they last were,
                  likewise
    ``begun_us``, ``ended_us``  the time of the oldest ticket, and of the last beacon, of a row
                  of clicktracker_reading ``g`` that was opened, likewise
    ``before_all``, ``after_all``  times before and after all others
    ``row``       the name of the column for the place of a row in its table
    ``elapsed``   the aggregate for whole milliseconds from the oldest ticket until
                  the last beacon of rows of clicktracker_reading ``g``
    ``lasted``    the aggregate for whole milliseconds from the issue of a ticket, no less
                  than 0, until the last of its rows of clicktracker_access ``a`` was seen
    ``day``       the day (UTC) on which the ticket of clicktracker_access ``a`` was issued
    ``days_in_one``  the aggregate for rows of clicktracker_day ``y`` as one text: of each day
                  its ordinal and its accesses, with spaces in between
    ``before_moment``  the time ``:before``, where a database has to be told what it is
    ``is_read``   whether rows of clicktracker_reading ``g`` are of more than what was
                  served
    ``is_seen``   whether they were opened or downloaded
    ``moment``    a time for the database, ``datetime`` the way back (UTC), and ``number``
                  the same in microseconds since 1970, where there are very many
    ``date``      a day from the database
    ``one_moment``  options for a connection: that each transaction sees the database as it
                  was at its first statement
    """

    listed: str
    currents: str
    among_keys: str
    uids: Callable[[list[str]], Any]
    pairs: str
    expected: str
    rows: Callable[[str, Mapping[str, str]], str]
    found: Callable[[str, str, str], str]
    no_compiling: str
    in_order: str
    for_update: str
    contains: str
    least: str
    greatest: str
    all_marks: str
    newest_us: str
    first_us: str
    last_us: str
    acknowledged_us: str
    attested_us: str
    begun_us: str
    ended_us: str
    before_all: str
    after_all: str
    row: str
    elapsed: str
    lasted: str
    day: str
    days_in_one: str
    before_moment: str
    is_read: str
    is_seen: str
    moment: Callable[[datetime], Any]
    datetime: Callable[[Any], datetime]
    number: Callable[[Any], int]
    date: Callable[[Any], date]
    one_moment: Mapping[str, str]

    @property
    def parts(self) -> dict[str, str]:
        """What stands in the SQL for words in braces."""
        return {name: text for name, text in vars(self).items() if type(text) is str}
