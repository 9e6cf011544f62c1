"""What is asked about readings besides their list, answered the plain way."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timezone
from slc.clicktracker.storage.acknowledgements.model import KINDS
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.history import latest_first
from slc.clicktracker.storage.history import ReaderHistory
from slc.clicktracker.storage.history import VersionRead
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import CURRENT
from slc.clicktracker.storage.model import DECLARED
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.past import past_readings
from slc.clicktracker.storage.past import PastReadings
from slc.clicktracker.storage.past import SeenAccess
from slc.clicktracker.storage.past import TextOfReader
from slc.clicktracker.storage.progress import who
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.testing.memory.report import Text
from slc.clicktracker.testing.memory.tables import Account
from slc.clicktracker.testing.memory.tables import KnownReading
from slc.clicktracker.testing.memory.tables import State
from slc.clicktracker.testing.memory.tables import Tables


#: A reading and whose it is, of which version.
Known = tuple[State, KnownReading]


class Questions:
    """Asks the tables of one site."""

    def __init__(self, tables: Tables, site: str) -> None:
        self.tables = tables
        self.site = site

    def history(self, query: HistoryQuery) -> ReaderHistory | None:
        """Return what is known of one reader; see ``IReadingLists``."""
        with self.tables.lock:
            account = Account(self.site, query.reader.folder, query.reader.user)
            found = [
                (state, reading)
                for state, reading in self.tables.about(self.site, query.documents)
                if state.account == account
                and self._is_asked_for(state, query.generation)
            ]
            if not found:
                return None
            known_as = self._generation(found[0][0])
            reader = Reader(account.user, account.folder, known_as.name)
            texts: dict[tuple, list[Known]] = {}
            for known in found:
                texts.setdefault(known[0].version.text, []).append(known)
            versions = [self._version_read(its, query.rule) for its in texts.values()]
            accesses = [
                self._access(state, access, reader)
                for state, reading in found
                for access in reading.single
            ]
        accesses.sort(key=_ties)
        accesses.sort(key=lambda access: (access.opened, access.issued), reverse=True)
        cut = accesses[_page(query.start, query.size)]
        return ReaderHistory(
            reader,
            known_as.retired is not None,
            latest_first(versions),
            tuple(cut),
            len(accesses),
        )

    def _is_asked_for(self, state: State, generation: int) -> bool:
        if generation == CURRENT:
            return self._generation(state).retired is None
        return state.generation == generation

    def texts(self, documents: Sequence[str]) -> tuple[KnownText, ...]:
        """Return what was shown of documents; see ``IReadDocuments``."""
        with self.tables.lock:
            shown: dict[tuple, list[Known]] = {}
            for state, reading in self.tables.about(self.site, documents):
                text = self._uid(state), state.version.name
                shown.setdefault(text, []).append((state, reading))
            found = [self._known_text(*text, known) for text, known in shown.items()]
        order = {storable(uid, LIMITS["uid"]): n for n, uid in enumerate(documents)}
        found.sort(key=lambda text: (text.last, text.text), reverse=True)
        return tuple(sorted(found, key=lambda text: order[text.uid]))

    def past_readings(
        self, documents: Sequence[str], moment: datetime, rule: EngagementRule
    ) -> PastReadings:
        """Return what was known at a moment; see ``IPastReadings``."""
        with self.tables.lock:
            texts: dict[tuple, list[Known]] = {}
            for state, reading in self.tables.about(self.site, documents):
                if reading.is_read and state.account.user:
                    who = state.account, state.generation
                    texts.setdefault((who, state.version.text), []).append(
                        (state, reading)
                    )
            return past_readings(
                map(self._text_of_reader, texts.values()), moment, rule
            )

    def _text_of_reader(self, known: list[Known]) -> TextOfReader:
        state = known[0][0]
        account, version = state.account, state.version
        known_as = self.tables.accounts[account][state.generation]
        accesses = [
            SeenAccess(
                its.version,
                *map(microseconds, (each.issued, each.opened, each.seen)),
                each.engaged,
                each.marks,
            )
            for its, reading in known
            for each in reading.single
        ]
        retired = known_as.retired
        return TextOfReader(
            uid=self._uid(state),
            text=version.name,
            label=self.tables.label(version),
            words=self.tables.words(version),
            reader=Reader(account.user, account.folder, known_as.name),
            generation=state.generation,
            retired=retired and microseconds(retired),
            count=sum(len(reading.accesses) for _its, reading in known),
            accesses=accesses,
            downloads=[
                microseconds(at) for _its, each in known for at in each.downloaded
            ],
        )

    def document_uids(self) -> frozenset[str]:
        """Return the UIDs of documents; see ``IReadDocuments``."""
        with self.tables.lock:
            known = self.tables.documents.items()
            return frozenset(d.uid for (site, _), d in known if site == self.site) - {
                ""
            }

    def read_documents(self, documents: Sequence[str]) -> tuple[ReadDocument, ...]:
        """Return what was read of documents; see ``IReadDocuments``."""
        with self.tables.lock:
            read: dict[str, list[Known]] = {}
            for state, reading in self.tables.about(self.site, documents):
                if reading.is_read:
                    read.setdefault(state.document, []).append((state, reading))
            found = [self._read_document(*each) for each in read.items()]
        found.sort(key=lambda each: each.document.uid)
        return tuple(sorted(found, key=lambda each: each.last, reverse=True))

    def _read_document(self, known_as: str, read: list[Known]) -> ReadDocument:
        known = self.tables.documents[self.site, known_as]
        readers = {_who(state) for state, _reading in read if state.account.user}
        return ReadDocument(
            Document(known.uid, known.path, known.title),
            len(readers),
            max(reading.last for _state, reading in read),
        )

    def depths(
        self,
        documents: Sequence[str],
        current: Sequence[str],
        left_out: tuple[Reader, ...],
    ) -> tuple[tuple[int, int], ...]:
        """Return (percent, readers); see ``IReadingFigures``."""
        deepest: dict[tuple, int] = {}
        with self.tables.lock:
            for state, reading in self._counted(documents, current, left_out):
                for access in reading.accesses.values():
                    deepest[_who(state)] = max(
                        access.depth, deepest.get(_who(state), 0)
                    )
        return tuple(sorted(Counter(deepest.values()).items()))

    def first_readings(
        self,
        documents: Sequence[str],
        current: Sequence[str],
        as_one: bool,
        left_out: tuple[Reader, ...],
    ) -> tuple[tuple[date, int], ...]:
        """Return (day, readers); see ``IReadingFigures``."""
        first: dict[tuple, datetime] = {}
        with self.tables.lock:
            for state, reading in self._counted(documents, current, left_out):
                who_read = _who(state)[:2] if as_one else _who(state)
                for moment in _read_at(reading):
                    first[who_read] = min(moment, first.get(who_read, moment))
        return tuple(sorted(Counter(map(_day, first.values())).items()))

    def activity(self, documents: Sequence[str], since: date, until: date) -> Activity:
        """Return the accesses by day and by document; see ``IReadingFigures``."""
        days: Counter[date] = Counter()
        uids: Counter[str] = Counter()
        with self.tables.lock:
            since = max(since, self.tables.days_from.get(self.site, since))
            for state, reading in self.tables.about(self.site, documents):
                for access in reading.accesses.values():
                    if since <= _day(access.issued) <= until:
                        days[_day(access.issued)] += 1
                        uids[self._uid(state)] += 1
            for uid, day, number in self._of_readings_gone(documents):
                if since <= day <= until:
                    days[day] += number
                    uids[uid] += number
        return Activity(
            tuple(sorted(days.items())),
            tuple(sorted(uids.items(), key=lambda item: (-item[1], item[0]))),
        )

    def _of_readings_gone(
        self, documents: Sequence[str]
    ) -> Iterator[tuple[str, date, int]]:
        wanted = {storable(uid, LIMITS["uid"]) for uid in documents} - {""}
        for (site, known_as, day), number in self.tables.days.items():
            if site == self.site and known_as in wanted:
                yield known_as, day, number

    def _version_read(self, its: list[Known], rule: EngagementRule) -> VersionRead:
        """Return what a reader did with one text, which several versions may show."""
        version, readings = its[0][0].version, [reading for _state, reading in its]
        words = self.tables.words(version)
        declared = [
            max(each.declared[kind] for each in readings if kind in each.declared)
            for kind in KINDS
            if any(kind in each.declared for each in readings)
        ]
        known = VersionRead(
            uid=self._uid(its[0][0]),
            version=Version(self.tables.label(version), version.digest, words),
            count=sum(len(reading.accesses) for reading in readings),
            level=_least_level(readings),
            served=_ends(at for reading in readings for at in reading.served),
            downloaded=_ends(at for reading in readings for at in reading.downloaded),
            declared=tuple(declared),
        )
        accesses = [one for each in readings for one in each.accesses.values()]
        if not accesses:
            return known
        times = [reading.engaged for reading in readings if reading.accesses]
        text = Text(words, "", "", 0, accesses, times)
        return replace(
            known,
            level=text.level(rule),
            opened=(
                min(access.opened for access in accesses),
                max(access.seen for access in accesses),
            ),
            engaged=text.engaged,
            depth=max(access.depth for access in accesses),
            marks=text.marks,
        )

    def _access(self, state: State, access: Access, reader: Reader) -> Access:
        """Return the access with what is known by now of what it is about."""
        known = self.tables.document(state)
        words = self.tables.versions[state.version].words
        return replace(
            access,
            document=Document(known.uid, known.path, known.title),
            reader=reader,
            version=Version(self.tables.label(state.version), state.digest, words),
        )

    def _known_text(self, uid: str, text: str, known: list[Known]) -> KnownText:
        moments = [
            moment
            for _state, reading in known
            for moment in (
                *reading.served,
                *reading.downloaded,
                *(issued for _key, issued in reading.accesses),
                *reading.declared.values(),
            )
        ]
        readers = {
            _who(state)
            for state, reading in known
            if state.account.user and reading.is_read
        }
        label = self.tables.label(known[0][0].version)
        return KnownText(uid, text, label, min(moments), max(moments), len(readers))

    def _counted(
        self,
        documents: Sequence[str],
        current: Sequence[str],
        left_out: tuple[Reader, ...],
    ) -> list[Known]:
        """Return the readings that count of those who are counted."""
        others = set(map(who, left_out))
        return [
            (state, reading)
            for state, reading in self.tables.about(self.site, documents)
            if state.account.user
            and _counts(state, current)
            and (
                self._generation(state).retired is not None
                or (state.account.folder, state.account.user) not in others
            )
        ]

    def _uid(self, state: State) -> str:
        return self.tables.document(state).uid

    def _generation(self, state: State):
        return self.tables.accounts[state.account][state.generation]


def _least_level(readings: list[KnownReading]) -> str:
    """Return the level of what was never opened."""
    if any(reading.downloaded for reading in readings):
        return DOWNLOADED
    return SERVED if any(reading.served for reading in readings) else DECLARED


def _ends(times: Iterable[datetime]) -> tuple[datetime, ...]:
    """Return the first and the last of some times."""
    known = list(times)
    return (min(known), max(known)) if known else ()


def _counts(state: State, current: Sequence[str]) -> bool:
    return not current or state.version.name in current


def _read_at(reading: KnownReading) -> list[datetime]:
    """Return when it was opened or downloaded: nothing of what was only served."""
    opened = [access.opened for access in reading.accesses.values()]
    return [*opened, *reading.downloaded]


def _who(state: State) -> tuple:
    """Return which reader of which document that is."""
    return state.account, state.generation, state.document


def _day(moment: datetime) -> date:
    return moment.astimezone(timezone.utc).date()


def _ties(access: Access) -> tuple:
    version = access.version
    return access.key, access.document.uid, version.label, version.digest


def _page(start: int, size: int | None) -> slice:
    start = max(start, 0)
    return slice(start, None if size is None else start + max(size, 0))
