"""The lists of readings, computed the plain way."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.testing.memory.absence import absent_page
from slc.clicktracker.testing.memory.ranks import Rank
from slc.clicktracker.testing.memory.ranks import ranks
from slc.clicktracker.testing.memory.report import coverage
from slc.clicktracker.testing.memory.report import page
from slc.clicktracker.testing.memory.report import Shown
from slc.clicktracker.testing.memory.report import Text
from slc.clicktracker.testing.memory.tables import KnownReading
from slc.clicktracker.testing.memory.tables import State
from slc.clicktracker.testing.memory.tables import Tables


class Lists:
    """Asks the tables of one site."""

    def __init__(self, tables: Tables, site: str) -> None:
        self.tables = tables
        self.site = site

    def readings(self, query: ReadingQuery) -> ReadingPage:
        """Return one page of readings; see ``IReadingLists``."""
        with self.tables.lock:
            is_current = self._is_current(query) if query.by_version else None
            return page(self._texts(query.documents, is_current), query)

    def absent(self, query: AbsenceQuery) -> AbsentPage:
        """Return one page of those who are absent; see ``IReadingLists``."""
        opened, served = set(), {}
        with self.tables.lock:
            for state, reading in self.tables.about(self.site, query.documents):
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
                for state, reading in self.tables.about(self.site, documents)
                if reading.served and (not current or state.version.name in current)
            }
            found = {
                shown: asked
                for shown, texts in self._texts(documents).items()
                if (asked := [t for t in texts if not current or t.name in current])
            }
            return coverage(found, served, rule, as_one, left_out)

    def texts(self, uids: Iterable[str]) -> dict[Shown, list[Text]]:
        """Return what was read of documents, by what the rows of a list are."""
        with self.tables.lock:
            return self._texts(uids)

    def _texts(
        self, uids: Iterable[str], is_current: Callable[[State], bool] | None = None
    ) -> dict[Shown, list[Text]]:
        found: dict[Shown, dict[tuple, Text]] = {}
        about = self.tables.about(self.site, uids)
        ranked = ranks(about, is_current)
        for state, reading in about:
            if reading.is_read:
                texts = found.setdefault(self._shown(state), {})
                self._add(texts, state, reading, ranked)
        return {shown: list(texts.values()) for shown, texts in found.items()}

    def levels_of(
        self, known: list[tuple[State, KnownReading]], rule: EngagementRule
    ) -> set[str]:
        """Return the levels of readings of one reader, text by text."""
        ranked = ranks(known, None)
        texts: dict[tuple, Text] = {}
        for state, reading in known:
            if reading.is_read:
                self._add(texts, state, reading, ranked)
        return {text.level(rule) for text in texts.values()}

    def _add(
        self,
        texts: dict[tuple, Text],
        state: State,
        reading: KnownReading,
        ranked: dict[tuple, Rank],
    ) -> None:
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
        text.declare(reading.declared)

    def _is_current(self, query: ReadingQuery) -> Callable[[State], bool]:
        def is_current(state: State) -> bool:
            name = state.version.name
            of_document = self.tables.document(state).uid, name
            return name in query.current or of_document in query.current_of

        return is_current

    def _shown(self, state: State) -> Shown:
        document, account = self.tables.document(state), state.account
        generation = self.tables.accounts[account][state.generation]
        return Shown(
            Document(document.uid, document.path, document.title),
            Reader(account.user, account.folder, generation.name),
            state.generation,
            generation.retired is not None,
        )
