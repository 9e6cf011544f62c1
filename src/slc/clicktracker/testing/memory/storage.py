"""``MemoryStorage``: the shortest correct storage, and what tests compare with."""

from collections.abc import Callable
from collections.abc import Iterable
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
from slc.clicktracker.storage.capabilities import IAudienceProgress
from slc.clicktracker.storage.capabilities import IReadDocuments
from slc.clicktracker.storage.capabilities import IReadingFigures
from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.capabilities import IStorageMaintenance
from slc.clicktracker.storage.capabilities import IVisitRetention
from slc.clicktracker.storage.capabilities import IVisits
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
from slc.clicktracker.storage.model import StorageStatus
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.place import Place
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import PageViewPage
from slc.clicktracker.storage.visits.model import Presence
from slc.clicktracker.storage.visits.model import VisitPage
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.testing.memory.absence import absent_page
from slc.clicktracker.testing.memory.adoption import Adoption
from slc.clicktracker.testing.memory.questions import Questions
from slc.clicktracker.testing.memory.ranks import ranks
from slc.clicktracker.testing.memory.report import coverage
from slc.clicktracker.testing.memory.report import log
from slc.clicktracker.testing.memory.report import page
from slc.clicktracker.testing.memory.report import Shown
from slc.clicktracker.testing.memory.report import Text
from slc.clicktracker.testing.memory.retention import Retention
from slc.clicktracker.testing.memory.tables import Account
from slc.clicktracker.testing.memory.tables import KnownDocument
from slc.clicktracker.testing.memory.tables import KnownReading
from slc.clicktracker.testing.memory.tables import merged
from slc.clicktracker.testing.memory.tables import State
from slc.clicktracker.testing.memory.tables import Tables
from slc.clicktracker.testing.memory.visits import Visits
from uuid import uuid4
from zope.interface import implementer


@implementer(
    IAccessRecorder,
    IReadingLists,
    IReadingFigures,
    IAudienceProgress,
    IReadDocuments,
    IVisits,
    IVisitRetention,
    IStorageMaintenance,
)
class MemoryStorage:
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
        self.questions = Questions(self.tables, self.site)
        self.visitors = Visits(self.tables, self.site, lambda: self.now())
        self.retention = Retention(self.tables, self.visitors)

    def logAccess(self, user: str, path: str, url: str) -> bool:
        """Record one access, now, by somebody of the site's own user folder.

        The reading belongs to the document whose latest access was at this
        path, else to the old address.
        """
        now = self.now()
        path = storable(path, LIMITS["path"])
        with self.tables.lock:
            here = [known for known in self._documents() if known.path == path]
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
            (access, self._account(access.reader))
            for access in accesses
            if access.origin not in NOTES or access.reader.user
        ]
        known_as = [identity(access.document) for access, _account in accesses]
        with self.tables.lock:
            sent: dict[tuple, Access] = {}
            for (access, account), document in zip(accesses, known_as, strict=True):
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
                if Place.of(prefix).covers(self._document(state).path)
                for access in reading.accesses.values()
            ]
        return log(accesses, order_by, order_reverse)

    def readings(self, query: ReadingQuery) -> ReadingPage:
        """Return one page of readings; see ``IReadingLists``."""
        with self.tables.lock:
            is_current = self._is_current(query) if query.by_version else None
            return page(self._texts(query.documents, is_current), query)

    def absent(self, query: AbsenceQuery) -> AbsentPage:
        """Return one page of those who are absent; see ``IReadingLists``."""
        opened, served = set(), {}
        with self.tables.lock:
            for state, reading in self._about(query.documents):
                who = state.account.folder, state.account.user
                if self._shown(state).former:
                    continue
                if reading.is_read:
                    opened.add(who)
                elif reading.served:
                    last = max(reading.served)
                    served[who] = max(last, served.get(who, last))
        return absent_page(query, opened, served)

    def coverage(
        self,
        documents: Sequence[str],
        rule: EngagementRule,
        current: tuple[str, ...] = (),
        as_one: bool = False,
        left_out: tuple[Reader, ...] = (),
    ) -> Coverage:
        """Return how far the named readers got; see ``IReadingFigures``."""
        with self.tables.lock:
            served = {
                self._shown(state)
                for state, reading in self._about(documents)
                if reading.served and (not current or state.version.name in current)
            }
            found = {
                shown: asked
                for shown, texts in self._texts(documents).items()
                if (asked := [t for t in texts if not current or t.name in current])
            }
            return coverage(found, served, rule, as_one, left_out)

    def each_reading(self, query: ReadingQuery) -> Iterator[Reading]:
        """Return an iterator over readings; see ``IReadingLists``."""
        yield from self.readings(query).rows

    def history(self, query: HistoryQuery) -> ReaderHistory | None:
        """Return what is known of one reader; see ``IReadingLists``."""
        return self.questions.history(query)

    def texts(self, documents: Sequence[str]) -> tuple[KnownText, ...]:
        """Return what was shown of documents; see ``IReadDocuments``."""
        return self.questions.texts(documents)

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
        return self.questions.progress(query)

    def behind(
        self,
        query: ProgressQuery,
        search: str = "",
        start: int = 0,
        size: int | None = 20,
    ) -> MemberProgressPage:
        """Return one page of members; see ``IAudienceProgress``."""
        return self.questions.behind(query, search, start, size)

    def record_views(self, views: Sequence[PageView]) -> None:
        """Record page views whole or not at all; see ``IVisits``."""
        self.visitors.record_views(views)

    def visits(self, query: VisitQuery) -> VisitPage:
        """Return one page of visits; see ``IVisits``."""
        return self.visitors.visits(query)

    def page_views(self, query: VisitQuery) -> PageViewPage:
        """Return one page of page views; see ``IVisits``."""
        return self.visitors.page_views(query)

    def presence(self, since: datetime, uid: str = "", url: str = "") -> Presence:
        """Return who is there; see ``IVisits``."""
        return self.visitors.presence(since, uid, url)

    def drop_views(self, before: datetime, most: int) -> int:
        """Remove some old page views; see ``IVisitRetention``."""
        return self.retention.drop_views(before, most)

    def drop_visits(self, before: datetime, most: int) -> int:
        """Remove some old visits; see ``IVisitRetention``."""
        return self.retention.drop_visits(before, most)

    def shorten_addresses(self, before: datetime, most: int) -> int:
        """Cut some old addresses; see ``IVisitRetention``."""
        return self.retention.shorten_addresses(before, most)

    def drop_unused(self, before: datetime, most: int) -> int:
        """Remove some of what nobody refers to; see ``IVisitRetention``."""
        return self.retention.drop_unused(before, most)

    def old_views(self, before: datetime) -> int:
        """Count old page views; see ``IVisitRetention``."""
        return self.retention.old_views(before)

    def old_visits(self, before: datetime) -> int:
        """Count old visits; see ``IVisitRetention``."""
        return self.retention.old_visits(before)

    def whole_addresses(self, before: datetime) -> int:
        """Count old addresses; see ``IVisitRetention``."""
        return self.retention.whole_addresses(before)

    def setup(self) -> None:
        """There is nothing to set up."""

    def status(self) -> StorageStatus:
        """Count what is known of this site."""
        with self.tables.lock:
            read = [r for r in self.tables.of_sites(self.site) if r[1].is_read]
            return StorageStatus(
                kind="Memory",
                place="",
                schema=0,
                documents=sum(1 for known in self._documents() if known.uid),
                readers=len(
                    {
                        (state.account, state.generation)
                        for state, _reading in self.tables.of_sites(self.site)
                        if state.account.user
                    }
                ),
                readings=len(read),
                accesses=sum(len(reading.accesses) for _state, reading in read),
                old_addresses=len(
                    {s.document for s, _reading in read if not self._document(s).uid}
                ),
            )

    def retire(self, reader: Reader) -> None:
        """Close the account of ``reader``, now."""
        with self.tables.lock:
            now, account = self.now(), self._account(reader)
            current = self.tables.generation(account, now)
            self.tables.accounts[account][current].retired = now

    def forget(self, reader: Reader) -> int:
        """Remove all generations of ``reader`` and all that is known of them."""
        with self.tables.lock:
            self.visitors.forget(reader)
            account = self._account(reader)
            self.tables.accounts.pop(account, None)
            readings = self.tables.of_sites(self.site)
            gone = [item for item in readings if item[0].account == account]
            for state, _reading in gone:
                del self.tables.readings[state]
            return sum(reading.is_read for _state, reading in gone)

    def old_addresses(self, prefix: str) -> list[tuple[str, datetime]]:
        """Return (path, last access), ordered by path."""
        with self.tables.lock:
            last: dict[str, datetime] = {}
            for state, reading in self.tables.of_sites(""):
                path = self._old_path(state, Place.of(prefix))
                if path is not None and reading.is_read:
                    last[path] = max(reading.last, last.get(path, reading.last))
            return sorted(last.items())

    def adopt(self, path: str, document: Document) -> int:
        """Give the readings of an old address to ``document``; return how many."""
        if not document.uid:
            raise ValueError("an old address can't be adopted by another one")
        with self.tables.lock:
            return Adoption(self.tables, self.site).adopt(path, document, self.now())

    def claim(self, prefix: str) -> int:
        """Take over old addresses that belong to no site; return how many."""
        if not self.site:
            return 0
        with self.tables.lock:
            return Adoption(self.tables, self.site).claim(prefix)

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

    def _about(self, uids: Iterable[str]) -> list[tuple[State, KnownReading]]:
        """Return the readings of documents of this site."""
        wanted = {storable(uid, LIMITS["uid"]) for uid in uids} - {""}
        readings = self.tables.of_sites(self.site)
        return [item for item in readings if self._document(item[0]).uid in wanted]

    def _texts(
        self, uids: Iterable[str], is_current: Callable[[State], bool] | None = None
    ) -> dict[Shown, list[Text]]:
        """Return what was read of documents, by what the rows of a list are."""
        found: dict[Shown, dict[tuple, Text]] = {}
        about = self._about(uids)
        ranked = ranks(about, is_current)
        for state, reading in about:
            if reading.is_read:
                texts = found.setdefault(self._shown(state), {})
                version = state.version
                new = Text(
                    self.tables.words(version),
                    version.name,
                    self.tables.label(version),
                    ranked[version.text],
                )
                text = texts.setdefault(version.text, new)
                text.accesses.extend(reading.accesses.values())
                text.engagements.append(reading.engaged)
                text.downloaded.extend(reading.downloaded)
        return {shown: list(texts.values()) for shown, texts in found.items()}

    def _is_current(self, query: ReadingQuery) -> Callable[[State], bool]:
        def is_current(state: State) -> bool:
            name = state.version.name
            of_document = self._document(state).uid, name
            return name in query.current or of_document in query.current_of

        return is_current

    def _shown(self, state: State) -> Shown:
        document, account = self._document(state), state.account
        generation = self.tables.accounts[account][state.generation]
        return Shown(
            Document(document.uid, document.path, document.title),
            Reader(account.user, account.folder, generation.name),
            state.generation,
            generation.retired is not None,
        )

    def _documents(self) -> list[KnownDocument]:
        return [
            known
            for (site, _known_as), known in self.tables.documents.items()
            if site == self.site
        ]

    def _document(self, state: State) -> KnownDocument:
        return self.tables.documents[state.account.site, state.document]

    def _old_path(self, state: State, place: Place) -> str | None:
        known = self._document(state)
        return known.path if not known.uid and place.covers(known.path) else None

    def _account(self, reader: Reader) -> Account:
        return Account(self.site, reader.folder, reader.user)
