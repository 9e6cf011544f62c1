"""What is in the database, compared with what was acknowledged."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from tests.faults.servers import PATIENCE

import psycopg2
import time


@dataclass(frozen=True)
class Stored:
    """How often each access is there, and how many all readings add up to."""

    keys: Counter[str]
    counted: int


def stored(dsn: str) -> Stored:
    """Return what a database holds."""
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT key FROM clicktracker_access")
            keys = Counter(key for (key,) in cursor.fetchall())
            cursor.execute("SELECT coalesce(sum(count), 0) FROM clicktracker_reading")
            return Stored(keys, int(cursor.fetchone()[0]))
    finally:
        connection.close()


def assert_exactly(
    dsn: str, accepted: Iterable[str], doubtful: Iterable[str] = ()
) -> None:
    """All that was accepted is stored once, or will be soon, and nothing else is.

    What is ``doubtful`` may be stored: its answer was lost.
    """
    accepted = set(accepted)
    found = _once_they_are_there(dsn, accepted)
    keys = set(found.keys)
    missing, surplus = accepted - keys, keys - accepted - set(doubtful)
    twice = sum(number - 1 for number in found.keys.values())
    numbers = (
        f"accepted {len(accepted)}, stored {len(keys)}, missing {len(missing)}, "
        f"surplus {len(surplus)}, twice {twice}, readings add up to {found.counted}"
    )
    print(numbers)
    assert accepted, "nothing was accepted"
    assert not (missing or surplus or twice), numbers
    assert found.counted == len(keys), numbers


def _once_they_are_there(dsn: str, keys: set[str]) -> Stored:
    deadline = time.monotonic() + PATIENCE
    while True:
        found = stored(dsn)
        if keys <= set(found.keys) or time.monotonic() > deadline:
            return found
        time.sleep(0.02)
