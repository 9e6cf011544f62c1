"""``MemoryStorage``: the shortest correct storage, and what tests compare with."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import datetime
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.storage.capabilities import IAccessRecorder
from slc.clicktracker.storage.capabilities import IAcknowledgements
from slc.clicktracker.storage.capabilities import IAudienceProgress
from slc.clicktracker.storage.capabilities import IGoals
from slc.clicktracker.storage.capabilities import IMemberEvents
from slc.clicktracker.storage.capabilities import IOutbox
from slc.clicktracker.storage.capabilities import IPastReadings
from slc.clicktracker.storage.capabilities import IReadDocuments
from slc.clicktracker.storage.capabilities import IReadingFigures
from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.capabilities import IReadingRetention
from slc.clicktracker.storage.capabilities import IStorageMaintenance
from slc.clicktracker.storage.capabilities import IVisitRetention
from slc.clicktracker.storage.capabilities import IVisits
from slc.clicktracker.storage.capabilities import IVisitStatistics
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.history import ReaderHistory
from slc.clicktracker.storage.keys import identity
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.model import NOTES
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.past import PastReadings
from slc.clicktracker.storage.place import Place
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.testing.memory.acknowledgements import AcknowledgementsInMemory
from slc.clicktracker.testing.memory.events import EventsInMemory
from slc.clicktracker.testing.memory.forgetting import ForgettingInMemory
from slc.clicktracker.testing.memory.goals import GoalsInMemory
from slc.clicktracker.testing.memory.lists import Lists
from slc.clicktracker.testing.memory.maintenance import MaintenanceInMemory
from slc.clicktracker.testing.memory.outbox import OutboxInMemory
from slc.clicktracker.testing.memory.progress import Progress
from slc.clicktracker.testing.memory.questions import Questions
from slc.clicktracker.testing.memory.reading_retention import ReadingRetentionInMemory
from slc.clicktracker.testing.memory.report import log
from slc.clicktracker.testing.memory.retention import Retention
from slc.clicktracker.testing.memory.statistics import Statistics
from slc.clicktracker.testing.memory.tables import Account
from slc.clicktracker.testing.memory.tables import KnownDocument
from slc.clicktracker.testing.memory.tables import merged
from slc.clicktracker.testing.memory.tables import State
from slc.clicktracker.testing.memory.tables import Tables
from slc.clicktracker.testing.memory.visitor_storage import VisitsInMemory
from slc.clicktracker.testing.memory.visits import Visits
from uuid import uuid4
from zope.interface import implementer


@implementer(
    IAccessRecorder,
    IReadingLists,
    IReadingFigures,
    IAudienceProgress,
    IReadDocuments,
    IPastReadings,
    IReadingRetention,
    IVisits,
    IVisitRetention,
    IVisitStatistics,
    IOutbox,
    IMemberEvents,
    IGoals,
    IAcknowledgements,
    IStorageMaintenance,
)
class MemoryStorage(
    VisitsInMemory,
    OutboxInMemory,
    EventsInMemory,
    GoalsInMemory,
    AcknowledgementsInMemory,
    ForgettingInMemory,
    ReadingRetentionInMemory,
    MaintenanceInMemory,
):
    """Readings that are gone with the process.

    Every answer is computed from the accesses, so it is what the sums of other
    storages must come to. Storages with the same ``tables`` are sites of
    one database.
    """

    def __init__(
        self,
        site: str = "",
        now: Callable[[], datetime] | None = None,
        tables: Tables | None = None,
    ) -> None:
        self.site = storable(site, LIMITS["uid"])
        self.now = now or utc_now
        self.tables = tables if tables is not None else Tables()
        self.lists = Lists(self.tables, self.site)
        self.audiences = Progress(self.lists)
        self.questions = Questions(self.tables, self.site)
        self.visitors = Visits(self.tables, self.site, lambda: self.now())
        self.retention = Retention(self.tables, self.visitors)
        self.statistics = Statistics(self.tables, self.visitors)

    def logAccess(self, user: str, path: str, url: str) -> bool:
        """Record one access, now, by somebody of the site's own user folder.

        The reading belongs to the document whose latest access was at this
        path, else to the old address.
        """
        now = self.now()
        path = storable(path, LIMITS["path"])
        with self.tables.lock:
            here = [
                known
                for known in self.tables.documents_of(self.site)
                if known.path == path
            ]
            newest = max((known.path_at for known in here if known.uid), default=None)
            uids = [k.uid for k in here if k.uid and k.path_at == newest]
            document = Document(min(uids, default=""), path)
            self.record(
                [Access(uuid4().hex, now, now, now, document, Reader(user), url)]
            )
        return True

    def record(self, accesses: Sequence[Access]) -> None:
        """Record accesses whole or not at all; see ``IAccessRecorder``."""
        accesses = [
            (access, Account.of(self.site, access.reader))
            for access in accesses
            if access.origin not in NOTES or access.reader.user
        ]
        known_as = [identity(access.document) for access, _account in accesses]
        with self.tables.lock:
            takes = self.tables.refused(self.site, self.now()).takes_access
            sent: dict[tuple, Access] = {}
            for (access, account), document in zip(accesses, known_as, strict=True):
                if not takes(self.site, access.reader, access.issued):
                    continue
                state = self._learn(access, account, document)
                if access.origin in NOTES:
                    self.tables.reading(state).note(access.origin, access.issued)
                    continue
                once = (state, access.key, access.issued)
                known = merged(sent.get(once), access)
                sent[once] = replace(
                    known,
                    url=min(known.url, access.url),
                    origin=min(known.origin, access.origin),
                )
            for once, access in sorted(sent.items(), key=lambda item: item[0][1]):
                reading = self.tables.reading(once[0])
                if once[1:] in reading.accesses or reading.has_room(access.issued):
                    reading.add(access)

    def getLog(
        self, prefix: str, order_by: str | None = None, order_reverse: bool = False
    ) -> list[LogRow]:
        """Return ``LogRow`` for a place; see ``IClickStorage``."""
        with self.tables.lock:
            accesses = [
                (state.account.user, access)
                for state, reading in self.tables.of_sites(self.site)
                if Place.of(prefix).covers(self.tables.document(state).path)
                for access in reading.accesses.values()
            ]
        return log(accesses, order_by, order_reverse)

    def readings(self, query: ReadingQuery) -> ReadingPage:
        """Return one page of readings; see ``IReadingLists``."""
        return self.lists.readings(query)

    def absent(self, query: AbsenceQuery) -> AbsentPage:
        """Return one page of those who are absent; see ``IReadingLists``."""
        return self.lists.absent(query)

    def coverage(
        self,
        documents: Sequence[str],
        rule: EngagementRule,
        current: tuple[str, ...] = (),
        as_one: bool = False,
        left_out: tuple[Reader, ...] = (),
    ) -> Coverage:
        """Return how far the named readers got; see ``IReadingFigures``."""
        return self.lists.coverage(documents, rule, current, as_one, left_out)

    def each_reading(self, query: ReadingQuery) -> Iterator[Reading]:
        """Return an iterator over readings; see ``IReadingLists``."""
        yield from self.readings(query).rows

    def history(self, query: HistoryQuery) -> ReaderHistory | None:
        """Return what is known of one reader; see ``IReadingLists``."""
        return self.questions.history(query)

    def texts(self, documents: Sequence[str]) -> tuple[KnownText, ...]:
        """Return what was shown of documents; see ``IReadDocuments``."""
        return self.questions.texts(documents)

    def past_readings(
        self, documents: Sequence[str], moment: datetime, rule: EngagementRule
    ) -> PastReadings:
        """Return what was known at a moment; see ``IPastReadings``."""
        return self.questions.past_readings(documents, moment, rule)

    def document_uids(self) -> frozenset[str]:
        """Return the UIDs of documents; see ``IReadDocuments``."""
        return self.questions.document_uids()

    def read_documents(self, documents: Sequence[str]) -> tuple[ReadDocument, ...]:
        """Return what was read of documents; see ``IReadDocuments``."""
        return self.questions.read_documents(documents)

    def depths(
        self,
        documents: Sequence[str],
        current: Sequence[str] = (),
        left_out: tuple[Reader, ...] = (),
    ) -> tuple[tuple[int, int], ...]:
        """Return how deep readers got; see ``IReadingFigures``."""
        return self.questions.depths(documents, current, left_out)

    def first_readings(
        self,
        documents: Sequence[str],
        current: Sequence[str] = (),
        as_one: bool = False,
        left_out: tuple[Reader, ...] = (),
    ) -> tuple[tuple[date, int], ...]:
        """Return when readers came; see ``IReadingFigures``."""
        return self.questions.first_readings(documents, current, as_one, left_out)

    def activity(self, documents: Sequence[str], since: date, until: date) -> Activity:
        """Return the accesses by day and by document; see ``IReadingFigures``."""
        return self.questions.activity(documents, since, until)

    def progress(self, query: ProgressQuery) -> tuple[int, ...]:
        """Return how far audiences are; see ``IAudienceProgress``."""
        return self.audiences.progress(query)

    def lacking(self, query: ProgressQuery) -> tuple[tuple[Reader, ...], ...]:
        """Return who is missing; see ``IAudienceProgress``."""
        return self.audiences.lacking(query)

    def levels(
        self, query: ProgressQuery, rule: EngagementRule
    ) -> tuple[LevelNumbers, ...]:
        """Return how far readers got; see ``IAudienceProgress``."""
        return self.audiences.levels(query, rule)

    def behind(
        self,
        query: ProgressQuery,
        search: str = "",
        start: int = 0,
        size: int | None = 20,
    ) -> MemberProgressPage:
        """Return one page of members; see ``IAudienceProgress``."""
        return self.audiences.behind(query, search, start, size)

    def close(self) -> None:
        """There is nothing to let go of."""

    def _learn(self, access: Access, account: Account, known_as: str) -> State:
        """Keep what the access says of document and reader; return its reading."""
        document = self.tables.documents.setdefault(
            (self.site, known_as),
            KnownDocument(access.document.uid, access.document.path, access.issued),
        )
        document.learn(access.document.path, access.document.title, access.issued)
        number = self.tables.generation(account, access.issued)
        self.tables.accounts[account][number].learn(access.reader.name, access.issued)
        version = access.version
        state = State(account, number, known_as, version.label, version.digest)
        self.tables.learn_version(state.version, version.words, access.issued)
        return state
