"""Made-up accesses, and what a storage says of them, in few words."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.interfaces import IReadingReport
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingQuery


#: A moment when nothing had been recorded yet.
START = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)

DOC = Document("uid-doc", "/site/doc", "Minutes")
ALICE = Reader("alice", name="Alice Anders")
BOB = Reader("bob")


def seconds(number: float) -> datetime:
    """Return the moment so many seconds after ``START``."""
    return START + timedelta(seconds=number)


def visit(
    number: int,
    reader: Reader = ALICE,
    document: Document = DOC,
    at: float = 0,
    stay: float = 0,
    **more: object,
) -> Access:
    """Return the access with the key ``number``: issued and opened ``at`` seconds
    after the start, seen ``stay`` seconds later."""
    values = {
        "key": f"{number:032x}",
        "issued": seconds(at),
        "opened": seconds(at),
        "seen": seconds(at + stay),
        "document": document,
        "reader": reader,
        "url": document.path.removeprefix("/site"),
    }
    return Access(**{**values, **more})


def readings(storage: IReadingReport, *uids: str, **query: object) -> list[Reading]:
    """Return all readings of these documents, those of ``DOC`` if none is named."""
    page = storage.readings(ReadingQuery(uids or (DOC.uid,), size=None, **query))
    assert page.total == len(page.rows)
    return list(page.rows)


def counts(storage: IReadingReport, *uids: str) -> list[tuple[str, int]]:
    """Return (user, count) of readings."""
    return [(row.reader.user, row.count) for row in readings(storage, *uids)]
