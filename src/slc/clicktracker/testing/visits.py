"""Made-up accesses, and what a storage says of them, in few words."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.capabilities import IReadingFigures
from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.model import Version


#: A moment when nothing had been recorded yet.
START = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)

DOC = Document("uid-doc", "/site/doc", "Minutes")
OTHER = Document("uid-other", "/site/other", "Agenda")
ALICE = Reader("alice", name="Alice Anders")
BOB = Reader("bob")
CAROL = Reader("carol")
DAVE = Reader("dave")

#: Whoever is not logged in.
NOBODY = Reader("")

#: A text that needs ten seconds, by the rule that is the default.
LONG = Version("1", "d1", 100)

#: What became of it.
CHANGED = Version("2", "d2", 100)


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


def read(
    number: int, reader: Reader = ALICE, engaged: int = 0, **more: object
) -> Access:
    """Return an access of ``LONG``, as long as it took unless something else is said."""
    values = {"version": LONG, "stay": engaged / 1000, "engaged": engaged}
    return visit(number, reader, **{**values, **more})


def note(reader: Reader = ALICE, at: float = 0, **more: object) -> Access:
    """Return the note that a ticket was served ``at`` seconds after the start."""
    return visit(0, reader, at=at, origin=SERVED, **more)


def download(reader: Reader = ALICE, at: float = 0, **more: object) -> Access:
    """Return the note that a file was delivered ``at`` seconds after the start."""
    return visit(0, reader, at=at, origin=DOWNLOADED, **more)


def readings(storage: IReadingLists, *uids: str, **query: object) -> list[Reading]:
    """Return all readings of these documents, those of ``DOC`` if none is named."""
    page = storage.readings(ReadingQuery(uids or (DOC.uid,), size=None, **query))
    assert page.total == len(page.rows)
    return list(page.rows)


def counts(storage: IReadingLists, *uids: str) -> list[tuple[str, int]]:
    """Return (user, count) of readings."""
    return [(row.reader.user, row.count) for row in readings(storage, *uids)]


def accesses(storage: IReadingLists, reader: Reader) -> int:
    """Return how many accesses of ``DOC`` are known of a reader."""
    found = storage.history(HistoryQuery((DOC.uid,), reader))
    return found.total if found else 0


def levels(storage: IReadingLists, **query: object) -> dict[str, str]:
    """Return the level of each user with ``DOC``."""
    return {row.reader.user: row.level for row in readings(storage, **query)}


def coverage(storage: IReadingFigures, *uids: str, **rule: int) -> Coverage:
    """Return how far readers got with documents, with ``DOC`` if none is named."""
    return storage.coverage(uids or (DOC.uid,), EngagementRule(**rule))
