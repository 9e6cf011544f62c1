"""A year of many visits, as they are added up: made-up sums, as many as are wanted.

The same seed makes the same sums, in PostgreSQL and in SQLite. Some pages are seen in
nearly every visit and most seldom, half of the visitors never come back. Only sums are made,
as the statistics look at nothing else, and each kind of them for itself: how many rows there
are of each day is what matters.
"""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timezone
from io import StringIO
from itertools import accumulate
from random import Random
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.storage import RelationalStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.storage.visits.days import DAY
from slc.clicktracker.storage.visits.days import MONTH
from slc.clicktracker.storage.visits.days import month_of
from slc.clicktracker.storage.visits.days import number_of
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.sums import BROWSER
from slc.clicktracker.storage.visits.sums import DAYS_OF_GUESTS
from slc.clicktracker.storage.visits.sums import DAYS_OF_MEMBERS
from slc.clicktracker.storage.visits.sums import DEVICE
from slc.clicktracker.storage.visits.sums import ENTRY
from slc.clicktracker.storage.visits.sums import EXIT
from slc.clicktracker.storage.visits.sums import JOINED
from slc.clicktracker.storage.visits.sums import MEMBER
from slc.clicktracker.storage.visits.sums import MINUTES
from slc.clicktracker.storage.visits.sums import NEVER
from slc.clicktracker.storage.visits.sums import PAGE
from slc.clicktracker.storage.visits.sums import SECONDS
from slc.clicktracker.storage.visits.sums import SITE
from slc.clicktracker.storage.visits.sums import SOURCE
from slc.clicktracker.storage.visits.sums import STATUS
from slc.clicktracker.storage.visits.sums import Sums
from slc.clicktracker.storage.visits.sums import SYSTEM
from slc.clicktracker.storage.visits.sums import VISITORS
from slc.clicktracker.storage.visits.sums import WHO
from sqlalchemy import Connection
from sqlalchemy import text


SEED = 4

#: The days that there are visits of: a year, and the month before it.
FIRST, LAST = date(2024, 12, 1), date(2025, 12, 31)

#: Page views of a visit, and seconds that one takes on average, if it takes any.
_PAGES, _SECONDS = 4, 300

#: So many days are made up, and come again and again.
_MADE = 20

_COLUMNS = ("site", "kind", "span", "day", "thing", "visits", "views", "time")

#: The numbers of the words of each kind.
_WORDS = {
    SITE: range(1, 2_001),
    BROWSER: range(2_001, 2_061),
    SYSTEM: range(2_061, 2_091),
    DEVICE: range(2_091, 2_391),
}
_MOST_WORDS = 2_390

_SOMETIME = datetime(2024, 11, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Size:
    """How many visits there are on a day, and how many pages and members."""

    visits: int
    pages: int
    members: int


def fill(storages: Iterable[RelationalStorage], size: Size) -> int:
    """Put the same sums of the same site into empty storages; return how many."""
    rows = list(_rows(size))
    for storage in storages:
        storage.setup()
        _add_things(storage, size)
        with storage.engine.begin() as connection:
            if isinstance(storage, SQLiteStorage):
                _insert(connection, rows)
            else:
                _copy(connection, rows)
                connection.exec_driver_sql("ANALYZE")
    return len(rows)


def _insert(connection: Connection, rows: list[tuple[int, ...]]) -> None:
    places = ", ".join("?" for _ in _COLUMNS)
    connection.exec_driver_sql(f"INSERT INTO clicktracker_sum VALUES ({places})", rows)  # noqa: S608 (nothing but places)


def _copy(connection: Connection, rows: list[tuple[int, ...]]) -> None:
    lines = StringIO("".join("\t".join(map(str, row)) + "\n" for row in rows))
    cursor = connection.connection.cursor()
    cursor.copy_expert(
        f"COPY clicktracker_sum ({', '.join(_COLUMNS)}) FROM STDIN", lines
    )


def _add_things(storage: RelationalStorage, size: Size) -> None:
    """Make what sums are of: the numbers of all begin with 1 in an empty database."""
    views = [
        PageView(
            f"{number:032x}",
            *(_SOMETIME, _SOMETIME),
            Page(f"/folder-{number % 50}/page-{number}", f"{number:032x}", "A page"),
            Reader(f"user-{number % size.members}", name=f"User {number}"),
            session="one",
        )
        for number in range(max(size.pages, size.members))
    ]
    storage.record_views(views)
    with storage.engine.begin() as connection:
        for table in ("sum", "view", "visit"):
            connection.exec_driver_sql(f"DELETE FROM clicktracker_{table}")  # noqa: S608 (a name out of these)
        connection.execute(
            text("INSERT INTO clicktracker_word (site, word) VALUES (1, :word)"),
            [{"word": f"{number}.example"} for number in range(_MOST_WORDS)],
        )


def _rows(size: Size) -> Iterator[tuple[int, ...]]:
    draw = _Draw(Random(SEED), size)  # noqa: S311 (it makes no secrets)
    months = Sums()
    made = [list(_sums(0, draw, size).items()) for _ in range(_MADE)]
    for day in range(number_of(FIRST), number_of(LAST) + 1):
        for (kind, _, thing), amount in made[day % _MADE]:
            if kind in (DAYS_OF_GUESTS, DAYS_OF_MEMBERS) and thing != NEVER:
                thing += day
            months.add(kind, month_of(day), thing, *amount)
            yield (1, kind, DAY, day, thing, *amount)
    for (kind, month, thing), amount in months.items():
        yield (1, kind, MONTH, month, thing, *amount)


class _Draw:
    """Chooses things, of which the first ones are chosen most often."""

    def __init__(self, random: Random, size: Size) -> None:
        self.random = random
        numbers = {
            **dict.fromkeys((ENTRY, EXIT, PAGE), size.pages),
            **{kind: len(numbers) for kind, numbers in _WORDS.items()},
            MEMBER: size.members,
        }
        self._weights = {
            kind: list(accumulate(1 / rank for rank in range(1, number + 1)))
            for kind, number in numbers.items()
        }

    def things(self, kind: int, often: int) -> Counter[int]:
        """Return how often each thing of a kind is chosen."""
        weights = self._weights[kind]
        numbers = _WORDS.get(kind, range(1, len(weights) + 1))
        return Counter(self.random.choices(numbers, cum_weights=weights, k=often))

    def lengths(self, often: int) -> Counter[int]:
        """Return how often visits take how many seconds: a third takes none."""
        rate = 1 / _SECONDS
        return Counter(
            int(self.random.expovariate(rate)) * (number % 3 > 0)
            for number in range(often)
        )

    def days_before(self, day: int, often: int) -> Counter[int]:
        """Return how often visitors of a day had come on which day before."""
        return Counter(
            NEVER if number % 2 else day - 1 - int(self.random.expovariate(1 / 20))
            for number in range(often)
        )


def _sums(day: int, draw: _Draw, size: Size) -> Sums:
    """Return the sums of a day: a third of the visits are those of members."""
    sums = Sums()
    members = size.visits // 3
    time = _PAGES * _SECONDS * 1000
    for kind in (ENTRY, EXIT, SITE, BROWSER, SYSTEM, DEVICE):
        for thing, often in draw.things(kind, size.visits).items():
            sums.add(kind, day, thing, often, _PAGES * often, often * time)
    for thing, often in draw.things(MEMBER, members).items():
        sums.add(MEMBER, day, thing, often, _PAGES * often, often * time)
    for thing, often in draw.things(PAGE, _PAGES * size.visits).items():
        sums.add(PAGE, day, thing, often - often // 4, often, often * 30_000)
    for thing, often in draw.lengths(size.visits).items():
        sums.add(SECONDS, day, thing, often)
        sums.add(MINUTES, day, thing // 60, often)
    for thing, often in draw.days_before(day, members * 2 // 3).items():
        sums.add(DAYS_OF_MEMBERS, day, thing, often)
        sums.add(VISITORS, day, 1, often)
    for thing, often in draw.days_before(day, size.visits // 2).items():
        sums.add(DAYS_OF_GUESTS, day, thing, often)
        sums.add(VISITORS, day, 0, often)
    for thing, often in enumerate((size.visits - members, members)):
        sums.add(WHO, day, thing, often, _PAGES * often, often * time)
    for kind, thing in (
        (JOINED, 0),
        (JOINED, 1),
        (SOURCE, 0),
        (STATUS, 2),
        (STATUS, 4),
    ):
        sums.add(kind, day, thing, 0, _PAGES * size.visits)
    return sums
