"""Who is expected to read a document and is not known to have opened it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.model import Reader

import json


@dataclass(frozen=True)
class AbsenceQuery:
    """Which of those ``expected`` have opened none of these documents, nor downloaded or
    acknowledged it, nor are attested to have read it.

    ``documents`` are UIDs, several where reading one stands for all, as with
    translations. ``search`` is compared with names and ids, without case and
    accents, as plain text. Sorted by name; ties are broken, so that paging is stable; ``start`` and
    ``size`` cut the page in the storage; ``size`` None is all.
    """

    documents: tuple[str, ...]
    expected: tuple[Reader, ...]
    search: str = ""
    start: int = 0
    size: int | None = 20


@dataclass(frozen=True)
class Absent:
    """Somebody of whom it is not known that he opened a document.

    ``served`` is when a page was last sent to him that has not called back,
    None if that never happened.
    """

    reader: Reader
    served: datetime | None


@dataclass(frozen=True)
class AbsentPage:
    """One page of those who are absent, and how many there are in ``total``."""

    rows: tuple[Absent, ...]
    total: int


def expected_rows(readers: Iterable[Reader]) -> str:
    """Return readers for a database: JSON lists of folder, id, name and both keys.

    Each reader is there once.
    """
    rows = {(r.folder, r.user): (r.name, name_key(r), id_key(r)) for r in readers}
    return json.dumps([(*who, *more) for who, more in rows.items()])
