"""What a database is asked about readings besides their list."""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.history import latest_first
from slc.clicktracker.storage.history import ReaderHistory
from slc.clicktracker.storage.history import VersionRead
from slc.clicktracker.storage.labels import first_label
from slc.clicktracker.storage.levels import furthest
from slc.clicktracker.storage.levels import TextRead
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import together
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
from slc.clicktracker.storage.progress import Who
from slc.clicktracker.storage.relational.site_transaction import ALL
from slc.clicktracker.storage.relational.site_transaction import sent_numbers
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from sqlalchemy import Row
from typing import Any


class Questions(SiteTransaction):
    """Asks within one transaction of one site."""

    def history(self, query: HistoryQuery) -> ReaderHistory | None:
        """Return what is known of one reader; see ``IReadingLists``."""
        parameters = {
            **self.asked(query.documents),
            "folder": query.reader.folder,
            "member": query.reader.user,
        }
        if query.generation == CURRENT:
            account = "{account_of_now}"
        else:
            account, parameters["generation"] = "{one_account}", query.generation
        known = self._rows("versions_read", parameters, of_account=account)
        if not known:
            return None
        page = {
            "start": max(query.start, 0),
            "size": ALL if query.size is None else max(query.size, 0),
        }
        found = self._rows("accesses", {**parameters, **page}, of_account=account)
        reader = Reader(query.reader.user, query.reader.folder, known[0].name)
        texts: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in known:
            texts[row.uid, row.text].append(row)
        return ReaderHistory(
            reader,
            known[0].retired is not None,
            latest_first(self._version(its, query.rule) for its in texts.values()),
            tuple(self._access(row, reader) for row in found if row.key is not None),
            found[0].total,
        )

    def served(
        self, documents: Sequence[str], readers: Mapping[int, Who]
    ) -> dict[Who, datetime]:
        """Return when a page with one of the documents was last served to readers, by
        their numbers: of those to whom it ever was."""
        if not readers:
            return {}
        asked = {**self.asked(documents), "numbers": sent_numbers(readers)}
        return {
            readers[row.reader]: self.dialect.datetime(row.served)
            for row in self._rows("served", asked)
            if row.served is not None
        }

    def texts(self, documents: Sequence[str]) -> tuple[KnownText, ...]:
        """Return what was shown of documents; see ``IReadDocuments``."""
        parameters = self.asked(documents)
        found = self._rows("texts_shown", parameters, readers="{all_readers}")
        labels: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self._rows("labels", parameters):
            labels[row.uid, row.text].append(row.label)
        texts = [
            self._text(row, first_label(labels[row.uid, row.text])) for row in found
        ]
        order = {storable(uid, LIMITS["uid"]): n for n, uid in enumerate(documents)}
        texts.sort(key=lambda text: (text.last, text.text), reverse=True)
        return tuple(sorted(texts, key=lambda text: order[text.uid]))

    def document_uids(self) -> frozenset[str]:
        """Return all that are known; see ``IReadDocuments``."""
        query = self.queries.get("document_uids")
        return frozenset(self.connection.scalars(query, {"site": self.site}))

    def read_documents(self, documents: Sequence[str]) -> tuple[ReadDocument, ...]:
        """Return those that were read; see ``IReadDocuments``."""
        rows = self._rows(
            "read_documents", self.asked(documents), readers="{all_readers}"
        )
        return tuple(
            ReadDocument(
                Document(row.uid, row.path, row.title),
                row.readers,
                self.dialect.datetime(row.last),
            )
            for row in rows
        )

    def depths(
        self,
        documents: Sequence[str],
        current: Sequence[str] = (),
        left_out: tuple[Reader, ...] = (),
    ) -> tuple[tuple[int, int], ...]:
        """Return how deep readers got; see ``IReadingFigures``."""
        rows = self._of_current("depths", documents, current, left_out)
        return tuple((row.depth, row.readers) for row in rows)

    def first_readings(
        self,
        documents: Sequence[str],
        current: Sequence[str] = (),
        as_one: bool = False,
        left_out: tuple[Reader, ...] = (),
    ) -> tuple[tuple[date, int], ...]:
        """Return when readers came; see ``IReadingFigures``."""
        once_for = "g.reader" if as_one else "g.document, g.reader"
        rows = self._of_current(
            "first_readings", documents, current, left_out, once_for=once_for
        )
        return tuple((self.dialect.date(row.day), row.readers) for row in rows)

    def _of_current(
        self,
        name: str,
        documents: Sequence[str],
        current: Sequence[str],
        left_out: tuple[Reader, ...],
        **parts: str,
    ) -> Sequence[Row]:
        parameters = {**self.asked(documents), **self.left_out(left_out)}
        if current:
            parameters["current"] = self.dialect.uids(list(current))
        return self._rows(
            name,
            parameters,
            readers="{counted_readers}",
            others_left_out=self.others_left_out(left_out),
            newest="{of_current}" if current else "",
            **parts,
        )

    def _rows(
        self, name: str, parameters: dict[str, Any], **parts: str
    ) -> Sequence[Row]:
        return self.connection.execute(
            self.queries.get(name, **parts), parameters
        ).all()

    def _version(self, rows: Sequence[Row], rule: EngagementRule) -> VersionRead:
        """Return what a reader did with one text, which several versions may show."""
        opened = self._ends(rows, "first", "last")
        downloaded = self._ends(rows, "downloaded_first", "downloaded_last")
        served = self._ends(rows, "served_first", "served_last")
        level, engaged = (SERVED if served else DECLARED), 0
        count, words = sum(int(row.count) for row in rows), int(rows[0].words)
        marks = together(Marks(row.marks) for row in rows)
        if downloaded:
            level = DOWNLOADED
        if opened:
            issued = min(self._moments(*(row.oldest for row in rows)))
            passed = microseconds(opened[1]) - microseconds(issued)
            engaged = min(sum(int(row.engaged) for row in rows), max(passed, 0) // 1000)
            read = TextRead(count, engaged, rule.needed(words), marks)
            level = furthest(read) or level
        return VersionRead(
            uid=rows[0].uid,
            version=Version(rows[0].label, rows[0].digest, words),
            count=count,
            level=level,
            served=served,
            downloaded=downloaded,
            opened=opened,
            engaged=engaged,
            depth=max(row.depth for row in rows),
            marks=marks,
            declared=(
                *self._ends(rows, "acknowledged", "acknowledged")[1:],
                *self._ends(rows, "attested", "attested")[1:],
            ),
        )

    def _ends(self, rows: Sequence[Row], first: str, last: str) -> tuple[datetime, ...]:
        """Return the first and the last time that is known of some rows."""
        begun = self._moments(*(getattr(row, first) for row in rows))
        ended = self._moments(*(getattr(row, last) for row in rows))
        return (min(begun), max(ended)) if begun else ()

    def _access(self, row: Row, reader: Reader) -> Access:
        moment = self.dialect.datetime
        return Access(
            key=row.key,
            issued=moment(row.issued),
            opened=moment(row.opened),
            seen=moment(row.seen),
            document=Document(row.uid, row.path, row.title),
            reader=reader,
            url=row.url,
            version=Version(row.label, row.digest, row.words),
            origin=row.origin,
            engaged=row.engaged,
            depth=row.depth,
            marks=Marks(row.marks),
        )

    def _text(self, row: Row, label: str) -> KnownText:
        moments = self._moments(
            row.opened_first,
            row.opened_last,
            row.served_first,
            row.served_last,
            row.downloaded_first,
            row.downloaded_last,
            row.acknowledged_first,
            row.acknowledged_last,
            row.attested_first,
            row.attested_last,
        )
        return KnownText(
            row.uid, row.text, label, min(moments), max(moments), row.readers
        )

    def _moments(self, *found: Any) -> tuple[datetime, ...]:
        """Return the times that are known."""
        return tuple(self.dialect.datetime(one) for one in found if one is not None)
