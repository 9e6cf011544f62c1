"""``Behind``: who is expected to read a document and has not opened it, as far as is known."""

from dataclasses import dataclass
from slc.clicktracker.reports.progress import behind_of
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.progress import Progress
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import who


#: Names that a mail has of one document, and documents of which it has names.
MOST_NAMES = 10
MOST_DOCUMENTS = 10


@dataclass(frozen=True)
class Person:
    """Somebody who is behind; ``has_older``: with an older version, and not without any."""

    reader: Reader
    has_older: bool


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
    people = tuple(Person(each, who(each) not in absent) for each in readers)
    return Behind(progress, people, missing - len(people))


def _title(progress: Progress) -> tuple[str, str]:
    item = progress.document.item
    return folded(item.title), item.path
