"""``Behind``: who is expected to read a document and has not read it as far as is asked for."""

from dataclasses import dataclass
from dataclasses import replace
from slc.clicktracker.deadlines.deadline import LEAST
from slc.clicktracker.reports.progress import behind_of
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.progress import lacking_of_each
from slc.clicktracker.reports.progress import Progress
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import Who
from slc.clicktracker.storage.progress import who


#: Names that a mail has of one document, and documents of which it has names.
MOST_NAMES = 10
MOST_DOCUMENTS = 10


@dataclass(frozen=True)
class Person:
    """Somebody who is behind: with an older version if they ``has_older``, else without any;
    or they have read the current one, but not as far as is asked for (``is_short``)."""

    reader: Reader
    has_older: bool
    is_short: bool = False


@dataclass(frozen=True, eq=False)
class Behind:
    """A document of which ``people`` are behind, by name, and so many ``more``."""

    progress: Progress
    people: tuple[Person, ...]
    more: int


def is_behind(progress: Progress) -> bool:
    """Is anybody behind?"""
    return progress.opened < progress.expected


def worst_of(expected: tuple[Expected, ...], progress: tuple[Progress, ...]) -> tuple:
    """Return those of which the smallest share has opened them, then by title, with as
    many names as fit. Raises ``StorageError``."""
    of_each = list(zip(expected, progress, strict=True))
    late = [pair for pair in of_each if is_behind(pair[1])]
    late.sort(key=lambda pair: (pair[1].opened / pair[1].expected, _title(pair[1])))
    return tuple(_behind(*pair) for pair in late[:MOST_DOCUMENTS])


def _behind(expected: Expected, progress: Progress) -> Behind:
    missing = progress.expected - progress.opened
    # By name: each lacks this one document alike.
    page = behind_of((expected,), "", 0, min(missing, MOST_NAMES))
    readers = tuple(row.reader for row in page.rows)
    asked = AbsenceQuery(expected.standing.documents, readers, size=None)
    absent = {who(row.reader) for row in site_storage().absent(asked).rows}
    short = _short_of(expected, readers)
    people = tuple(
        Person(each, who(each) not in absent | short, who(each) in short)
        for each in readers
    )
    return Behind(progress, people, missing - len(people))


def _short_of(expected: Expected, readers: tuple[Reader, ...]) -> set[Who]:
    """Return who of those who are behind has read the current version nonetheless."""
    if expected.asks_for == LEAST:
        return set()
    (unread,) = lacking_of_each([replace(expected, deadline=None)], readers)
    return set(map(who, readers)) - set(map(who, unread))


def _title(progress: Progress) -> tuple[str, str]:
    item = progress.document.item
    return folded(item.title), item.path
