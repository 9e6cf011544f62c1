"""The storage of a site whose recording is switched off."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IReadingReport
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import StorageStatus
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import ProgressQuery
from zope.interface import implementer


@implementer(IAccessRecorder, IReadingReport, IStorageMaintenance)
class NullStorage:
    """Records nothing and answers that nothing is known."""

    def logAccess(self, user: str, path: str, url: str) -> bool:
        """Record nothing. True, as trying again would not help."""
        return True

    def getLog(
        self, prefix: str, order_by: str | None = None, order_reverse: bool = False
    ) -> list[LogRow]:
        return []

    def record(self, accesses: Sequence[Access]) -> None:
        """Record nothing."""

    def readings(self, query: ReadingQuery) -> ReadingPage:
        return ReadingPage((), 0, 0)

    def absent(self, query: AbsenceQuery) -> AbsentPage:
        return AbsentPage((), 0)

    def coverage(
        self,
        documents: Sequence[str],
        rule: EngagementRule,
        current: tuple[str, ...] = (),
        as_one: bool = False,
        left_out: tuple[Reader, ...] = (),
    ) -> Coverage:
        return Coverage(0, 0, 0, 0)

    def each_reading(self, query: ReadingQuery) -> Iterator[Reading]:
        yield from ()

    def history(self, query: HistoryQuery) -> None:
        return None

    def texts(self, documents: Sequence[str]) -> tuple[KnownText, ...]:
        return ()

    def document_uids(self) -> frozenset[str]:
        return frozenset()

    def read_documents(self, documents: Sequence[str]) -> tuple[ReadDocument, ...]:
        return ()

    def depths(
        self,
        documents: Sequence[str],
        current: Sequence[str] = (),
        left_out: tuple[Reader, ...] = (),
    ) -> tuple[tuple[int, int], ...]:
        return ()

    def first_readings(
        self,
        documents: Sequence[str],
        current: Sequence[str] = (),
        as_one: bool = False,
        left_out: tuple[Reader, ...] = (),
    ) -> tuple[tuple[date, int], ...]:
        return ()

    def activity(self, documents: Sequence[str], since: date, until: date) -> Activity:
        return Activity((), ())

    def progress(self, query: ProgressQuery) -> tuple[int, ...]:
        return (0,) * len(query.items)

    def behind(
        self,
        query: ProgressQuery,
        search: str = "",
        start: int = 0,
        size: int | None = 20,
    ) -> MemberProgressPage:
        return MemberProgressPage((), 0)

    def setup(self) -> None:
        """There is nothing to set up."""

    def status(self) -> StorageStatus:
        return StorageStatus(
            kind="off",
            place="",
            schema=0,
            documents=0,
            readers=0,
            readings=0,
            accesses=0,
            old_addresses=0,
        )

    def retire(self, reader: Reader) -> None:
        """Nobody is known."""

    def forget(self, reader: Reader) -> int:
        return 0

    def old_addresses(self, prefix: str) -> list[tuple[str, datetime]]:
        return []

    def adopt(self, path: str, document: Document) -> int:
        return 0

    def claim(self, prefix: str) -> int:
        return 0

    def close(self) -> None:
        """There is nothing to let go of."""
